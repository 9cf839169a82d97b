/** A note for the office: whole characters only, and no more of them than the school takes. */

export const MOST_CHARACTERS = 500;

/** Halves of emojis, as cutting and pasting leaves them; in this mode a whole pair never matches. */
const HALVES = /\p{Surrogate}/gu;

/** Cut where a person would: an emoji counts as one character and stays whole. */
export function capped(text: string): string {
  const characters = [...text];
  return characters.length > MOST_CHARACTERS ? characters.slice(0, MOST_CHARACTERS).join("") : text;
}

/** What may be sent of it. */
export const cleanNote = (text: string): string =>
  capped(text.replace(HALVES, "").trim()).trimEnd();

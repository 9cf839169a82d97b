/** A slip read by the camera: looked at here, whoever can be reached, and marked by one press. */

import type { Said } from "../core/draft.ts";
import { keptNote, type Line } from "../core/roll.ts";
import { type Ending, firstLook, wordOf } from "../core/slip.ts";
import type { Spelling } from "../core/slip-words.ts";
import { isSigned } from "../device/slip.ts";
import { sayOf } from "./actions.ts";
import { type OpenRoll, openRoll } from "./rollbook.ts";
import { school } from "./state.ts";
import { at, saidWords } from "./times.ts";

/** What a code is to the open roll; null where none is open any more. */
export async function lookAt(text: string): Promise<Ending | null> {
  const open = openRoll.value;
  const place = school.value?.place;
  if (!open || !place) return null;
  const { school_id, zone } = place.school;
  const here = { school_id, zone, on: open.roll.on, keys: place.slip_keys ?? [] };
  const seen = firstLook(text, here);
  if (seen.end !== "readable") return seen;
  if (!(await isSigned(seen.slip, school_id, seen.keys))) return { end: "forged" };
  const { roll, page } = openRoll.value ?? open;
  return wordOf(seen.slip, roll, page.lines);
}

/** Makes what a slip says the teacher's own mark (V11.3). */
export const markAs = (line: Line, said: Said): Promise<void> =>
  sayOf(line, { ...said, ...keptNote(line.said) });

export const spellingOf = ({ roll }: OpenRoll): Spelling => ({
  on: roll.on,
  at,
  state: (said) => saidWords(roll, said),
});

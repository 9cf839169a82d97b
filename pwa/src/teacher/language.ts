/** The language of whoever takes roll: kept with the person, so that each of a tablet has her own. */

import type { Person } from "../core/person.ts";
import { type Language, spoken } from "../core/t.ts";
import { turnTo } from "../device/language.ts";
import { noteLanguage } from "../device/people.ts";
import { locked, session } from "./state.ts";

const CHOSEN = "rollbook.chosen";

/** Chosen in the sheet by the person whose turn it is, or at the door by nobody yet. */
export async function chooseLanguage(tag: Language): Promise<void> {
  const who = locked.value ? null : session.value;
  if (who) await noteLanguage(who.staff_id, tag);
  turnTo(tag);
}

const hers = ({ language }: Person): Language => language ?? spoken();

/** The page turns to her language, and after that it asks for her again. */
export function speakAs(person: Person): boolean {
  if (hers(person) === spoken()) return false;
  sessionStorage.setItem(CHOSEN, person.staff_id);
  turnTo(hers(person));
  return true;
}

/** Whose name was pressed before the page turned to her language; asked once. */
export function pressedBefore(): string | null {
  const found = sessionStorage.getItem(CHOSEN);
  sessionStorage.removeItem(CHOSEN);
  return found;
}

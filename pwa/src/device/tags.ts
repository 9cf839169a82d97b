/** Whose reminder a tag says it is, without saying a name, and in which language she reads it. */

import type { Person } from "../core/person.ts";
import type { Language } from "../core/t.ts";
import { allPeople } from "./people.ts";
import { readMeta } from "./store.ts";

const TAG_DIGITS = 6;

const hex = (bytes: Iterable<number>): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The part of a tag that stands for a person, as the school makes it of her id's sixteen bytes. */
async function markOf(staffId: string): Promise<string> {
  const pairs = staffId.replaceAll("-", "").match(/../gu) ?? [];
  const bytes = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))).slice(0, TAG_DIGITS);
}

/** Whose reminders have this tag; nobody's who is (still) of this tablet: undefined. */
export async function personOf(tag: string): Promise<Person | undefined> {
  const people = await allPeople();
  const marks = await Promise.all(people.map(({ staff_id }) => markOf(staff_id)));
  return people.find((_person, n) => tag.endsWith(`-${marks[n]}`));
}

/** The language she chose; for whoever chose none that of this browser's pages. */
export const languageFor = async (tag: string): Promise<Language> =>
  (await personOf(tag))?.language ?? (await readMeta("language")) ?? "en";

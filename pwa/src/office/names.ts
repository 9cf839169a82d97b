/** Finding somebody by what is typed: each word begins a part of the name, accents or not. */

import { t } from "../core/t.ts";
import type { DeskStudent } from "../wire.ts";

/** Whoever has a name to be found by. */
export type Named = Pick<DeskStudent, "given_name" | "family_name">;

const MOST = 8;

const plain = (words: string): string =>
  words
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();

const parts = (words: string): string[] =>
  plain(words)
    .split(/[\s,'’-]+/u)
    .filter(Boolean);

function fits(student: Named, typed: readonly string[]): boolean {
  const own = parts(`${student.family_name} ${student.given_name}`);
  return typed.every((word) => own.some((part) => part.startsWith(word)));
}

/** The first few whom the words may mean, in the order given; nobody for no words. */
export function found<One extends Named>(students: readonly One[], typed: string): One[] {
  const words = parts(typed);
  if (words.length === 0) return [];
  return students.filter((student) => fits(student, words)).slice(0, MOST);
}

export const fullName = ({ given_name, family_name }: Named): string =>
  `${given_name} ${family_name}`.trim();

/** The grade, and the school's own number for her: two may have one name. */
export function gradeWords({ grade, local_id }: DeskStudent): string {
  const said = grade ? t`Grade ${grade.replace(/^0+(?=\d)/u, "")}` : "";
  return [said, local_id].filter(Boolean).join(", ");
}

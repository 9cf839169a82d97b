/** The blank sheets of a day: which are wanted, and what stands on them. */

import { signal } from "@preact/signals";
import { ms } from "../core/dates.ts";
import { plural } from "../core/words.ts";
import type { HistoryStudent, Sheet, Sheets } from "../wire.ts";
import type { Loaded } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";
import { sheetsOf } from "./sheets-api.ts";

export const sheets = signal<Loaded<Sheets>>({ is: "loading" });

/** Which sheets are wanted; empty: all. */
export interface Wanted {
  readonly period: string;
  readonly teacher: string;
}

export const ALL: Wanted = { period: "", teacher: "" };
export const wanted = signal<Wanted>(ALL);

let newest = 0;

export async function fetchSheets(school: string, on: string): Promise<void> {
  newest += 1;
  const mine = newest;
  sheets.value = { is: "loading" };
  const answer = await sheetsOf(school, on);
  if (mine !== newest) return;
  sheets.value =
    answer.end === "answered"
      ? { is: "here", answer: answer.answer }
      : { is: "failed", why: whyNot(answer) };
}

const byGiven = (a: HistoryStudent, b: HistoryStudent): number =>
  a.given_name.localeCompare(b.given_name) || a.family_name.localeCompare(b.family_name);

/** As on the tablet: by given name. */
export const inTabletOrder = (students: readonly HistoryStudent[]): HistoryStudent[] =>
  [...students].sort(byGiven);

/** The periods of the day in the order of their bells, as code and name. */
export function periodsOf(all: readonly Sheet[]): { period: string; name: string }[] {
  const first = new Map<string, Sheet>();
  for (const sheet of all) {
    const known = first.get(sheet.period);
    if (!known || ms(sheet.starts_at) < ms(known.starts_at)) first.set(sheet.period, sheet);
  }
  return [...first.values()]
    .sort((a, b) => ms(a.starts_at) - ms(b.starts_at) || a.period.localeCompare(b.period))
    .map(({ period, period_name }) => ({ period, name: period_name }));
}

export const namesOf = (all: readonly Sheet[]): string[] =>
  [...new Set(all.flatMap(({ teacher_names }) => teacher_names))].sort((a, b) =>
    a.localeCompare(b),
  );

export const chosenOf = (all: readonly Sheet[], { period, teacher }: Wanted): Sheet[] =>
  all.filter(
    (sheet) =>
      (!period || sheet.period === period) && (!teacher || sheet.teacher_names.includes(teacher)),
  );

/** Up to so many students a page carries with lines of a comfortable height. */
const COMFORTABLE = 30;
/** And so many at all. Beyond it the sheet goes on on a second page, with its head. */
const A_PAGE = 35;

export const isClose = ({ students }: Sheet): boolean => students.length > COMFORTABLE;

export function pagesWords(chosen: readonly Sheet[]): string {
  const pages = chosen.reduce(
    (sum, { students }) => sum + Math.max(1, Math.ceil(students.length / A_PAGE)),
    0,
  );
  return `${plural(chosen.length, "sheet")}, ${plural(pages, "page")}`;
}

/** Signatures in words: pure, the desk's sentences about who has signed and what is closed. */

import { clockTime, ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { ClosedDay, ClosedMonth, DayTotals, PersonWeek, SinceClosed, Weeks } from "../wire.ts";

/** "Oct 12, 8:04" */
export const when = (at: string, zone: string): string =>
  `${shortDate(schoolDate(ms(at), zone))}, ${clockTime(at, zone)}`;

/** "Signed Oct 12, 8:04; 2 changes since" */
export function personWords(one: PersonWeek, over: boolean, zone: string): string {
  if (one.signed_at) {
    const signed = t`Signed ${when(one.signed_at, zone)}`;
    return one.changes > 0 ? t`${signed}; ${plural(one.changes, "change")} since` : signed;
  }
  return over ? t`Not signed` : t`Not over yet`;
}

/** "Closed by T. Moss, Nov 2, 9:00" */
export function closedWords({ closed, by, at, why }: ClosedDay, zone: string): string {
  if (!by || !at) return t`Open`;
  const done = closed ? t`Closed by` : t`Opened again by`;
  return `${done} ${by.name}, ${when(at, zone)}${why ? `: “${why}”` : ""}`;
}

export function titleOf({ people, over }: Weeks): string {
  const missing = people.filter(({ signed_at }) => !signed_at).length;
  if (!over) return t`This week is not over yet`;
  if (people.length === 0) return t`Nothing to sign`;
  if (missing === 0) return t`Every teacher has signed`;
  return t`${plural(missing, "teacher has", "teachers have")} not signed`;
}

const SUMS: readonly (readonly [keyof DayTotals, string])[] = [
  ["attended", t`attended`],
  ["excused", t`excused`],
  ["unexcused", t`not excused`],
  ["pending", t`waiting for a reason`],
  ["suspension", t`suspended`],
  ["study_incomplete", t`study not completed`],
  ["undetermined", t`without any roll`],
];

/** "Closed by T. Moss, Nov 2, 9:00" */
export const closingWords = ({ by, at }: ClosedMonth, zone: string): string =>
  `${by.name}, ${when(at, zone)}`;

/** Which of a month's sums came out otherwise: "attended 510, then 511". */
export function sumsWords({ closed, again }: SinceClosed): string {
  if (!closed || !again) return "";
  const other = SUMS.filter(([name]) => closed.days[name] !== again.days[name]);
  const said = other.map(
    ([name, words]) => t`${words} ${closed.days[name]}, then ${again.days[name]}`,
  );
  if (said.length === 0) return t`Its days came to the same.`;
  return t`Student days: ${said.join("; ")}.`;
}

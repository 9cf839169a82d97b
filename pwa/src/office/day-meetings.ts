/** The meetings of a date by their bells: what is due when, what is not expected and why. */

import { clockTime, ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { DayMeeting, TimetableDay } from "../wire.ts";
import { EVERYBODY, gradesWords, unexpectedReason } from "./calendar-words.ts";
import { capital } from "./words.ts";

/** Rolls of one period with the same times. */
export interface Slot {
  readonly key: string;
  readonly meetings: readonly DayMeeting[];
  readonly first: DayMeeting;
  readonly taken: number;
}

/** Meetings of which no roll is expected, for one reason. */
export interface Unexpected {
  readonly key: string;
  readonly meetings: readonly DayMeeting[];
  readonly why: string;
}

const isTaken = ({ state }: DayMeeting): boolean => state !== "not_taken" && state !== "locked";

const byTitle = (a: DayMeeting, b: DayMeeting): number =>
  ms(a.starts_at) - ms(b.starts_at) || a.section_title.localeCompare(b.section_title);

function grouped(
  meetings: readonly DayMeeting[],
  keyOf: (meeting: DayMeeting) => string,
): [string, DayMeeting[]][] {
  const groups = new Map<string, DayMeeting[]>();
  for (const meeting of [...meetings].sort(byTitle)) {
    const key = keyOf(meeting);
    const known = groups.get(key);
    if (known) known.push(meeting);
    else groups.set(key, [meeting]);
  }
  return [...groups];
}

/** Whether somebody has to take its roll, or did although nobody had to. */
const counts = (meeting: DayMeeting): boolean => meeting.expected || isTaken(meeting);

const TIMES = ["starts_at", "ends_at", "opens_at", "due_at", "late_at", "closes_at", "locks_at"];

/** In the order of the bells; periods whose rolls keep different times are told apart. */
export function slotsOf({ meetings }: TimetableDay): Slot[] {
  const keyOf = (meeting: DayMeeting) =>
    [meeting.period, ...TIMES.map((name) => meeting[name as "due_at"])].join("|");
  return grouped(meetings.filter(counts), keyOf).flatMap(([key, all]) => {
    const [first] = all;
    return first ? [{ key, meetings: all, first, taken: all.filter(isTaken).length }] : [];
  });
}

export function unexpectedOf({ meetings }: TimetableDay): Unexpected[] {
  const keyOf = ({ void_reason, void_note }: DayMeeting) => `${void_reason}|${void_note}`;
  const none = meetings.filter((meeting) => !counts(meeting));
  return grouped(none, keyOf).flatMap(([key, all]) => {
    const [first] = all;
    return first ? [{ key, meetings: all, why: unexpectedReason(first) }] : [];
  });
}

/** "8:58 to 9:48". */
export const bellWords = ({ starts_at, ends_at }: DayMeeting, zone: string): string =>
  t`${clockTime(starts_at, zone)} to ${clockTime(ends_at, zone)}`;

/** "24 rolls, 3 taken". */
export const slotCounts = ({ meetings, taken }: Slot): string =>
  taken > 0
    ? t`${plural(meetings.length, "roll")}, ${taken} taken`
    : plural(meetings.length, "roll");

/** "Due 9:13, opens 8:53": what is asked first. */
export const dueWords = ({ first }: Slot, zone: string): string =>
  t`Due ${clockTime(first.due_at, zone)}, opens ${clockTime(first.opens_at, zone)}`;

/** "In time until 9:18, looked for at 9:28, closes 5:00, locks Dec 1." */
export function timesWords({ first }: Slot, zone: string): string {
  const at = (instant: string) => clockTime(instant, zone);
  const { due_at, late_at, locks_at } = first;
  const said = [
    late_at !== due_at && t`in time until ${at(late_at)}`,
    t`looked for at ${at(first.check_at)}`,
    t`closes ${at(first.closes_at)}`,
    locks_at && t`locks ${shortDate(schoolDate(ms(locks_at), zone))}`,
  ];
  return `${capital(said.filter(Boolean).join(", "))}.`;
}

/** Which rule gave the times: the school's own, or the usual one. */
export function ruleWords({ first }: Slot, { policies }: TimetableDay): string {
  const rule = policies.find(({ policy_id }) => policy_id === first.policy_id);
  if (!rule) return t`By the usual deadlines.`;
  const whom = rule.grades === EVERYBODY ? "" : t` for ${gradesWords(rule.grades)}`;
  return t`By the deadlines since ${shortDate(rule.from_on)}${whom}.`;
}

/** "5 meetings: the section is not active". */
export const unexpectedWords = ({ meetings, why }: Unexpected): string =>
  `${capital(why)}, ${plural(meetings.length, "meeting")}`;

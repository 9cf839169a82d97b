/** Deadlines as a school sets them: each told in a sentence, and a new one from a date on. */

import { daysOn, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { ChangePolicy, DeadlinePolicy, Timetable, UsualPolicy } from "../wire.ts";
import { EVERYBODY, gradesWords } from "./calendar-words.ts";

type Times = Pick<
  DeadlinePolicy,
  | "open_before_min"
  | "due_after_min"
  | "check_after_min"
  | "grace_min"
  | "close_time"
  | "lock_after_days"
>;

const afterBell = (minutes: number): string =>
  minutes === 0 ? t`with the bell` : t`${minutes} minutes after the bell`;

function lockWords({ lock_after_days }: Times): string {
  if (lock_after_days === null) return t`never locks by itself`;
  if (lock_after_days === 0) return t`locks as it closes`;
  return t`locks ${plural(lock_after_days, "day")} later`;
}

/** "opens 5 minutes before the bell, due 15 minutes after the bell, late after 20, …". */
export function timesWords(times: Times): string {
  const { open_before_min, due_after_min, check_after_min, grace_min, close_time } = times;
  return [
    open_before_min === 0
      ? t`opens with the bell`
      : t`opens ${open_before_min} minutes before the bell`,
    t`due ${afterBell(due_after_min)}`,
    grace_min > 0 ? t`late after ${due_after_min + grace_min}` : t`late after that`,
    t`looked for at ${check_after_min}`,
    t`closes at ${close_time}`,
    lockWords(times),
  ].join(", ");
}

export const periodWords = (period: string): string =>
  period === EVERYBODY ? t`all periods` : t`period ${period}`;

/** From when to when, for whom: "From Nov 30, grade 6, all periods". */
export function scopeWords({ from_on, until_on, grades, period }: DeadlinePolicy): string {
  const until = until_on ? t` until ${shortDate(daysOn(until_on, -1))}` : "";
  const whom = grades === EVERYBODY ? t`all grades` : gradesWords(grades);
  return t`From ${shortDate(from_on)}${until}, ${whom}, ${periodWords(period)}`;
}

export const policySentence = (policy: DeadlinePolicy): string =>
  `${scopeWords(policy)}: ${timesWords(policy)}.`;

export const usualSentence = (usual: UsualPolicy): string =>
  t`Where nothing else is set, all grades, all periods: ${timesWords(usual)}.`;

/** Whether a rule is over, in force, or still to come. */
export function standingOf(
  { from_on, until_on }: DeadlinePolicy,
  today: string,
): "over" | "now" | "ahead" {
  if (until_on !== null && until_on <= today) return "over";
  return from_on > today ? "ahead" : "now";
}

/** In force first, then what is to come, then what is over; each by date. */
export function inOrder(policies: readonly DeadlinePolicy[], today: string): DeadlinePolicy[] {
  const ranks = { now: 0, ahead: 1, over: 2 };
  const rank = (policy: DeadlinePolicy) => ranks[standingOf(policy, today)];
  return [...policies].sort(
    (a, b) =>
      rank(a) - rank(b) || a.from_on.localeCompare(b.from_on) || a.grades.localeCompare(b.grades),
  );
}

/** What holds for everybody and all periods: what a new rule begins with. */
export function generalOf({ policies, usual, today }: Timetable): Times {
  const general = policies.filter(
    ({ grades, period, ...rule }) =>
      grades === EVERYBODY &&
      period === EVERYBODY &&
      standingOf({ grades, period, ...rule }, today) === "now",
  );
  return general.at(-1) ?? usual;
}

/** Numbers as they were typed. */
export interface PolicyDraft {
  readonly from_on: string;
  readonly isForAll: boolean;
  readonly grades: ReadonlySet<string>;
  readonly period: string;
  readonly open: string;
  readonly due: string;
  readonly grace: string;
  readonly check: string;
  readonly close: string;
  readonly lock: string;
}

/** A draft that says what holds already, from tomorrow on. */
export function draftOf(times: Times, today: string): PolicyDraft {
  return {
    from_on: daysOn(today, 1),
    isForAll: true,
    grades: new Set(),
    period: EVERYBODY,
    open: String(times.open_before_min),
    due: String(times.due_after_min),
    grace: String(times.grace_min),
    check: String(times.check_after_min),
    close: times.close_time,
    lock: times.lock_after_days === null ? "" : String(times.lock_after_days),
  };
}

const NUMBER = /^\d{1,4}$/u;
const MOST_MIN = 24 * 60;

const FIELDS = {
  open: t`How many minutes before the bell does a roll open?`,
  due: t`How many minutes after the bell is it due?`,
  grace: t`How many minutes after that does it still count as in time?`,
  check: t`How many minutes after the bell does the office look for it?`,
} as const;

/** What is missing or cannot be, as a sentence; null where it can be sent. */
export function missingOf(draft: PolicyDraft, today: string): string | null {
  for (const [name, question] of Object.entries(FIELDS)) {
    const typed = draft[name as keyof typeof FIELDS].trim();
    if (!NUMBER.test(typed) || Number(typed) > MOST_MIN)
      return t`${question} Write whole minutes, like 15.`;
  }
  if (!draft.close) return t`When does it close? Write a time of day, like 17:00.`;
  if (draft.lock.trim() && !(NUMBER.test(draft.lock.trim()) && Number(draft.lock) <= 400))
    return t`After how many days does it lock? Write whole days, up to 400, or leave it empty.`;
  if (Number(draft.check) < Number(draft.due))
    return t`The office would look for a roll before it is due. Look for it later, or make it due earlier.`;
  if (!draft.from_on) return t`From when? Choose a school date.`;
  return draft.from_on < today ? t`The past is not changed: choose today or a later date.` : null;
}

export function policyOf(draft: PolicyDraft, { grades }: Pick<Timetable, "grades">): ChangePolicy {
  return {
    type: "policy",
    grades: draft.isForAll
      ? EVERYBODY
      : grades.filter((grade) => draft.grades.has(grade)).join(","),
    period: draft.period,
    from_on: draft.from_on,
    open_before_min: Number(draft.open),
    due_after_min: Number(draft.due),
    check_after_min: Number(draft.check),
    grace_min: Number(draft.grace),
    close_time: draft.close,
    lock_after_days: draft.lock.trim() ? Number(draft.lock) : null,
  };
}

/** The sentence that the draft would read as, while it can be read. */
export function draftSentence(draft: PolicyDraft, table: Timetable): string | null {
  if (missingOf(draft, table.today)) return null;
  const { type: _type, ...rule } = policyOf(draft, table);
  const policy = { ...rule, policy_id: "", until_on: null, set_by: null, set_at: "" };
  return policySentence(policy);
}

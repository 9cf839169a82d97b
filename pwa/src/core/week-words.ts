/** A signed week in words: pure, all of this part's sentences in one place. */

import type { RollCounts, Week, WeekChange, WeekRoll } from "../wire.ts";
import { clockTime, longDate, ms, schoolDate, shortDate } from "./dates.ts";
import { plural } from "./words.ts";

const COUNTED: readonly (readonly [keyof RollCounts, string])[] = [
  ["present", "present"],
  ["absent", "absent"],
  ["late", "late"],
  ["left_early", "left early"],
  ["elsewhere", "elsewhere"],
  ["unmarked", "not marked"],
];

/** "27 present, 2 absent, 1 late"; a roll that nobody took says so and no more. */
export function rollWords({ taken, counts }: WeekRoll): string {
  if (!taken) return "Not taken";
  const said = COUNTED.filter(([name]) => counts[name] > 0);
  return said.map(([name, words]) => `${counts[name]} ${words}`).join(", ") || "Nobody enrolled";
}

/** "Taken 8:04, received October 7, 8:30", where it came on a later day. */
export function nextDayWords(roll: WeekRoll, zone: string): string {
  if (!roll.next_day || !roll.taken_at || !roll.received_at) return "";
  const received = `${longDate(schoolDate(ms(roll.received_at), zone))}, ${clockTime(roll.received_at, zone)}`;
  const accepted = roll.accepted
    ? `accepted by ${roll.accepted.by.name}`
    : "an administrator accepts it once it is signed";
  return `Taken ${clockTime(roll.taken_at, zone)}, received ${received}; ${accepted}.`;
}

/** "September 28 to October 4" */
export const weekWords = ({ week_on, to }: Pick<Week, "week_on" | "to">): string =>
  `${shortDate(week_on)} to ${shortDate(to)}`;

const FACTS: Readonly<Record<WeekChange["fact"], string>> = {
  presence: "the mark",
  arrived_at: "the arrival",
  left_at: "the departure",
  reason: "the reason",
  excused: "the excuse",
  evidence: "the evidence",
};

const PLAIN: Readonly<Record<string, string>> = {
  left_early: "left early",
  excused: "excused",
  unexcused: "not excused",
};

function valueWords(value: string | null, fact: WeekChange["fact"], zone: string): string {
  if (value === null) return "nothing";
  if (fact === "arrived_at" || fact === "left_at") return clockTime(value, zone);
  return PLAIN[value] ?? value;
}

/** "R. Lind changed the mark of Elif Eriksen from absent to present, Oct 12, 8:00." */
export function changeWords(change: WeekChange, zone: string): string {
  const { by, student_name, fact, old, new: now } = change;
  const when = `${shortDate(schoolDate(ms(change.at), zone))}, ${clockTime(change.at, zone)}`;
  const told = fact !== "reason" && fact !== "evidence";
  const from = told ? ` from ${valueWords(old, fact, zone)} to ${valueWords(now, fact, zone)}` : "";
  const why = change.why ? ` Why: “${change.why}”.` : "";
  return `${by.name} changed ${FACTS[fact]} of ${student_name}${from}, ${when}.${why}`;
}

/** How a week stands, as a sentence. */
export function standingWords({ signed, over, rolls }: Week, zone: string): string {
  if (rolls.length === 0) return "No rolls of yours in this week.";
  if (!over) return "This week is not over yet. You can sign it from Monday on.";
  if (!signed) return "Not signed yet.";
  const on = shortDate(schoolDate(ms(signed.signed_at), zone));
  const at = `Signed ${on}, ${clockTime(signed.signed_at, zone)}.`;
  if (signed.changes.length === 0) return `${at} Nothing has changed since.`;
  return `${at} ${plural(signed.changes.length, "change")} since, listed below.`;
}

/** What the button does: it repeats what will be signed. */
export function signWords({ rolls, signed }: Week): string {
  const missing = rolls.filter(({ taken }) => !taken).length;
  const said = missing > 0 ? `, ${missing} not taken` : "";
  return `Sign ${plural(rolls.length, "roll")}${said}${signed ? " again" : ""}`;
}

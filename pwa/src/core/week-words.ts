/** A signed week in words: pure, all of this part's sentences in one place. */

import type { Week, WeekChange, WeekRoll } from "../wire.ts";
import { clockTime, longDate, ms, schoolDate, shortDate } from "./dates.ts";
import { t } from "./t.ts";
import { allCountWords, plural, stateWords } from "./words.ts";

/** "27 present, 2 absent, 1 late"; a roll that nobody took says so and no more. */
export function rollWords({ taken, counts }: WeekRoll): string {
  if (!taken) return t`Not taken`;
  return allCountWords(counts).join(", ") || t`Nobody enrolled`;
}

/** "Taken 8:04, received October 7, 8:30", where it came on a later day. */
export function nextDayWords(roll: WeekRoll, zone: string): string {
  if (!roll.next_day || !roll.taken_at || !roll.received_at) return "";
  const received = `${longDate(schoolDate(ms(roll.received_at), zone))}, ${clockTime(roll.received_at, zone)}`;
  const accepted = roll.accepted
    ? t`accepted by ${roll.accepted.by.name}`
    : t`an administrator accepts it once it is signed`;
  return t`Taken ${clockTime(roll.taken_at, zone)}, received ${received}; ${accepted}.`;
}

/** "September 28 to October 4" */
export const weekWords = ({ week_on, to }: Pick<Week, "week_on" | "to">): string =>
  t`${shortDate(week_on)} to ${shortDate(to)}`;

const FACTS: Readonly<Record<WeekChange["fact"], string>> = {
  presence: t`the mark`,
  arrived_at: t`the arrival`,
  left_at: t`the departure`,
  reason: t`the reason`,
  excused: t`the excuse`,
  evidence: t`the evidence`,
};

const PRESENCES = ["present", "absent", "late", "left_early", "elsewhere"] as const;

const PLAIN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(PRESENCES.map((presence) => [presence, stateWords(presence, null)])),
  excused: t`excused`,
  unexcused: t`not excused`,
};

function valueWords(value: string | null, fact: WeekChange["fact"], zone: string): string {
  if (value === null) return t`nothing`;
  if (fact === "arrived_at" || fact === "left_at") return clockTime(value, zone);
  return PLAIN[value] ?? value;
}

/** "R. Lind changed the mark of Elif Eriksen from absent to present, Oct 12, 8:00." */
export function changeWords(change: WeekChange, zone: string): string {
  const { by, student_name, fact, old, new: now } = change;
  const when = `${shortDate(schoolDate(ms(change.at), zone))}, ${clockTime(change.at, zone)}`;
  const shown = fact !== "reason" && fact !== "evidence";
  const from = shown
    ? t` from ${valueWords(old, fact, zone)} to ${valueWords(now, fact, zone)}`
    : "";
  const why = change.why ? t` Why: “${change.why}”.` : "";
  return t`${by.name} changed ${FACTS[fact] ?? fact} of ${student_name}${from}, ${when}.${why}`;
}

/** How a week stands, as a sentence. */
export function standingWords({ signed, over, rolls }: Week, zone: string): string {
  if (rolls.length === 0) return t`No rolls of yours in this week.`;
  if (!over) return t`This week is not over yet. You can sign it from Monday on.`;
  if (!signed) return t`Not signed yet.`;
  const on = shortDate(schoolDate(ms(signed.signed_at), zone));
  const at = t`Signed ${on}, ${clockTime(signed.signed_at, zone)}.`;
  if (signed.changes.length === 0) return t`${at} Nothing has changed since.`;
  return t`${at} ${plural(signed.changes.length, "change")} since, listed below.`;
}

/** What the button does: it repeats what will be signed. */
export function signWords({ rolls, signed }: Week): string {
  const missing = rolls.filter(({ taken }) => !taken).length;
  const said = missing > 0 ? t`, ${missing} not taken` : "";
  const what = `${plural(rolls.length, "roll")}${said}`;
  return signed ? t`Sign ${what} again` : t`Sign ${what}`;
}

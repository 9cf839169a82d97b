/** The sentences of clearing: what waits, how long still, and what it becomes. */

import { clockTime, longDate, ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { Cleared, ClearedMany, ClearedPiece, SaidReason, WaitingAbsence } from "../wire.ts";
import { fullName } from "./names.ts";
import { presenceWords } from "./words.ts";

export const reasonWords = (reason: SaidReason | null): string => {
  if (!reason) return t`no reason`;
  return reason.label ?? t`a reason that is not for this desk`;
};

export const missedWords = ({ missed, periods, minutes }: WaitingAbsence): string =>
  missed === "full_day"
    ? t`The whole day`
    : t`${plural(minutes, "minute")} of period ${periods.join(", ")}`;

export const ageWords = ({ age }: WaitingAbsence): string =>
  age === 0 ? t`Today` : t`${plural(age, "school day")} ago`;

/** How much time there is, and what comes then. */
export function windowWords({ state, ends_on, becomes, final_on }: WaitingAbsence): string {
  const next = becomes ? reasonWords(becomes) : t`what the rules say`;
  if (state === "away") return t`Not back yet: no time runs.`;
  if (state === "lapsed")
    return t`Counts as ${next} since ${final_on ? shortDate(final_on) : t`then`}. Proof clears it still.`;
  return t`Until ${ends_on ? longDate(ends_on) : t`then`}; after that it counts as ${next}.`;
}

export const pieceWords = ({
  period_name,
  section_title,
  presence,
  minutes,
  before,
}: ClearedPiece): string => {
  const was = before ? t`, until now: ${reasonWords(before)}` : "";
  return `${period_name}, ${section_title}: ${presenceWords(presence)}, ${plural(minutes, "minute")}${was}`;
};

export function clearedWords(one: Cleared, zone: string): string {
  const at = (when: string) => `${shortDate(schoolDate(ms(when), zone))}, ${clockTime(when, zone)}`;
  const given = t`${reasonWords(one.reason)}, given by ${one.by.name}, ${at(one.noted_at)}.`;
  const back =
    one.undone_by && one.undone_at
      ? t` Taken back by ${one.undone_by.name}, ${at(one.undone_at)}.`
      : "";
  const locked = one.rolls.some(({ outcome }) => outcome !== "accepted")
    ? t` A roll of it is locked: an administrator decides.`
    : "";
  return `${given}${back}${locked}`;
}

/** What became of several at once; who got nothing is named with why. */
export function savedWords({ made, lines }: ClearedMany): string {
  return [t`${plural(made, "absence")} cleared.`, ...left(lines)].join(" ");
}

export function undoneWords({ made, lines }: ClearedMany): string {
  const back = t`${plural(made, "reason")} taken back; what somebody else ruled there stays.`;
  return [back, ...left(lines)].join(" ");
}

const left = (lines: ClearedMany["lines"]): string[] =>
  lines.filter((one) => !one.made).map(({ student, says }) => `${fullName(student)}: ${says}`);

export const countWords = (count: number): string =>
  count === 0 ? t`No absence waits for a reason` : t`${plural(count, "absence")} without a reason`;

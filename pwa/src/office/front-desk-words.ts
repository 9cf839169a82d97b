/** The sentences of the front desk. */

import { clockTime, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { DeskNotice, DeskRuled, Place, ToldHow, Visit } from "../wire.ts";
import { roomWords } from "./board.ts";
import { capital, listed } from "./words.ts";

export const NO_TIME = t`Write the time as on a clock: 8:12.`;

export const PLACES: readonly { readonly value: Place; readonly words: string }[] = [
  { value: "nurse", words: t`Nurse` },
  { value: "counselor", words: t`Counselor` },
  { value: "testing", words: t`Testing` },
];

export const HOW: readonly { readonly value: ToldHow; readonly words: string }[] = [
  { value: "phone", words: t`By phone` },
  { value: "letter", words: t`By letter` },
  { value: "mail", words: t`By e-mail` },
  { value: "in_person", words: t`In person` },
];

const placeWords = (place: Place): string =>
  PLACES.find(({ value }) => value === place)?.words ?? t`Front desk`;

/** "Came at 8:12", "Left at 10:15", "Nurse, 9:02 to 9:20". */
export function visitWords({ what, place, at, until }: Visit, zone: string): string {
  const time = clockTime(at, zone);
  if (what === "arrived") return t`Came at ${time}`;
  if (what === "left") return t`Left at ${time}`;
  return `${placeWords(place)}, ${until ? t`${time} to ${clockTime(until, zone)}` : t`since ${time}`}`;
}

function ruledWords({ period_name, presence, minutes, outcome }: DeskRuled): string {
  if (outcome !== "accepted") return t`${period_name} is locked: it waits for an administrator`;
  if (presence === "late") return t`${period_name}, ${plural(minutes, "minute")} late`;
  if (presence === "left_early") return t`${period_name}, ${plural(minutes, "minute")} missed`;
  if (presence === "elsewhere") return t`${period_name}, elsewhere`;
  return t`${period_name}, the reason`;
}

/** What the school's rolls say by a line. */
export function followsWords({ rolls, what, stands }: Visit): string {
  if (!stands) return "";
  if (rolls.length > 0) return t`On the roll: ${rolls.map(ruledWords).join("; ")}.`;
  if (what === "visit") return t`Kept as evidence: it does not cover a whole period.`;
  return t`Between periods: no roll changes.`;
}

export const withdrawnWords = ({ withdrawn_by, withdrawn_at }: Visit, zone: string): string =>
  withdrawn_by && withdrawn_at
    ? t`Taken back by ${withdrawn_by.name} at ${clockTime(withdrawn_at, zone)}.`
    : t`Written anew.`;

/** What the slip says about the class to go to; nothing between bells. */
export function slipWords({ rolls }: Visit): string {
  const late = rolls.find(({ presence }) => presence === "late" || presence === "left_early");
  if (!late) return "";
  const where = late.room ? `, ${roomWords(late.room)}` : "";
  return t`${late.period_name}: ${late.section_title}${where}. ${capital(plural(late.minutes, "minute"))} by the bell.`;
}

export function datesWords({ from_on, to_on, periods }: DeskNotice): string {
  const days =
    from_on === to_on ? shortDate(from_on) : t`${shortDate(from_on)} to ${shortDate(to_on)}`;
  return periods ? t`${days}, period ${listed(periods)}` : days;
}

export function toldWords(notice: DeskNotice): string {
  if (!notice.by) return t`From a file.`;
  const how = HOW.find(({ value }) => value === notice.told_how)?.words.toLowerCase() ?? "";
  return t`Told ${how} by ${notice.told_by ?? t`somebody`}, written by ${notice.by.name}.`;
}

export function endedWords({ active, ended_by }: DeskNotice): string {
  if (!ended_by) return "";
  return active ? t`Ended by ${ended_by.name}.` : t`Taken back by ${ended_by.name}.`;
}

/** The sentences of the front desk. */

import { clockTime, shortDate } from "../core/dates.ts";
import { plural } from "../core/words.ts";
import type { DeskNotice, DeskRuled, Place, ToldHow, Visit } from "../wire.ts";
import { capital, listed } from "./words.ts";

export const NO_TIME = "Write the time as on a clock: 8:12.";

export const PLACES: readonly { readonly value: Place; readonly words: string }[] = [
  { value: "nurse", words: "Nurse" },
  { value: "counselor", words: "Counselor" },
  { value: "testing", words: "Testing" },
];

export const HOW: readonly { readonly value: ToldHow; readonly words: string }[] = [
  { value: "phone", words: "By phone" },
  { value: "letter", words: "By letter" },
  { value: "mail", words: "By e-mail" },
  { value: "in_person", words: "In person" },
];

const placeWords = (place: Place): string =>
  PLACES.find(({ value }) => value === place)?.words ?? "Front desk";

/** "Came at 8:12", "Left at 10:15", "Nurse, 9:02 to 9:20". */
export function visitWords({ what, place, at, until }: Visit, zone: string): string {
  const time = clockTime(at, zone);
  if (what === "arrived") return `Came at ${time}`;
  if (what === "left") return `Left at ${time}`;
  return `${placeWords(place)}, ${until ? `${time} to ${clockTime(until, zone)}` : `since ${time}`}`;
}

function ruledWords({ period_name, presence, minutes, outcome }: DeskRuled): string {
  if (outcome !== "accepted") return `${period_name} is locked: it waits for an administrator`;
  if (presence === "late") return `${period_name}, ${plural(minutes, "minute")} late`;
  if (presence === "left_early") return `${period_name}, ${plural(minutes, "minute")} missed`;
  if (presence === "elsewhere") return `${period_name}, elsewhere`;
  return `${period_name}, the reason`;
}

/** What the school's rolls say by a line. */
export function followsWords({ rolls, what, stands }: Visit): string {
  if (!stands) return "";
  if (rolls.length > 0) return `On the roll: ${rolls.map(ruledWords).join("; ")}.`;
  if (what === "visit") return "Kept as evidence: it does not cover a whole period.";
  return "Between periods: no roll changes.";
}

export const withdrawnWords = ({ withdrawn_by, withdrawn_at }: Visit, zone: string): string =>
  withdrawn_by && withdrawn_at
    ? `Taken back by ${withdrawn_by.name} at ${clockTime(withdrawn_at, zone)}.`
    : "Written anew.";

/** What the slip says about the class to go to; nothing between bells. */
export function slipWords({ rolls }: Visit): string {
  const late = rolls.find(({ presence }) => presence === "late" || presence === "left_early");
  if (!late) return "";
  const where = late.room ? `, room ${late.room}` : "";
  return `${late.period_name}: ${late.section_title}${where}. ${capital(plural(late.minutes, "minute"))} by the bell.`;
}

export function datesWords({ from_on, to_on, periods }: DeskNotice): string {
  const days =
    from_on === to_on ? shortDate(from_on) : `${shortDate(from_on)} to ${shortDate(to_on)}`;
  return periods ? `${days}, period ${listed(periods)}` : days;
}

export function toldWords(notice: DeskNotice): string {
  if (!notice.by) return "From a file.";
  const how = HOW.find(({ value }) => value === notice.told_how)?.words.toLowerCase() ?? "";
  return `Told ${how} by ${notice.told_by ?? "somebody"}, written by ${notice.by.name}.`;
}

export function endedWords({ active, ended_by }: DeskNotice): string {
  if (!ended_by) return "";
  return active ? `Ended by ${ended_by.name}.` : `Taken back by ${ended_by.name}.`;
}

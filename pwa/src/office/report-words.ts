/** The reports' sentences: pure. */

import { clockTime, longDate, ms, schoolDate, shortDate } from "../core/dates.ts";
import { dueOf, inTimeOf, percentWords, receivedOf } from "../core/rates.ts";
import { numberWords, t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { LastDay, MissingRoll, NobodyWhy, NotSubmitted, Rate, Rates } from "../wire.ts";

export const NOBODY_WHY: Readonly<Record<NobodyWhy, string>> = {
  nobody_assigned: t`No teacher is assigned to the section.`,
  all_away: t`Everybody who teaches it is away.`,
};

const rollsOf = (told: NotSubmitted): number =>
  told.people.reduce((sum, { rolls }) => sum + rolls.length, 0);

/** "5 rolls not submitted", "Nothing is missing". */
export function missingTitle(told: NotSubmitted): string {
  const count = rollsOf(told);
  return count === 0 ? t`All submitted` : t`${plural(count, "roll")} not submitted`;
}

/** "Tuesday, October 6, as of 9:20. 23 of 31 expected rolls received, 8 not looked for yet." */
export function missingLead(told: NotSubmitted): string {
  const { zone } = told.school;
  const sameDay = schoolDate(ms(told.at), zone) === told.on;
  const at = sameDay
    ? clockTime(told.at, zone)
    : `${shortDate(schoolDate(ms(told.at), zone))}, ${clockTime(told.at, zone)}`;
  const known = told.past ? t`as it was known at ${at}` : t`as of ${at}`;
  const received = t`${told.received} of ${plural(told.expected, "expected roll")} received`;
  const waiting = told.waiting > 0 ? t`, ${told.waiting} not looked for yet` : "";
  return `${longDate(told.on)}, ${known}. ${received}${waiting}.`;
}

/** "Open on a tablet, last seen 9:02", "Saved on a tablet since 9:08". */
export function tabletWords(tablet: MissingRoll["tablet"], zone: string): string {
  if (!tablet) return "";
  if (tablet.state === "open") return t`open on a tablet, last seen ${clockTime(tablet.at, zone)}`;
  const since = tablet.taken_at ?? tablet.at;
  return t`saved on a tablet since ${clockTime(since, zone)}`;
}

/** "October 5: 4 of 5 in time, 1 not taken." */
export function lastDayWords({ on, rate }: LastDay, today: string): string {
  const yesterday = Date.parse(today) - Date.parse(on) === 86_400_000;
  const day = yesterday ? t`Yesterday` : longDate(on);
  const missed = rate.not_taken > 0 ? t`, ${rate.not_taken} not taken` : "";
  return t`${day}: ${inTimeOf(rate)} of ${dueOf(rate)} in time${missed}.`;
}

/** "97% in time of 4,210 rolls, 12 not taken" */
export function rateWords(rate: Rate): string {
  const due = dueOf(rate);
  if (due === 0) return t`No roll was due`;
  const missed = rate.not_taken > 0 ? t`, ${numberWords(rate.not_taken)} not taken` : "";
  const of = t`of ${plural(due, "roll")}`;
  return t`${percentWords(inTimeOf(rate), due)} in time ${of}${missed}`;
}

/** "August 13 to October 6." and what of it is not over. */
export function spanWords({ from, to, partial }: Pick<Rates, "from" | "to" | "partial">): string {
  const days = from === to ? longDate(from) : t`${shortDate(from)} to ${shortDate(to)}`;
  return partial ? t`${days}; the last day is not over.` : `${days}.`;
}

export const receivedWords = (rate: Rate): string => percentWords(receivedOf(rate), dueOf(rate));

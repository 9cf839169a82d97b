/** What is asked of the school only by what a tablet fetches later. */

import { fields } from "../core/replies.ts";
import type {
  OwnRates,
  QuickHabits,
  QuickShown,
  Sign,
  TabletWords,
  Week,
  WordsHeard,
} from "../wire.ts";
import { ask, at, type Ending } from "./api.ts";

function asWordsHeard(json: unknown): WordsHeard | null {
  const found = fields(json);
  const whole = Array.isArray(found?.["roll_ids"]) && typeof found["server_time"] === "string";
  return whole ? (json as WordsHeard) : null;
}

function asOwnRates(json: unknown): OwnRates | null {
  const found = fields(json);
  const whole =
    fields(found?.["total"]) && Array.isArray(found?.["weeks"]) && Array.isArray(found["odd"]);
  return whole ? (json as OwnRates) : null;
}

function asWeek(json: unknown): Week | null {
  const found = fields(json);
  const whole = Array.isArray(found?.["rolls"]) && typeof found["digest"] === "string";
  return whole ? (json as Week) : null;
}

function asQuickHabits(json: unknown): QuickHabits | null {
  return Array.isArray(fields(json)?.["habits"]) ? (json as QuickHabits) : null;
}

/** Tells the office what is open and what waits on this tablet. */
export const tellWords = (
  school: string,
  body: TabletWords,
  grant: string | null,
): Promise<Ending<WordsHeard>> => ask(`${at(school)}/tablet-words`, asWordsHeard, grant, body);

/** One's own rolls of the term. */
export const ownRates = (school: string, grant: string): Promise<Ending<OwnRates>> =>
  ask(`${at(school)}/reports/mine`, asOwnRates, grant);

const weeks = (school: string): string => `${at(school)}/weeks/mine`;

/** One's own rolls of a week, the last that is over where none is named. */
export const ownWeek = (
  school: string,
  week: string | null,
  grant: string,
): Promise<Ending<Week>> =>
  ask(week === null ? weeks(school) : `${weeks(school)}?week=${week}`, asWeek, grant);

/** Signs exactly what was shown. */
export const signWeek = (school: string, body: Sign, grant: string): Promise<Ending<Week>> =>
  ask(weeks(school), asWeek, grant, body);

const quick = (school: string): string => `${at(school)}/quick-rolls`;

/** One's own sections that were all present within two seconds, week after week; mostly none. */
export const quickHabits = (school: string, grant: string): Promise<Ending<QuickHabits>> =>
  ask(quick(school), asQuickHabits, grant);

/** Notes that one was shown such a habit. */
export const quickShown = (
  school: string,
  body: QuickShown,
  grant: string,
): Promise<Ending<QuickHabits>> => ask(`${quick(school)}/shown`, asQuickHabits, grant, body);

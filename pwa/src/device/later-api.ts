/** What is asked of the school only by what a tablet fetches later. */

import { fields } from "../core/replies.ts";
import type { OwnRates, Sign, TabletWords, Week, WordsHeard } from "../wire.ts";
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

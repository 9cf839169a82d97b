/** What is asked of the school only by what a tablet fetches later. */

import { fields } from "../core/replies.ts";
import type { OwnRates, TabletWords, WordsHeard } from "../wire.ts";
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

/** Tells the office what is open and what waits on this tablet. */
export const tellWords = (
  school: string,
  body: TabletWords,
  grant: string | null,
): Promise<Ending<WordsHeard>> => ask(`${at(school)}/tablet-words`, asWordsHeard, grant, body);

/** One's own rolls of the term. */
export const ownRates = (school: string, grant: string): Promise<Ending<OwnRates>> =>
  ask(`${at(school)}/reports/mine`, asOwnRates, grant);

/** One's own rolls of the term as sentences. */

import type { OwnRoll } from "../wire.ts";
import { clockTime, ms, schoolDate, shortDate } from "./dates.ts";
import { t, tOf } from "./t.ts";
import { plural } from "./words.ts";

/** "Half of them were taken within 4 minutes of the bell." */
export function halfWords(median_s: number | null): string {
  if (median_s === null) return "";
  const minutes = Math.max(1, Math.ceil(median_s / 60));
  return t`Half of them were taken within ${plural(minutes, "minute")} of the bell.`;
}

/** "Late: taken 8:21, was due 8:15.", "Not taken, was due 8:15." */
export function metWords({ met, due_at, taken_at, on }: OwnRoll, zone: string): string {
  const due = t`was due ${clockTime(due_at, zone)}`;
  if (met === "not_taken" || taken_at === null) return t`Not taken, ${due}.`;
  const day = schoolDate(ms(taken_at), zone);
  const time = clockTime(taken_at, zone);
  const taken = t`taken ${day === on ? time : `${shortDate(day)}, ${time}`}`;
  const what =
    met === "unproven" ? t`Late, or in time and no clock can tell` : tOf("of a roll")`Late`;
  return `${what}: ${taken}, ${due}.`;
}

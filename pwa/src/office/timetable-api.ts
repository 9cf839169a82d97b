/** What the desk asks about calendar, bells, deadlines, exemptions and leaves. */

import type { Timetable, TimetableChanged, TimetableChanges, TimetableDay } from "../wire.ts";
import { ask, type Ending } from "./api.ts";

const at = (school: string): string => `/schools/${school}/timetable`;

export function timetableOf(
  school: string,
  from: string,
  to: string,
  isWhole = false,
): Promise<Ending<Timetable>> {
  const asked = new URLSearchParams({ from, to, ...(isWhole ? { policies: "1" } : {}) });
  return ask(`${at(school)}?${asked}`);
}

export const timetableDay = (school: string, on: string): Promise<Ending<TimetableDay>> =>
  ask(`${at(school)}/day?on=${on}`);

/** Laying out a term anew takes its time. */
export const changeTimetable = (
  school: string,
  changes: TimetableChanges,
): Promise<Ending<TimetableChanged>> => ask(`${at(school)}/changes`, changes, undefined, 60_000);

/** What the desk asks for reports, and where the same lies as a file. */

import type { NotSubmitted, Rates, TeacherRates, Unresolved, UnresolvedRoll } from "../wire.ts";
import { ask, type Ending } from "./api.ts";

export type Asked = Readonly<Record<string, string | null>>;

export function spelled(asked: Asked): string {
  const given = Object.entries(asked).filter((one): one is [string, string] => one[1] !== null);
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
}

const at = (school: string, report: string, asked: Asked): string =>
  `/schools/${school}/reports/${report}${spelled(asked)}`;

/** Which day, as known at which instant; now where none is named. */
export type Moment = { readonly on: string | null; readonly at: string | null };
/** From which day to which; the term so far where none is named. */
export type Dates = { readonly from: string | null; readonly to: string | null };

export const notSubmitted = (school: string, moment: Moment): Promise<Ending<NotSubmitted>> =>
  ask(at(school, "not-submitted", moment));

export const unresolved = (school: string, all: boolean): Promise<Ending<Unresolved>> =>
  ask(at(school, "unresolved", { resolved: all ? "1" : null }));

export const explain = (
  school: string,
  roll: string,
  why: string | null,
): Promise<Ending<UnresolvedRoll>> =>
  ask(`/schools/${school}/rolls/${encodeURIComponent(roll)}/explanation`, { why });

export const rates = (school: string, dates: Dates): Promise<Ending<Rates>> =>
  ask(at(school, "submission", dates));

export const teacherRates = (school: string, dates: Dates): Promise<Ending<TeacherRates>> =>
  ask(at(school, "submission/teachers", dates));

/** The address of a report as a file, for a link to press. */
export const fileOf = (school: string, report: string, asked: Asked): string =>
  `/api/v1${at(school, `${report}.csv`, asked)}`;

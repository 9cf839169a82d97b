/** What the grid asks of the server. */

import type {
  Codes,
  EnrollmentTime,
  Grid,
  Ruled,
  Ruling,
  StudentRolls,
  TimedEnrollment,
} from "../wire.ts";
import { ask, type Ending } from "./api.ts";

const asked = (query: Readonly<Record<string, string | null>>): string => {
  const given = Object.entries(query).filter((one): one is [string, string] => one[1] !== null);
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
};

/** `as_of`: as it was known at that instant; null for now. */
export const fetchGrid = (
  school: string,
  on: string | null,
  as_of: string | null,
): Promise<Ending<Grid>> => ask(`/schools/${school}/grid${asked({ on, as_of })}`);

export const fetchCodes = (school: string, on: string): Promise<Ending<Codes>> =>
  ask(`/schools/${school}/codes${asked({ on })}`);

export const fetchStudent = (
  school: string,
  student: string,
  from: string,
  to: string,
): Promise<Ending<StudentRolls>> =>
  ask(`/schools/${school}/students/${encodeURIComponent(student)}/rolls${asked({ from, to })}`);

/** When a student came or left on the date that the roster gives. */
export const sendEnrollmentTime = (
  school: string,
  said: EnrollmentTime,
): Promise<Ending<TimedEnrollment>> => ask(`/schools/${school}/enrollments/times`, { ...said });

/** Rulings to look at or to make; the same `ruling_id` sent again is made once. */
export const sendRulings = (
  school: string,
  ruling_id: string,
  preview: boolean,
  rulings: readonly Ruling[],
): Promise<Ending<Ruled>> =>
  ask(`/schools/${school}/rulings`, { ruling_id, preview, rulings: [...rulings] });

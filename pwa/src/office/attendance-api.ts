/** What the desk asks about attendance, and where the same lies as a file. */

import type { Attendance, StudentDays } from "../wire.ts";
import { ask, type Ending } from "./api.ts";
import { type Asked, type Dates, spelled } from "./reports-api.ts";

/** One student's dates. */
export type OfStudent = Dates & { readonly student: string };

export const attendance = (school: string, dates: Dates): Promise<Ending<Attendance>> =>
  ask(`/schools/${school}/attendance${spelled(dates)}`);

export const studentDays = (
  school: string,
  { student, ...dates }: OfStudent,
): Promise<Ending<StudentDays>> =>
  ask(`/schools/${school}/attendance/students/${encodeURIComponent(student)}${spelled(dates)}`);

/** The address of a table as a file, for a link to press. */
export const attendanceFile = (school: string, name: string, asked: Asked): string =>
  `/api/v1/schools/${school}/attendance/${name}${spelled(asked)}`;

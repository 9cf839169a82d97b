/** Sends the timetable's files: first to see what they would change, then to bring them in. */

import type { TimetableFiles, TimetableFilesRead } from "../wire.ts";
import { ask, type Ending } from "./api.ts";

/** Laying out a year of rolls takes its time. */
const PATIENCE_MS = 120_000;

export const sendFiles = (
  school: string,
  files: TimetableFiles,
): Promise<Ending<TimetableFilesRead>> =>
  ask(`/schools/${school}/timetable/files`, files, undefined, PATIENCE_MS);

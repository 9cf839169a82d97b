/** What the timetable's files would change, as sentences. */

import { plural } from "../core/words.ts";
import type { FileChange, FileFinding, TimetableFilesRead } from "../wire.ts";

const KINDS: Readonly<Record<string, string>> = {
  bell_period: "Bell schedules",
  calendar_day: "Calendar",
  section_meeting: "When sections meet",
  absence_notice: "Known absences",
  staff: "Rooms and extensions",
  deadline_policy: "Deadlines",
  exemption: "Exemptions",
  staff_leave: "Leave",
};

/** "Calendar: 3 lines new, 1 changed." */
export function changeWords({ kind, new: added, changed, withdrawn }: FileChange): string {
  const said = [
    ...(added > 0 ? [`${plural(added, "line")} new`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(withdrawn > 0 ? [`${withdrawn} no longer there`] : []),
  ];
  return `${KINDS[kind] ?? kind}: ${said.join(", ")}.`;
}

/** "calendar.csv, line 3, schedule" */
export const placeWords = ({ file, line, column }: FileFinding): string =>
  [file, ...(line === null ? [] : [`line ${line}`]), ...(column ? [column] : [])].join(", ");

/** How it ended, in one sentence that says whether anything was written. */
export function endWords({ ending, errors }: TimetableFilesRead): string {
  const wrong = `${plural(errors, "line")} ${errors === 1 ? "is" : "are"} wrong`;
  if (ending === "refused")
    return `Nothing was brought in: ${errors === 1 ? "something is" : `${errors} things are`} wrong in the files.`;
  if (ending === "unchanged") return "Nothing to change: the school has all this already.";
  const rest = errors > 0 ? ` ${wrong} and left out.` : "";
  return ending === "planned"
    ? `Nothing is written yet.${rest}`
    : `The files were brought in.${rest}`;
}

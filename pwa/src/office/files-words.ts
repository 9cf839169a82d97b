/** What the timetable's files would change, as sentences. */

import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { FileChange, FileFinding, TimetableFilesRead } from "../wire.ts";

const KINDS: Readonly<Record<string, string>> = {
  bell_period: t`Bell schedules`,
  calendar_day: t`Calendar`,
  section_meeting: t`When sections meet`,
  absence_notice: t`Known absences`,
  staff: t`Rooms and extensions`,
  deadline_policy: t`Deadlines`,
  exemption: t`Exemptions`,
  staff_leave: t`Leave`,
};

/** "Calendar: 3 lines new, 1 changed." */
export function changeWords({ kind, new: added, changed, withdrawn }: FileChange): string {
  const said = [
    ...(added > 0 ? [t`${plural(added, "line")} new`] : []),
    ...(changed > 0 ? [t`${changed} changed`] : []),
    ...(withdrawn > 0 ? [t`${withdrawn} no longer there`] : []),
  ];
  return `${KINDS[kind] ?? kind}: ${said.join(", ")}.`;
}

/** "calendar.csv, line 3, schedule" */
export const placeWords = ({ file, line, column }: FileFinding): string =>
  [file, ...(line === null ? [] : [t`line ${line}`]), ...(column ? [column] : [])].join(", ");

/** How it ended, in one sentence that says whether anything was written. */
export function endWords({ ending, errors }: TimetableFilesRead): string {
  const wrong = errors === 1 ? t`1 line is wrong` : t`${errors} lines are wrong`;
  if (ending === "refused")
    return errors === 1
      ? t`Nothing was brought in: something is wrong in the files.`
      : t`Nothing was brought in: ${errors} things are wrong in the files.`;
  if (ending === "unchanged") return t`Nothing to change: the school has all this already.`;
  const rest = errors > 0 ? t` ${wrong} and left out.` : "";
  return ending === "planned"
    ? t`Nothing is written yet.${rest}`
    : t`The files were brought in.${rest}`;
}

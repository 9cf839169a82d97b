/** Who will be in a meeting that has not opened: names, and nobody's presence. */

import { t } from "../core/t.ts";
import { OFFICE_KNOWS } from "../core/words.ts";
import type { OpenRoll } from "./rollbook.ts";

export function Roster({ open }: { open: OpenRoll }) {
  const { known } = open.roll;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that keys can scroll the list
    <ul class="ruled roster" aria-label={t`Students`} tabIndex={0}>
      {open.page.lines.map(({ student }) => (
        <li key={student.student_id}>
          <span>
            <b>{student.given_name}</b> {student.family_name}
          </span>
          {known.includes(student.student_id) && <span>{t`Absent, ${OFFICE_KNOWS}`}</span>}
        </li>
      ))}
    </ul>
  );
}

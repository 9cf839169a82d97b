/** The students: one tab stop, arrows move, letters mark, a long press asks for more. */

import { useSignal } from "@preact/signals";
import { t } from "../core/t.ts";
import { tileOf } from "../core/tile.ts";
import { StudentGrid, StudentTile } from "../ui/parts.ts";
import { tap } from "./actions.ts";
import { pressKey, tileId } from "./keys.ts";
import { layout } from "./layout.ts";
import type { OpenRoll } from "./rollbook.ts";
import { sheetOf } from "./sheet-of.ts";
import { timesOf } from "./times.ts";

function more(studentId: string): void {
  sheetOf.value = studentId;
}

export function Grid({ open }: { open: OpenRoll }) {
  const { lines } = open.page;
  const at = useSignal<string | null>(null);
  const ids = lines.map(({ student }) => student.student_id);
  const stop = at.value && ids.includes(at.value) ? at.value : ids[0];
  return (
    <StudentGrid
      layout={layout.value}
      label={t`Students of ${open.section.title}`}
      onKeyDown={(event) => {
        at.value = pressKey(event, open) ?? at.value;
      }}
    >
      {lines.map((line) => {
        const { student, said, pencil } = line;
        const id = student.student_id;
        return (
          <StudentTile
            key={id}
            id={tileId(id)}
            {...tileOf(line, timesOf(open.roll, said))}
            given={student.given_name}
            family={student.family_name}
            pencil={pencil}
            pressed={said.presence === "absent"}
            tabIndex={id === stop ? 0 : -1}
            onTap={() => {
              at.value = id;
              if (open.leave.may === "look") more(id);
              else void tap(line);
            }}
            onLong={() => more(id)}
            layout={layout.value}
          />
        );
      })}
    </StudentGrid>
  );
}

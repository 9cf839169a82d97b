/** The day on paper: each grade begins a page, and each page says its periods. Drawn for the printer
 * alone, for on the screen only the rows in sight are there. */

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { clockTime, longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { Grid } from "../wire.ts";
import { columnName } from "./board.ts";
import { instant } from "./desk.ts";
import { fullName, type Row } from "./students.ts";
import { apartFace, face } from "./students-cell.tsx";
import { area, codes } from "./students-desk.ts";

const printing = signal(false);

export interface Leaf {
  readonly grade: string | null;
  readonly rows: readonly Row[];
}

const byName = (a: Row, b: Row): number =>
  fullName(a.student).localeCompare(fullName(b.student), "en");

/** The students that are shown, a leaf a grade, by name; those without a grade last. */
export function leavesOf(rows: readonly Row[]): Leaf[] {
  const grades = new Map<string | null, Row[]>();
  for (const row of rows) {
    const own = grades.get(row.student.grade) ?? [];
    grades.set(row.student.grade, [...own, row]);
  }
  const last = "\uffff";
  return [...grades]
    .map(([grade, own]) => ({ grade, rows: own.sort(byName) }))
    .sort((a, b) => (a.grade ?? last).localeCompare(b.grade ?? last, "en", { numeric: true }));
}

function Line({ row, day, zone }: { row: Row; day: Grid; zone: string }) {
  return (
    <tr>
      <th scope="row">{fullName(row.student)}</th>
      {day.periods.map(({ period }) => (
        <td key={period}>
          {!row.cells.has(period) && apartFace(row.apart.get(period), zone)}
          {(row.cells.get(period) ?? []).map((cell) => (
            <span key={cell.roll.roll_id} class="mark-face">
              {face({ cell, codes: codes.value, now: instant.value, zone })}
            </span>
          ))}
        </td>
      ))}
    </tr>
  );
}

function LeafTable({ leaf, day, zone }: { leaf: Leaf; day: Grid; zone: string }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            {longDate(day.on)}
            <br />
            {leaf.grade === null ? t`No grade` : t`Grade ${leaf.grade}`}
          </th>
          {day.periods.map((period) => (
            <th key={period.period} scope="col">
              {columnName(period)}
              <br />
              {clockTime(period.starts_at, zone)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {leaf.rows.map((row) => (
          <Line key={row.student.num} row={row} day={day} zone={zone} />
        ))}
      </tbody>
    </table>
  );
}

export function StudentsPaper({ day, zone }: { day: Grid; zone: string }) {
  useEffect(() => {
    const on = () => {
      printing.value = true;
    };
    const off = () => {
      printing.value = false;
    };
    addEventListener("beforeprint", on);
    addEventListener("afterprint", off);
    return () => {
      removeEventListener("beforeprint", on);
      removeEventListener("afterprint", off);
    };
  }, []);
  if (!printing.value) return null;
  return (
    <div class="students-paper">
      {leavesOf(area.value.rows).map((leaf) => (
        <LeafTable key={leaf.grade} leaf={leaf} day={day} zone={zone} />
      ))}
    </div>
  );
}

export function PrintStudents() {
  return <Button kind="quiet" size="desk" icon="print" label={t`Print`} onPress={() => print()} />;
}

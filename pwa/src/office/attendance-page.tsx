/** Attendance at the desk: each student's days, the months, and what they look like drawn. */

import type { ComponentType } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { t } from "../core/t.ts";
import { Empty } from "../ui/parts.ts";
import type { Attendance, SignedInAs } from "../wire.ts";
import { attendanceFile } from "./attendance-api.ts";
import { AttendanceCharts } from "./attendance-charts.tsx";
import { AttendanceMonths } from "./attendance-months.tsx";
import { StudentYear } from "./attendance-student.tsx";
import { AttendanceStudents } from "./attendance-students.tsx";
import { adaWords, attendanceLead, attendanceTitle } from "./attendance-words.ts";
import { PageHead } from "./page.tsx";
import { FileLinks, PrintButton, Shown } from "./report-parts.tsx";
import { attendance } from "./reports.ts";
import { route, spellRoute } from "./route.ts";
import { lastDay, SpanChoice } from "./span-choice.tsx";

interface Leaf {
  readonly part: string;
  readonly title: string;
  /** What its files hold. */
  readonly table: "students" | "months";
  readonly Show: ComponentType<{ told: Attendance }>;
}

const FIRST: Leaf = {
  part: "students",
  title: t`Students`,
  table: "students",
  Show: AttendanceStudents,
};
const LEAVES: readonly Leaf[] = [
  FIRST,
  { part: "months", title: t`Months`, table: "months", Show: AttendanceMonths },
  { part: "charts", title: t`Charts`, table: "months", Show: AttendanceCharts },
];

/** The dates that the address names go along from leaf to leaf. */
const datesOf = ({ from, to }: Readonly<Record<string, string>>): Record<string, string> => ({
  ...(from ? { from } : {}),
  ...(to ? { to } : {}),
});

function Leaves({ chosen }: { chosen: Leaf }) {
  const query = datesOf(route.value.query);
  return (
    <nav class="leaves" aria-label={t`Attendance`}>
      <ul>
        {LEAVES.map(({ part, title }) => (
          <li key={part}>
            <a
              class="leaf"
              href={spellRoute({ page: "attendance", part, query })}
              aria-current={part === chosen.part ? "page" : undefined}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Told({ told, leaf }: { told: Attendance; leaf: Leaf }) {
  const dates = { from: told.from, to: told.to };
  const { school_id } = told.school;
  return (
    <>
      <PageHead title={attendanceTitle(told)} lead={`${attendanceLead(told)} ${adaWords(told)}`}>
        <PrintButton />
        <FileLinks
          kinds={leaf.table === "months" ? ["xlsx", "csv", "pdf"] : ["xlsx", "csv"]}
          href={(kind) => attendanceFile(school_id, `${leaf.table}.${kind}`, dates)}
        />
      </PageHead>
      <SpanChoice page="attendance" part={leaf.part} told={told} last={lastDay(told)} />
      {told.days_taught === 0 ? (
        <Empty icon="calendar" title={t`No rolls were expected`}>
          <p>{t`Between these days nothing was expected, so there is nothing to count.`}</p>
        </Empty>
      ) : (
        <leaf.Show told={told} />
      )}
    </>
  );
}

export function AttendancePage({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  const { part, query } = route.value;
  const from = query["from"] ?? null;
  const to = query["to"] ?? null;
  const student = query["student"];
  const leaf = LEAVES.find((one) => one.part === part) ?? FIRST;
  useLayoutEffect(() => {
    if (!student) void attendance.begin(school_id, { from, to });
  }, [school_id, from, to, student]);
  return (
    <main class="desk-main report attendance">
      <Leaves chosen={leaf} />
      {student ? (
        <StudentYear school={school_id} student={student} from={from} to={to} key={student} />
      ) : (
        <Shown loaded={attendance.shown.value} waiting={t`Adding up the days`}>
          {(told) => <Told told={told} leaf={leaf} />}
        </Shown>
      )}
    </main>
  );
}

/** Each student's days between two dates, to be searched and narrowed. */

import { useSignal } from "@preact/signals";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { Attendance, StudentAttendance } from "../wire.ts";
import {
  absentWords,
  minutesWords,
  nameOf,
  sessionShare,
  shareWords,
  tierWords,
} from "./attendance-words.ts";
import { Scroll } from "./report-parts.tsx";
import { spellRoute } from "./route.ts";
import { Choice, Labelled } from "./sheets-day.tsx";

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those whose names begin with what is typed, of a grade, and of a tier. */
export function narrowed(
  students: readonly StudentAttendance[],
  typed: string,
  grade: string,
  tier: string,
): StudentAttendance[] {
  const words = plain(typed).split(/\s+/u).filter(Boolean);
  return students.filter((one) => {
    const names = plain(`${one.given_name} ${one.family_name}`).split(/[\s-]+/u);
    const named = words.every((word) => names.some((name) => name.startsWith(word)));
    const graded = grade === "" || one.grade === grade;
    return named && graded && (tier === "" || (one.chronic.tier ?? "") === tier);
  });
}

function Name({ one, told }: { one: StudentAttendance; told: Attendance }) {
  const query = { student: one.student_id, from: told.from, to: told.to };
  return (
    <th scope="row">
      <a href={spellRoute({ page: "attendance", part: "students", query })}>{nameOf(one)}</a>
      <span class="report-beside">{one.grade ? t`Grade ${one.grade}` : ""}</span>
    </th>
  );
}

function Measured({ chronic }: Pick<StudentAttendance, "chronic">) {
  return (
    <td class={chronic.chronic ? "attendance-chronic" : ""}>
      {tierWords(chronic)}
      <span class="report-beside">{absentWords(chronic)}</span>
    </td>
  );
}

function Line({ one, told }: { one: StudentAttendance; told: Attendance }) {
  const { days, chronic } = one;
  return (
    <tr>
      <Name one={one} told={told} />
      <td class="number">{days.expected}</td>
      <td class="number">{days.attended}</td>
      <td class="number">
        <b>{shareWords(days)}</b>
      </td>
      <td class="number">{days.excused || ""}</td>
      <td class="number">{days.unexcused || ""}</td>
      <td class="number">{days.pending || ""}</td>
      <td class="number">{one.part_days || ""}</td>
      <td class="number">{one.missed_min > 0 ? minutesWords(one.missed_min) : ""}</td>
      <td class="number">{days.undetermined || ""}</td>
      <Measured chronic={chronic} />
    </tr>
  );
}

/** The same where the school counts in mornings and afternoons. */
function SessionLine({ one, told }: { one: StudentAttendance; told: Attendance }) {
  const { sessions, chronic } = one;
  if (!sessions) return <Line one={one} told={told} />;
  return (
    <tr>
      <Name one={one} told={told} />
      <td class="number">{sessions.possible}</td>
      <td class="number">{sessions.attended}</td>
      <td class="number">
        <b>{sessionShare(sessions)}</b>
      </td>
      <td class="number">{sessions.authorised || ""}</td>
      <td class="number">{sessions.unauthorised || ""}</td>
      <td class="number">{sessions.pending || ""}</td>
      <Measured chronic={chronic} />
    </tr>
  );
}

const SESSION_HEADS = [
  t`Sessions`,
  t`Attended`,
  t`Share`,
  t`Authorised`,
  t`Unauthorised`,
  t`Waiting`,
] as const;
const HEADS = [
  t`Days`,
  t`Attended`,
  t`Share`,
  t`Excused`,
  t`Unexcused`,
  t`Waiting`,
  t`Part days`,
  t`Missed`,
  t`Not taken`,
] as const;

function Table({ students, told }: { students: StudentAttendance[]; told: Attendance }) {
  const heads: readonly string[] = told.sessions ? SESSION_HEADS : HEADS;
  const Row = told.sessions ? SessionLine : Line;
  return (
    <Scroll label={t`Students`}>
      <table class="report-table report-rates">
        <caption class="unseen">{t`Students’ days, A to Z`}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Student`}</th>
            {heads.map((words) => (
              <th scope="col" class="number" key={words}>
                {words}
              </th>
            ))}
            <th scope="col">{t`Chronic absence`}</th>
          </tr>
        </thead>
        <tbody>
          {students.map((one) => (
            <Row key={one.student_id} one={one} told={told} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const TIERS = [
  { value: "at_risk", words: t`At risk` },
  { value: "moderate", words: t`Chronic, moderate` },
  { value: "persistent", words: t`Persistent` },
  { value: "severe", words: t`Chronic, severe` },
];
/** The tiers of the pack that somebody has reached. */
const reached = (told: Attendance) =>
  TIERS.filter(({ value }) => told.students.some(({ chronic }) => chronic.tier === value));

export function AttendanceStudents({ told }: { told: Attendance }) {
  const typed = useSignal("");
  const grade = useSignal("");
  const tier = useSignal("");
  const grades = [...new Set(told.students.map((one) => one.grade).filter((one) => one !== null))];
  const students = narrowed(told.students, typed.value, grade.value, tier.value);
  return (
    <>
      <div class="report-asks">
        <Labelled label={t`Student`}>
          {(id) => (
            <input
              id={id}
              class="ask-input"
              type="search"
              autocomplete="off"
              value={typed.value}
              onInput={(event) => {
                typed.value = event.currentTarget.value;
              }}
            />
          )}
        </Labelled>
        <Choice
          label={t`Grade`}
          none={t`All grades`}
          value={grade.value}
          choices={grades.sort().map((value) => ({ value, words: value }))}
          onChoose={(value) => {
            grade.value = value;
          }}
        />
        <Choice
          label={t`Chronic absence`}
          none={t`Everybody`}
          value={tier.value}
          choices={reached(told)}
          onChoose={(value) => {
            tier.value = value;
          }}
        />
      </div>
      <p class="report-note" role="status">
        {students.length === 0
          ? t`Nobody matches. Clear the name or choose everybody.`
          : `${plural(students.length, "student")}.`}
      </p>
      {students.length > 0 && <Table students={students} told={told} />}
    </>
  );
}

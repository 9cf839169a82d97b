/** One student's year as a calendar, a square a date, with the list that says the same. */

import { useLayoutEffect } from "preact/hooks";
import { daysOn, longDate, monthWords } from "../core/dates.ts";
import { weekOf } from "../core/rates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Empty } from "../ui/parts.ts";
import type { StudentDate, StudentDays } from "../wire.ts";
import {
  absentWords,
  besideWords,
  countsWords,
  halvesOf,
  minutesWords,
  nameOf,
  type Shade,
  sessionShare,
  sessionWords,
  shadeOf,
  shareWords,
  tierWords,
  WEEKDAYS,
} from "./attendance-words.ts";
import { PageHead } from "./page.tsx";
import { PrintButton, Scroll, Shown } from "./report-parts.tsx";
import { ofStudent } from "./reports.ts";
import { spellRoute } from "./route.ts";

const KEY: readonly (readonly [Shade, string])[] = [
  ["present", t`present`],
  ["part", t`present in part`],
  ["excused", t`absent, excused`],
  ["pending", t`waiting for a reason`],
  ["unexcused", t`absent, unexcused`],
  ["unknown", t`not taken`],
];
const SESSION_KEY: readonly (readonly [Shade, string])[] = [
  ["present", t`attended`],
  ["excused", t`absent, authorised`],
  ["pending", t`waiting for a reason`],
  ["unexcused", t`absent, unauthorised`],
  ["unknown", t`not taken`],
];
/** A sign in each square, so that it reads without colour. */
const SIGN: Readonly<Record<Shade, string>> = {
  present: "",
  part: "/",
  excused: "e",
  pending: "?",
  unexcused: "✕",
  unknown: "–",
  other: "",
};

const monthOf = (on: string): string => `${on.slice(0, 7)}-01`;

const AT = ["am", "pm"] as const;

/** A morning above its afternoon, each with its own sign. */
function Halves(props: { on: string; date: StudentDate; halves: readonly Shade[] }) {
  const { on, date, halves } = props;
  return (
    <td class="year-halves" title={`${longDate(on)}: ${sessionWords(date)}`}>
      <div class="year-pair">
        <span class="year-day">{Number(on.slice(8))}</span>
        {AT.map((half, at) => {
          const shade = halves[at] ?? "other";
          return (
            <span key={half} class={`year-half year-${shade}`} aria-hidden="true">
              {SIGN[shade]}
            </span>
          );
        })}
      </div>
      <span class="unseen">, {sessionWords(date)}</span>
    </td>
  );
}

function Square({ on, date }: { on: string; date: StudentDate | undefined }) {
  if (!date) return <td class="year-none">{Number(on.slice(8))}</td>;
  const halves = halvesOf(date);
  if (halves.length > 0) return <Halves on={on} date={date} halves={halves} />;
  const shade = shadeOf(date);
  return (
    <td class={`year-${shade}`} title={`${longDate(on)}: ${countsWords(date)}`}>
      {Number(on.slice(8))}
      <b aria-hidden="true">{SIGN[shade]}</b>
      <span class="unseen">, {countsWords(date)}</span>
    </td>
  );
}

/** A month as a calendar from Monday to Friday; weekends only where school was taught on one. */
function Month({ month, dates }: { month: string; dates: ReadonlyMap<string, StudentDate> }) {
  const own = [...dates.keys()].filter((on) => monthOf(on) === month);
  const width = own.some((on) => daysOn(weekOf(on), 4) < on) ? 7 : 5;
  const first = weekOf(month);
  const weeks = [0, 7, 14, 21, 28, 35].map((days) => daysOn(first, days));
  const within = weeks.filter((week) =>
    Array.from({ length: width }, (_, n) => daysOn(week, n)).some((on) => monthOf(on) === month),
  );
  return (
    <table class="year-month">
      <caption>{monthWords(month)}</caption>
      <thead>
        <tr>
          {WEEKDAYS.slice(0, width).map((day) => (
            <th scope="col" key={day}>
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {within.map((week) => (
          <tr key={week}>
            {Array.from({ length: width }, (_, n) => daysOn(week, n)).map((on) =>
              monthOf(on) === month ? (
                <Square key={on} on={on} date={dates.get(on)} />
              ) : (
                <td key={on} class="year-beyond" />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Year({ dates }: { dates: readonly StudentDate[] }) {
  const by = new Map(dates.map((date) => [date.on, date]));
  const months = [...new Set(dates.map(({ on }) => monthOf(on)))].sort();
  const inSessions = dates.some(({ halves }) => halves.length > 0);
  return (
    <figure class="year">
      <div class="year-months">
        {months.map((month) => (
          <Month key={month} month={month} dates={by} />
        ))}
      </div>
      <figcaption>
        <ul class="chart-key">
          {(inSessions ? SESSION_KEY : KEY).map(([shade, words]) => (
            <li key={shade}>
              <span class={`year-key year-${shade}`} aria-hidden="true">
                {SIGN[shade]}
              </span>
              {words}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

const isOdd = (date: StudentDate): boolean =>
  shadeOf(date) !== "present" || halvesOf(date).some((shade) => shade !== "present");

/** Every date that was not simply present, the newest first. */
function Exceptions({ dates }: { dates: readonly StudentDate[] }) {
  const odd = dates.filter((date) => isOdd(date) || besideWords(date) !== "");
  const counted = dates.some(({ sessions }) => sessions.length > 0);
  if (odd.length === 0) return <p class="report-note">{t`Present on every date that is known.`}</p>;
  return (
    <Scroll label={t`Dates`}>
      <table class="report-table">
        <caption class="unseen">{t`Dates that were not simply present, the newest first`}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Date`}</th>
            <th scope="col">{t`What it counts as`}</th>
            {counted && <th scope="col">{t`Sessions`}</th>}
            <th scope="col">{t`What is known`}</th>
          </tr>
        </thead>
        <tbody>
          {[...odd].reverse().map((date) => (
            <tr key={date.on}>
              <th scope="row">{longDate(date.on)}</th>
              <td>{countsWords(date)}</td>
              {counted && <td>{sessionWords(date)}</td>}
              <td>{besideWords(date)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Told({ told }: { told: StudentDays }) {
  const { student, dates } = told;
  const { days, chronic } = student;
  const query = { from: told.from, to: told.to };
  const { sessions } = student;
  const lead = [
    sessions
      ? t`${sessions.attended} sessions attended of ${sessions.possible}, ${sessionShare(sessions)}.`
      : "",
    t`${plural(days.attended, "day")} attended of ${days.expected}, ${shareWords(days)}.`,
    days.undetermined > 0 ? t`Of ${plural(days.undetermined, "day")} there is no roll.` : "",
    student.missed_min > 0 ? t`${minutesWords(student.missed_min)} missed in all.` : "",
    chronic.share ? `${tierWords(chronic)}: ${absentWords(chronic)}.` : "",
  ];
  return (
    <>
      <PageHead title={nameOf(student)} lead={lead.filter(Boolean).join(" ")}>
        <PrintButton />
        <a
          class="button button-plain button-desk"
          href={spellRoute({ page: "attendance", part: "students", query })}
        >
          {t`All students`}
        </a>
      </PageHead>
      {dates.length === 0 ? (
        <Empty icon="calendar" title={t`Not expected on any of these days`}>
          <p>{t`Between these days no roll was expected of a section that the student is in.`}</p>
        </Empty>
      ) : (
        <>
          <Year dates={dates} />
          <Exceptions dates={dates} />
        </>
      )}
    </>
  );
}

export function StudentYear(props: {
  school: string;
  student: string;
  from: string | null;
  to: string | null;
}) {
  const { school, student, from, to } = props;
  useLayoutEffect(() => {
    void ofStudent.begin(school, { student, from, to });
  }, [school, student, from, to]);
  return (
    <Shown loaded={ofStudent.shown.value} waiting={t`Adding up the days`}>
      {(told) => <Told told={told} />}
    </Shown>
  );
}

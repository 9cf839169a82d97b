/** One student's days: a week or a part of the year, days down and periods across. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { daysOn, longDate, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { SignedInAs, StudentRolls } from "../wire.ts";
import { type Loaded, now } from "./desk.ts";
import { PageHead } from "./page.tsx";
import { go, open, route, spellRoute } from "./route.ts";
import { type Apart, type Cell, fullName, rowsOf } from "./students.ts";
import { fetchStudent } from "./students-api.ts";
import { apartFace, face } from "./students-cell.tsx";
import { codes, needCodes } from "./students-desk.ts";
import { cellSays } from "./students-words.ts";

interface OneDay {
  readonly on: string;
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  readonly apart: ReadonlyMap<string, Apart>;
}

/** The days on which the student had a roll, the newest first. */
export function daysOf({ rolls, sections, student }: StudentRolls): OneDay[] {
  const dates = [...new Set(rolls.map(({ on }) => on))].sort().reverse();
  return dates.map((on) => {
    const own = rolls.filter((roll) => roll.on === on);
    const [row] = rowsOf({ students: [student], sections, rolls: own });
    return { on, cells: row?.cells ?? new Map(), apart: row?.apart ?? new Map() };
  });
}

const periodsOf = ({ rolls }: StudentRolls): (readonly [string, string])[] => {
  const names = new Map(rolls.map(({ period, period_name }) => [period, period_name]));
  return [...names].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
};

function Days({ shown, zone }: { shown: StudentRolls; zone: string }) {
  const periods = periodsOf(shown);
  const name = fullName(shown.student);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where the periods do not fit
    <section class="sdays" aria-label={t`${name}, day by day`} tabIndex={0}>
      <table>
        <caption class="unseen">{t`${name}, day by day`}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Day`}</th>
            {periods.map(([period, words]) => (
              <th key={period} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {daysOf(shown).map(({ on, cells, apart }) => (
            <tr key={on}>
              <th scope="row">
                <a href={spellRoute({ page: "students", part: on, query: {} })}>{longDate(on)}</a>
              </th>
              {periods.map(([period]) => (
                <td key={period}>
                  {!cells.has(period) && apartFace(apart.get(period), zone)}
                  {(cells.get(period) ?? []).map((cell) => (
                    <OneCell key={cell.roll.roll_id} cell={cell} zone={zone} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OneCell({ cell, zone }: { cell: Cell; zone: string }) {
  return (
    <div class="mark">
      <span class="unseen">{cellSays(cell, codes.value, now.value, zone)}</span>
      <span class="mark-face" aria-hidden="true">
        {face({ cell, codes: codes.value, now: now.value, zone })}
      </span>
    </div>
  );
}

interface Span {
  readonly name: string;
  readonly words: string;
  readonly from: string;
  readonly to: string;
}

/** The week around today, and each part of the year that has begun. */
function spansOf(today: string, terms: StudentRolls["terms"]): Span[] {
  const week = { name: "week", words: t`The last 7 days`, from: daysOn(today, -6), to: today };
  return [week, ...terms.map((term) => ({ ...term, name: term.from, words: term.title }))];
}

const FAILED = t`This student’s days cannot be fetched now. Try again.`;

export function OneStudentPage({ who, student_id }: { who: SignedInAs; student_id: string }) {
  const { school_id, zone } = who.school;
  const found = useSignal<Loaded<StudentRolls>>({ is: "loading" });
  const again = useSignal(0);
  const terms = found.value.is === "here" ? found.value.answer.terms : [];
  const spans = spansOf(schoolDate(now.value, zone), terms);
  const chosen = route.value.query["span"] ?? "week";
  const span = spans.find(({ name }) => name === chosen) ?? spans[0];
  const { from, to } = span ?? { from: "", to: "" };
  useEffect(() => {
    let isOn = true;
    void fetchStudent(school_id, student_id, from, to).then((answer) => {
      if (!isOn) return;
      if (answer.end === "answered") found.value = { is: "here", answer: answer.answer };
      else {
        const why = answer.end === "refused" ? answer.problem.detail : FAILED;
        found.value = { is: "failed", why };
      }
    });
    return () => {
      isOn = false;
    };
  }, [school_id, student_id, from, to, found, again.value]);
  useEffect(() => void needCodes(schoolDate(now.peek(), zone)), [zone]);
  const loaded = found.value;
  const shown = loaded.is === "here" ? loaded.answer : null;
  return (
    <main class="desk-main desk-scrolls">
      <PageHead
        title={shown ? fullName(shown.student) : t`One student`}
        lead={span ? t`${span.words}: ${longDate(from)} to ${longDate(to)}.` : ""}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend */}
        <div class="students-spans" role="group" aria-label={t`Which days`}>
          {spans.map(({ name, words }) => (
            <Button
              key={name}
              kind="plain"
              size="desk"
              pressed={name === span?.name}
              onPress={() => open({ span: name })}
            >
              {words}
            </Button>
          ))}
        </div>
        <Button
          kind="quiet"
          size="desk"
          icon="back"
          onPress={() => go("students", route.value.part)}
        >
          {t`All students`}
        </Button>
      </PageHead>
      {loaded.is === "loading" && (
        <p class="desk-starting" role="status">
          {t`Fetching the days`}
        </p>
      )}
      {loaded.is === "failed" && (
        <Empty
          icon="warn"
          title={t`The days cannot be shown`}
          actions={
            <Button
              kind="main"
              onPress={() => {
                again.value += 1;
              }}
            >
              {t`Try again`}
            </Button>
          }
        >
          <p>{loaded.why}</p>
        </Empty>
      )}
      {shown && shown.rolls.length === 0 && (
        <Empty icon="calendar" title={t`No rolls in these days`}>
          <p>{t`This student was on no roll between these dates. Choose another span.`}</p>
        </Empty>
      )}
      {shown && shown.rolls.length > 0 && <Days shown={shown} zone={zone} />}
    </main>
  );
}

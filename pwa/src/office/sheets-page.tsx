/** Blank roll sheets to print, for a day without power: what is wanted, then the pages. */

import { useLayoutEffect } from "preact/hooks";
import { clockTime, longDate, schoolDate } from "../core/dates.ts";
import { plural, t } from "../core/t.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { SchoolFacts, Sheet, Sheets, SignedInAs } from "../wire.ts";
import { roomWords } from "./board.ts";
import { now } from "./desk.ts";
import { NotFetched, PageHead } from "./page.tsx";
import { Qr } from "./pass-qr.tsx";
import { go, route } from "./route.ts";
import {
  ALL,
  chosenOf,
  fetchSheets,
  inTabletOrder,
  isClose,
  namesOf,
  pagesWords,
  periodsOf,
  sheets,
  wanted,
} from "./sheets.ts";
import { Choice, DayField } from "./sheets-day.tsx";

/** Where the sheet is entered: a phone at the desk that scans it is led there. */
const entryOf = (roll_id: string): string => `${location.origin}/office/#/transcribe/${roll_id}`;

function Head({ sheet, on, school }: { sheet: Sheet; on: string; school: SchoolFacts }) {
  const { zone, name } = school;
  const bell = clockTime(sheet.starts_at, zone);
  const where = sheet.room ? roomWords(sheet.room) : null;
  const facts = [
    sheet.period_name,
    t`bell ${bell}`,
    t`due ${clockTime(sheet.due_at, zone)}`,
    where,
  ];
  return (
    <header class="paper-head">
      <div>
        <h2>{sheet.section_title}</h2>
        <p class="paper-facts">{facts.filter(Boolean).join("\u00a0· ")}</p>
        <p>{sheet.teacher_names.join(", ")}</p>
      </div>
      <div class="paper-day">
        <p>
          <b>{longDate(on)}</b>
        </p>
        <p>{name}</p>
        <p>{plural(sheet.students.length, "student")}</p>
      </div>
      <Qr
        text={entryOf(sheet.roll_id)}
        label={t`Opens the entry of this sheet at the office desk`}
      />
    </header>
  );
}

function Lines({ sheet }: { sheet: Sheet }) {
  return (
    <table class={`paper-lines${isClose(sheet) ? " paper-close" : ""}`}>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{t`Number`}</span>
          </th>
          <th scope="col">{t`Student`}</th>
          <th scope="col">{t`Present`}</th>
          <th scope="col">{t`Absent`}</th>
          <th scope="col">{t`Late`}</th>
          <th scope="col">{t`Left early`}</th>
          <th scope="col">{t`Minutes`}</th>
        </tr>
      </thead>
      <tbody>
        {inTabletOrder(sheet.students).map((student, place) => (
          <tr key={student.student_id}>
            <td class="paper-number">{place + 1}</td>
            <th scope="row">
              <b>{student.given_name}</b> {student.family_name}
              {sheet.known.includes(student.student_id) && <i>{t`office knows`}</i>}
            </th>
            <td class="paper-box" />
            <td class="paper-box" />
            <td class="paper-box" />
            <td class="paper-box" />
            <td class="paper-minutes" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Page({ sheet, on, school }: { sheet: Sheet; on: string; school: SchoolFacts }) {
  return (
    <article class="paper-page" aria-label={`${sheet.section_title}, ${sheet.period_name}`}>
      <Head sheet={sheet} on={on} school={school} />
      <Lines sheet={sheet} />
      <footer class="paper-foot">
        <p class="paper-blanks">
          <span>{t`Taken at`}</span>
          <span>{t`Name`}</span>
          <span>{t`Signature`}</span>
        </p>
        <p>
          {t`One tick for every student; a line without a tick says nothing about that student. Late, left early: minutes after the bell. Somebody here who is not listed: write the name on the back. Bring this sheet to the office.`}
        </p>
      </footer>
    </article>
  );
}

function Chooser({ answer }: { answer: Sheets }) {
  const all = answer.sheets;
  const chosen = chosenOf(all, wanted.value);
  const choose = (changes: Partial<typeof ALL>) => {
    wanted.value = { ...wanted.value, ...changes };
  };
  return (
    <div class="paper-choose">
      <Choice
        label={t`Period`}
        none={t`Every period`}
        value={wanted.value.period}
        choices={periodsOf(all).map(({ period, name }) => ({ value: period, words: name }))}
        onChoose={(period) => choose({ period })}
      />
      <Choice
        label={t`Teacher`}
        none={t`Every teacher`}
        value={wanted.value.teacher}
        choices={namesOf(all).map((name) => ({ value: name, words: name }))}
        onChoose={(teacher) => choose({ teacher })}
      />
      <Button
        kind="main"
        size="desk"
        icon="print"
        disabled={chosen.length === 0}
        onPress={() => print()}
      >
        {t`Print ${pagesWords(chosen)}`}
      </Button>
      <Button kind="plain" size="desk" icon="pencil" onPress={() => go("transcribe")}>
        {t`Enter a sheet that was filled in`}
      </Button>
    </div>
  );
}

function Shown({ answer }: { answer: Sheets }) {
  const { on, school } = answer;
  const chosen = chosenOf(answer.sheets, wanted.value);
  if (answer.sheets.length === 0)
    return (
      <Empty icon="tick" title={t`No rolls are expected that day`}>
        <p>{t`${longDate(on)}: there is nothing to print.`}</p>
      </Empty>
    );
  return (
    <>
      <Chooser answer={answer} />
      {chosen.length === 0 && (
        <p class="paper-none">{t`That teacher has no roll in that period.`}</p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by key */}
      <section class="paper-pages" aria-label={t`The pages as they print`} tabIndex={0}>
        {chosen.map((sheet) => (
          <Page key={sheet.roll_id} sheet={sheet} on={on} school={school} />
        ))}
      </section>
    </>
  );
}

export function SheetsPage({ who }: { who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const on = route.value.part ?? schoolDate(now.value, zone);
  useLayoutEffect(() => {
    wanted.value = ALL;
    void fetchSheets(school_id, on);
  }, [school_id, on]);
  const loaded = sheets.value;
  return (
    <main class="desk-main paper-main">
      <PageHead
        title={t`Paper sheets`}
        lead={t`Blank rolls for a day without power. They name students, never reasons.`}
      >
        <DayField on={on} onChoose={(day) => go("sheets", day)} />
      </PageHead>
      {loaded.is === "loading" && (
        <p class="desk-starting" role="status">
          {t`Fetching the sheets`}
        </p>
      )}
      {loaded.is === "failed" && (
        <NotFetched why={loaded.why} again={() => void fetchSheets(school_id, on)} />
      )}
      {loaded.is === "here" && <Shown answer={loaded.answer} />}
    </main>
  );
}

/** Which meeting a paper sheet is of: a day, a few letters, and the meetings left. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { clockTime, longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import type { Sheet, Sheets, SignedInAs } from "../wire.ts";
import { NotFetched, PageHead } from "./page.tsx";
import { go, spellRoute } from "./route.ts";
import { fetchSheets, sheets } from "./sheets.ts";
import { DayField, Line } from "./sheets-day.tsx";
import { matches } from "./tablets-words.ts";

const wordsOf = ({ section_title, period_name, teacher_names, room }: Sheet): string[] => [
  section_title,
  period_name,
  ...teacher_names,
  room ?? "",
];

function Meeting({ sheet, zone }: { sheet: Sheet; zone: string }) {
  const isTaken = sheet.state !== "not_taken";
  return (
    <li>
      <a
        class="entry-lead"
        href={spellRoute({ page: "transcribe", part: sheet.roll_id, query: {} })}
      >
        <span class="entry-time">{clockTime(sheet.starts_at, zone)}</span>
        <span>
          <b>{sheet.section_title}</b> {sheet.period_name}
          <small> {unbroken(sheet.teacher_names.join(", "))}</small>
        </span>
        <span class={isTaken ? "entry-taken" : "entry-missing"}>
          {isTaken ? t`received already` : t`not taken`}
        </span>
      </a>
    </li>
  );
}

/** Those without a roll first: they are what the paper is for. */
function ofInterest(answer: Sheets, find: string): Sheet[] {
  const found = answer.sheets.filter((sheet) => matches(find, wordsOf(sheet)));
  return found.sort((a, b) => Number(a.state !== "not_taken") - Number(b.state !== "not_taken"));
}

function List({ answer, find }: { answer: Sheets; find: string }) {
  const found = ofInterest(answer, find);
  if (found.length === 0)
    return <p class="paper-none">{t`No meeting of ${longDate(answer.on)} fits that.`}</p>;
  return (
    <ul class="entry-list" aria-label={t`Meetings of the day`}>
      {found.map((sheet) => (
        <Meeting key={sheet.roll_id} sheet={sheet} zone={answer.school.zone} />
      ))}
    </ul>
  );
}

export function ChooseSheet(props: { who: SignedInAs; on: string; onDay: (on: string) => void }) {
  const { who, on } = props;
  const find = useSignal("");
  useLayoutEffect(() => {
    document.querySelector<HTMLElement>(".desk-main input[type=text]")?.focus();
  }, []);
  useLayoutEffect(() => void fetchSheets(who.school.school_id, on), [who.school.school_id, on]);
  const loaded = sheets.value;
  return (
    <main class="desk-main">
      <PageHead
        title={t`Enter a paper sheet`}
        lead={t`Which meeting is it of? Those not taken come first.`}
      >
        <Line
          label={t`Find by section, teacher or period`}
          value={find.value}
          onInput={(value) => {
            find.value = value;
          }}
          onEnter={() => document.querySelector<HTMLElement>(".entry-lead")?.focus()}
        />
        <DayField on={on} onChoose={props.onDay} />
        <Button kind="quiet" size="desk" icon="print" onPress={() => go("sheets", on)}>
          {t`Print blank ones`}
        </Button>
      </PageHead>
      {loaded.is === "loading" && (
        <p class="desk-starting" role="status">
          {t`Fetching the meetings`}
        </p>
      )}
      {loaded.is === "failed" && (
        <NotFetched why={loaded.why} again={() => void fetchSheets(who.school.school_id, on)} />
      )}
      {loaded.is === "here" && <List answer={loaded.answer} find={find.value} />}
    </main>
  );
}

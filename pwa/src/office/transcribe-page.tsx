/** Entering a paper sheet: first which meeting, then what is written on it. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { clockTime, longDate, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import type { Roll, Sheet, SignedInAs } from "../wire.ts";
import { now } from "./desk.ts";
import { fullName } from "./marks.ts";
import { NotFetched, PageHead } from "./page.tsx";
import { go, open, route } from "./route.ts";
import { Line } from "./sheets-day.tsx";
import {
  alreadyWords,
  blank,
  enterWords,
  knownWords,
  othersPresent,
  wouldFill,
} from "./transcribe.ts";
import { ChooseSheet } from "./transcribe-choose.tsx";
import {
  entry,
  openSheet,
  rows,
  sending,
  submitSheet,
  takenBy,
  time,
  trouble,
} from "./transcribe-desk.ts";
import { focusRow, Rows } from "./transcribe-rows.tsx";
import { becameOf } from "./transcribe-words.ts";

const firstRow = () => focusRow(document.querySelector(".entry-rows [data-student]"));

function Said({ sheet, zone, locked }: { sheet: Sheet; zone: string; locked: boolean }) {
  const names = sheet.teacher_names.length > 0 ? sheet.teacher_names.join(" or ") : t`the teacher`;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const fields = [...(box.current?.querySelectorAll("input") ?? [])];
    (fields.find(({ value }) => !value) ?? fields[0])?.focus();
  }, [sheet.roll_id]);
  return (
    <div class="entry-said" ref={box} inert={locked}>
      <Line
        label={t`Who took it`}
        value={takenBy.value}
        hint={t`As signed on the sheet: ${names}, or whoever stood in.`}
        onInput={(value) => {
          takenBy.value = value;
          trouble.value = null;
        }}
      />
      <Line
        label={t`Time written on it`}
        brief
        value={time.value}
        hint={t`Like ${clockTime(sheet.starts_at, zone)}. Leave it empty if there is none.`}
        onInput={(value) => {
          time.value = value;
          trouble.value = null;
        }}
        onEnter={firstRow}
      />
    </div>
  );
}

/** The first student without a tick, in sight and ready to be ticked. */
function showBlank(): void {
  const first = blank(rows.value)[0]?.student.student_id;
  const row = document.querySelector(`[data-student="${first}"]`);
  row?.scrollIntoView({ block: "center" });
  focusRow(row);
}

function Finish({ school, zone }: { school: string; zone: string }) {
  const state = sending.value;
  const left = blank(rows.value);
  const first = left[0];
  const some = left.length > 0 && left.length < rows.value.length;
  return (
    <footer class="entry-finish">
      <div class="entry-words" role="status">
        {knownWords(rows.value) && <p>{knownWords(rows.value)}</p>}
        {state.is === "unanswered" && (
          <p class="ask-error">
            {t`${state.why} What you entered is kept here; nothing is counted twice.`}
          </p>
        )}
      </div>
      <p class="ask-error" role="alert">
        {trouble.value}
      </p>
      <div class="entry-does">
        {wouldFill(rows.value) > 0 && state.is === "writing" && (
          <Button
            kind="plain"
            size="desk"
            onPress={() => {
              rows.value = othersPresent(rows.value);
            }}
          >
            {t`All ${wouldFill(rows.value)} others present`}
          </Button>
        )}
        {some && first && (
          <Button kind="plain" size="desk" onPress={showBlank}>
            {t`${left.length} not marked: show ${fullName(first.student)}`}
          </Button>
        )}
        <Button
          kind="main"
          size="desk"
          busy={state.is === "sending"}
          onPress={() => void submitSheet(school, zone)}
        >
          {state.is === "unanswered" ? t`Send it again` : enterWords(rows.value)}
        </Button>
      </div>
    </footer>
  );
}

function Told({ sheet, name }: { sheet: Sheet; name: string }) {
  const state = sending.value;
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => box.current?.querySelector("button")?.focus(), []);
  if (state.is !== "told") return null;
  const became = becameOf(state.result, sheet.students, name);
  return (
    <section class="entry-told" role="status" ref={box}>
      <Banner kind={became.good ? "calm" : "held"} icon={became.good ? "tick" : "pause"}>
        <b>{became.title}.</b> {became.says.join(" ")}
      </Banner>
      <div class="entry-does">
        <Button kind="main" size="desk" onPress={() => go("transcribe")}>
          {t`Enter the next sheet`}
        </Button>
        <Button kind="plain" size="desk" onPress={() => go("board", null, { roll: sheet.roll_id })}>
          {t`Open the roll`}
        </Button>
      </div>
    </section>
  );
}

function Entering({ sheet, roll, who }: { sheet: Sheet; roll: Roll; who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const state = sending.value;
  const already = alreadyWords(roll, zone);
  if (state.is === "told") return <Told sheet={sheet} name={who.me.name} />;
  const locked = state.is !== "writing";
  return (
    <div class="entry-entry">
      {already && (
        <Banner kind="warn" icon="warn">
          {already}
        </Banner>
      )}
      <Said sheet={sheet} zone={zone} locked={locked} />
      <Rows roll={roll} zone={zone} locked={locked} />
      <Finish school={school_id} zone={zone} />
    </div>
  );
}

function Opened({ roll_id, who }: { roll_id: string; who: SignedInAs }) {
  const { zone, school_id } = who.school;
  useLayoutEffect(() => void openSheet(school_id, roll_id), [school_id, roll_id]);
  const shown = entry.value;
  const sub =
    shown.is === "here"
      ? t`${longDate(shown.roll.on)}, ${shown.roll.period_name}, bell ${clockTime(shown.roll.starts_at, zone)}. Nobody is present until the sheet says so.`
      : "";
  return (
    <main class="desk-main entry-main">
      <PageHead
        title={shown.is === "here" ? t`${shown.sheet.section_title} from paper` : t`A paper sheet`}
        lead={sub}
      >
        <Button kind="quiet" size="desk" icon="back" onPress={() => go("transcribe")}>
          {t`Another sheet`}
        </Button>
      </PageHead>
      {shown.is === "loading" && (
        <p class="desk-starting" role="status">
          {t`Fetching the sheet`}
        </p>
      )}
      {shown.is === "failed" && (
        <NotFetched why={shown.why} again={() => void openSheet(school_id, roll_id)} />
      )}
      {shown.is === "here" && <Entering sheet={shown.sheet} roll={shown.roll} who={who} />}
    </main>
  );
}

export function TranscribePage({ who }: { who: SignedInAs }) {
  const { part, query } = route.value;
  if (part) return <Opened roll_id={part} who={who} />;
  const on = query["on"] ?? schoolDate(now.value, who.school.zone);
  return <ChooseSheet who={who} on={on} onDay={(day) => open({ on: day })} />;
}

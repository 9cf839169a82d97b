/** A roll, read only: what stands, and what happened, as sentences. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { clockTime, longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Empty, Icon, type IconName } from "../ui/parts.ts";
import type { History, Presence, SignedInAs } from "../wire.ts";
import { roomWords } from "./board.ts";
import { cellOf, isTaken } from "./cells.ts";
import { Signature } from "./certify-form.tsx";
import { asOf, board, history, instant, now } from "./desk.ts";
import { boardRoll } from "./feed.ts";
import { Happened } from "./happened.tsx";
import { type Line, linesOf } from "./lines.ts";
import { AsKnown, PastBar } from "./past-bar.tsx";
import { closePanel, refreshRoll, steps } from "./roll.ts";
import { open, route } from "./route.ts";
import { StudentPanel } from "./student-panel.tsx";
import { toldOf } from "./told.ts";
import { WhyNotOf } from "./why-not.tsx";
import { capital, countWords } from "./words.ts";

/** The frame of what stands beside the board: takes the focus, and gives it back when it goes. */
export function Panel(props: { title: string; sub: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      if (opener instanceof HTMLElement)
        queueMicrotask(() => opener.focus({ preventScroll: true }));
    };
  }, []);
  return (
    <aside class="panel" aria-label={props.title}>
      <header class="panel-head">
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {props.title}
          </h2>
          <p>{props.sub}</p>
        </div>
        <Button kind="quiet" icon="cross" label={t`Close`} onPress={closePanel} />
      </header>
      {props.children}
    </aside>
  );
}

const ICONS: Readonly<Record<Presence, IconName>> = {
  present: "tick",
  absent: "cross",
  late: "clock",
  left_early: "door",
  elsewhere: "pin",
};

function Lanes({ line }: { line: Line }) {
  const icon = line.presence ? ICONS[line.presence] : "question";
  const look = line.contested ? "contested" : (line.presence ?? "none");
  return (
    <span class="lanes">
      {line.byOffice && line.seen && (
        <span class="lane lane-seen">
          <span class="unseen">{t`The teacher saw`} </span>
          {capital(line.seen)}
        </span>
      )}
      <span class={`lane lane-stands lane-${line.byOffice ? "office" : look}`}>
        <Icon name={line.byOffice ? "roof" : icon} />
        <b>{capital(line.stands)}</b>
        {line.contested && <Icon name="rings" />}
      </span>
    </span>
  );
}

function Student({ line }: { line: Line }) {
  return (
    <li class={`student${line.safety ? " student-safety" : ""}`}>
      <button
        type="button"
        class="student-name student-key"
        data-student={line.student_id}
        onClick={() => open({ student: line.student_id })}
      >
        <b>{line.given}</b> {line.family}
      </button>
      <Lanes line={line} />
      {line.about && (
        <p class="student-about">
          {line.safety && <b>{t`Safety.`} </b>}
          {line.about}
        </p>
      )}
    </li>
  );
}

function Standing({ shown, zone }: { shown: History; zone: string }) {
  const cell = cellOf(boardRoll(shown.roll), instant.value, zone);
  const counts = countWords(boardRoll(shown.roll).counts);
  const taken = isTaken(shown.roll);
  return (
    <p class={`panel-standing panel-standing-${cell.kind}`}>
      <b>{capital(cell.says)}.</b>
      {taken && <span class="panel-counts">{capital(counts)}.</span>}
    </p>
  );
}

const NOTHING = t`Nothing yet. The school has received nothing about this roll.`;

function Students({ lines }: { lines: readonly Line[] }) {
  return (
    <>
      <h3>
        {t`Students`} <span>{t`${lines.length}, something to see first`}</span>
      </h3>
      <ul class="students-of-roll">
        {lines.map((line) => (
          <Student key={line.student_id} line={line} />
        ))}
      </ul>
    </>
  );
}

/** What the calendar notes about a day, as far as the board that is open shows it. */
const noteOn = (on: string): string | null =>
  board.value?.on === on ? board.value.day.note : null;

function WholeRoll({ shown, who }: { shown: History; who: SignedInAs }) {
  const { zone } = who.school;
  const told = toldOf(shown, zone);
  const lines = linesOf(shown, zone);
  return (
    <>
      <Standing shown={shown} zone={zone} />
      <div class="panel-does">
        <AsKnown />
      </div>
      {asOf.value === null && (
        <>
          <Signature roll={shown.roll} who={who} />
          <WhyNotOf roll={shown.roll} now={now.value} zone={zone} note={noteOn(shown.roll.on)} />
        </>
      )}
      <h3>
        {t`What happened`}{" "}
        <span>{told.length > 1 ? t`${told.length} entries, oldest first` : ""}</span>
      </h3>
      <Happened told={told} none={NOTHING} />
      {!isTaken(shown.roll) && (
        <p class="panel-none">{t`Nobody took it: nobody is counted as present or absent.`}</p>
      )}
      {lines.length > 0 && <Students lines={lines} />}
    </>
  );
}

function Opened({ shown, who }: { shown: History; who: SignedInAs }) {
  const { zone } = who.school;
  const { roll } = shown;
  const student_id = route.value.query["student"];
  return (
    <>
      <PastBar on={roll.on} zone={zone} steps={steps.value} roster_as_of={shown.roster_as_of} />
      {student_id ? (
        <StudentPanel key={student_id} shown={shown} student_id={student_id} who={who} />
      ) : (
        <WholeRoll shown={shown} who={who} />
      )}
    </>
  );
}

function Failed({ why }: { why: string }) {
  return (
    <Empty
      icon="question"
      title={t`This roll cannot be opened`}
      actions={
        <Button kind="plain" onPress={() => void refreshRoll()}>
          {t`Try again`}
        </Button>
      }
    >
      <p>{why}</p>
    </Empty>
  );
}

/** "Period 2 · Monday, November 23 · 8:58 to 9:48 · room 14". */
function subOf({ roll, section }: History, zone: string): string {
  const bell = t`${clockTime(roll.starts_at, zone)} to ${clockTime(roll.ends_at, zone)}`;
  const where = section.room ? roomWords(section.room) : "";
  return [roll.period_name, longDate(roll.on), bell, where].filter(Boolean).join("\u00a0· ");
}

export function RollPanel({ who }: { who: SignedInAs }) {
  const { zone } = who.school;
  const loaded = history.value;
  const shown = loaded.is === "here" ? loaded.answer : null;
  return (
    <Panel
      title={shown?.section.title ?? t`Roll`}
      sub={shown ? subOf(shown, zone) : loaded.is === "loading" ? t`Fetching it` : t`Not shown`}
    >
      {shown && <Opened shown={shown} who={who} />}
      {loaded.is === "failed" && <Failed why={loaded.why} />}
    </Panel>
  );
}

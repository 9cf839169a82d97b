/** Students and periods of a day: found, looked at, ruled on, all from the keyboard. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Empty, Sheet } from "../ui/parts.ts";
import type { Grid, SignedInAs } from "../wire.ts";
import { asOf } from "./desk.ts";
import { AsKnown, PastBar } from "./past-bar.tsx";
import { route } from "./route.ts";
import { hasSomething } from "./students.ts";
import { BulkSheet } from "./students-bulk.tsx";
import {
  area,
  chosen,
  fetchDay,
  grid,
  rows,
  steps,
  told,
  undo,
  wantedDay,
  write,
} from "./students-desk.ts";
import { DayChoice, Filters } from "./students-filters.tsx";
import { StudentsGrid } from "./students-grid.tsx";
import { OneStudentPage } from "./students-one.tsx";
import { StudentsPanel } from "./students-panel.tsx";
import { PrintStudents, StudentsPaper } from "./students-paper.tsx";
import { followStory } from "./students-story.ts";
import { KEYS, LANES, LETTERS, students } from "./students-words.ts";

function AllKeys({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={t`All keys`} onClose={onClose}>
      <p>{LANES}</p>
      <dl class="all-keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}

function Legend({ rules }: { rules: boolean }) {
  if (!rules)
    return (
      <p class="keys-hint skeys">
        <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd> {t`move ·`} <kbd>H</kbd> {t`history ·`}{" "}
        <kbd>?</kbd> {t`all keys`}
      </p>
    );
  return (
    <p class="keys-hint skeys">
      <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd> {t`move ·`} <kbd>P</kbd> <kbd>A</kbd>{" "}
      <kbd>L</kbd> <kbd>E</kbd> <kbd>W</kbd> {t`rule ·`} <kbd>R</kbd> {t`reason ·`}{" "}
      <kbd>{t`Shift`}</kbd> {t`+ arrows choose several ·`} <kbd>H</kbd> {t`history ·`} <kbd>U</kbd>{" "}
      {t`undo ·`} <kbd>?</kbd> {t`all keys`}
    </p>
  );
}

function Lead({ shown }: { shown: number }) {
  const all = rows.value;
  const some = all.filter(hasSomething).length;
  const of = shown === all.length ? students(all.length) : t`${shown} of ${students(all.length)}`;
  return <p>{t`${of}, ${some} with something to see.`}</p>;
}

function Nobody({ day }: { day: Grid }) {
  const isFiltered = day.students.length > 0;
  return (
    <Empty icon="search" title={isFiltered ? t`Nobody is shown` : t`Nobody meets on this day`}>
      <p>
        {isFiltered
          ? t`No student fits what you asked for. Show everybody again, or ask for less.`
          : t`No meetings are laid out for this day.`}
      </p>
    </Empty>
  );
}

function Waiting({ why }: { why: string | null }) {
  if (why === null)
    return (
      <p class="desk-starting" role="status">
        {t`Fetching the students`}
      </p>
    );
  return (
    <Empty
      icon="warn"
      title={t`The students cannot be shown`}
      actions={
        <Button kind="main" onPress={() => void fetchDay(wantedDay.value)}>
          {t`Try again`}
        </Button>
      }
    >
      <p>{why}</p>
    </Empty>
  );
}

/** An auditor looks and changes nothing, and nobody rules on the past. */
const mayRule = ({ me }: SignedInAs): boolean => me.role !== "auditor" && asOf.value === null;

function Day({ day, who }: { day: Grid; who: SignedInAs }) {
  const keys = useSignal(false);
  const opened = useSignal(false);
  const bulk = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const find = useRef<HTMLInputElement>(null);
  const reason = useRef<HTMLInputElement>(null);
  const why = useRef<HTMLInputElement>(null);
  const happened = useRef<HTMLHeadingElement>(null);
  const toGrid = () => box.current?.querySelector<HTMLElement>("[role=grid]")?.focus();
  /** On a narrow desk the panel comes when it is asked for; then the field is there to be reached. */
  const reach = (field: { readonly current: HTMLElement | null }) => {
    opened.value = true;
    requestAnimationFrame(() => {
      field.current?.focus();
      if (field.current instanceof HTMLInputElement) field.current.select();
    });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const letter = LETTERS[event.key.toLowerCase()];
    const acts: Readonly<Record<string, () => void>> = {
      r: () => reach(reason),
      h: () => reach(happened),
      u: () => {
        if (mayRule(who)) void undo();
      },
      b: () => {
        bulk.value = mayRule(who);
      },
      Enter: () => reach(reason),
      Escape: () => {
        const at = chosen.peek();
        if (at?.from) chosen.value = { ...at, from: null };
        opened.value = false;
      },
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (letter && !mayRule(who)) return;
    if (letter && chosen.peek()) {
      write({ presence: letter });
      reach(why);
    } else if (act) act();
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    const onPageKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest("input, select, textarea, dialog") || event.ctrlKey) return;
      if (event.key !== "/" && event.key !== "?") return;
      event.preventDefault();
      if (event.key === "/") find.current?.focus();
      else keys.value = true;
    };
    document.addEventListener("keydown", onPageKey);
    return () => document.removeEventListener("keydown", onPageKey);
  }, [keys]);
  const shown = area.value.rows.length;
  return (
    <div class={`students${opened.value ? " students-open" : ""}`} ref={box}>
      <div class="students-main">
        <PastBar
          on={day.on}
          zone={who.school.zone}
          steps={steps.value}
          roster_as_of={day.roster_as_of}
        />
        <div class="desk-head students-head">
          <div class="desk-title">
            <h1>{t`Students, ${longDate(day.on)}`}</h1>
            <Lead shown={shown} />
          </div>
          <div class="desk-does students-folded">
            <DayChoice day={day} />
            <AsKnown />
            <PrintStudents />
            {mayRule(who) && (
              <Button
                kind="plain"
                size="desk"
                icon="pencil"
                onPress={() => {
                  bulk.value = true;
                }}
              >
                {t`Many at once`}
              </Button>
            )}
          </div>
          <Filters day={day} field={find} onLeave={toGrid} />
        </div>
        {shown > 0 ? <StudentsGrid zone={who.school.zone} onKey={onKey} /> : <Nobody day={day} />}
        <Legend rules={mayRule(who)} />
        <StudentsPaper day={day} zone={who.school.zone} />
      </div>
      <StudentsPanel
        who={who}
        reason={reason}
        why={why}
        happened={happened}
        onDone={() => {
          opened.value = false;
          toGrid();
        }}
        onClose={() => {
          opened.value = false;
          chosen.value = null;
          toGrid();
        }}
      />
      <p class="unseen" role="status">
        {told.value?.words}
      </p>
      {bulk.value && (
        <BulkSheet
          day={day}
          onClose={() => {
            bulk.value = false;
          }}
        />
      )}
      {keys.value && (
        <AllKeys
          onClose={() => {
            keys.value = false;
          }}
        />
      )}
    </div>
  );
}

export function StudentsPage({ who }: { who: SignedInAs }) {
  const { part } = route.value;
  const at = asOf.value;
  useEffect(() => {
    void fetchDay(part);
  }, [part, at]);
  useEffect(followStory, []);
  const one = route.value.query["student"];
  if (one) return <OneStudentPage key={one} who={who} student_id={one} />;
  const loaded = grid.value;
  const isHere =
    loaded.is === "here" &&
    (part === null || loaded.answer.on === part) &&
    loaded.answer.as_of === at;
  return (
    <main class={`desk-main students-page${at === null ? "" : " desk-past"}`}>
      {isHere ? (
        <Day day={loaded.answer} who={who} />
      ) : (
        <Waiting why={loaded.is === "failed" ? loaded.why : null} />
      )}
    </main>
  );
}

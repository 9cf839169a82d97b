/** The form that changes a date. Nothing is sent for good before it was shown what it moves. */

import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button } from "../ui/parts.ts";
import type { CalendarBand, DayKind, Timetable } from "../wire.ts";
import { DateField, Grades, TimeField } from "./ask-fields.tsx";
import { isSchool, KIND_CHOICES, usualBells } from "./calendar-words.ts";
import { busy, putAway } from "./change.ts";
import { type DayDraft, datesOf, forGrades } from "./day-form.ts";
import { Choice, Labelled, Line } from "./sheets-day.tsx";

export interface DayFormProps {
  draft: Signal<DayDraft>;
  on: string;
  bands: readonly CalendarBand[];
  table: Timetable;
  trouble: string | null;
  onAsk: () => void;
  onClose: () => void;
}

type Write = (changes: Partial<DayDraft>) => void;

function Kind({ draft, write }: { draft: DayDraft; write: Write }) {
  return (
    <Labelled label={t`Kind of day`}>
      {(id) => (
        <select
          id={id}
          class="ask-input"
          value={draft.kind}
          onChange={(event) => write({ kind: event.currentTarget.value as DayKind })}
        >
          {KIND_CHOICES.map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** What only a day with school has: bells, a label, an early end. */
function OfSchool({ draft, write, table }: { draft: DayDraft; write: Write; table: Timetable }) {
  if (!isSchool(draft.kind)) return null;
  return (
    <>
      <Choice
        label={t`Bell schedule`}
        none={t`Choose the bells`}
        value={draft.schedule}
        choices={table.schedules.map(({ schedule }) => ({ value: schedule, words: schedule }))}
        onChoose={(schedule) => write({ schedule })}
      />
      <div class="ask-row">
        <TimeField
          label={t`School ends early at`}
          value={draft.closed}
          hint={t`Empty: with its bells.`}
          onInput={(closed) => write({ closed })}
        />
        <Line
          label={t`Day label`}
          brief
          value={draft.label}
          hint={t`A or B, where days alternate.`}
          onInput={(label) => write({ label })}
        />
      </div>
    </>
  );
}

export function DayForm(props: DayFormProps) {
  const { draft, on, bands, table, trouble, onAsk, onClose } = props;
  const form = useRef<HTMLFormElement>(null);
  const now = draft.value;
  useLayoutEffect(() => form.current?.querySelector("select")?.focus(), []);
  // What was shown belongs to what was written then.
  const write: Write = (changes) => {
    putAway();
    draft.value = { ...draft.value, ...changes };
  };
  const days = datesOf(now, on).length;
  return (
    <form
      class="day-form"
      aria-label={t`Change this day`}
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <Kind draft={now} write={write} />
      <OfSchool draft={now} write={write} table={table} />
      <Line
        label={t`Note`}
        value={now.note}
        hint={t`Teachers read it.`}
        onInput={(note) => write({ note })}
      />
      {table.grades.length > 1 && (
        <Grades
          legend={t`For whom`}
          all={table.grades}
          isForAll={now.isForAll}
          chosen={now.grades}
          onChoose={(isForAll, grades) => {
            putAway();
            const chosen = { ...now, isForAll, grades };
            draft.value = forGrades(chosen, bands, table.grades, usualBells(table));
          }}
        />
      )}
      <DateField
        label={t`The same through`}
        value={now.through}
        hint={days > 1 ? t`${plural(days, "day")}, Monday to Friday.` : t`Empty: this day alone.`}
        onInput={(through) => write({ through })}
      />
      <p class="ask-error" role="alert">
        {trouble}
      </p>
      <div class="effect-does">
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`See what it moves`}
        </Button>
        <Button kind="plain" size="desk" onPress={onClose}>
          {t`Close without change`}
        </Button>
      </div>
    </form>
  );
}

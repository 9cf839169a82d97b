/** Whom the grid shows: a name, a kind of thing to see, one grade, one teacher; and which day. */

import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { Grid } from "../wire.ts";
import { instant } from "./desk.ts";
import { go } from "./route.ts";
import { type Filter, hasSomething, isShownBy, type Kind, NO_FILTER } from "./students.ts";
import { area, choose, filter, isToday, rows, show, sortAnew } from "./students-desk.ts";

const KINDS: readonly (readonly [Kind, string])[] = [
  ["absent", t`Absent without reason`],
  ["contested", t`Contested`],
  ["late", t`Late or left early`],
  ["missing", t`Not submitted`],
];

const gradesOf = (day: Grid): string[] =>
  [...new Set(day.students.flatMap(({ grade }) => grade ?? []))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );

function Kinds() {
  const all = rows.value;
  const { kind } = filter.value;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div class="students-kinds" role="group" aria-label={t`Show only`}>
      {KINDS.map(([value, words]) => {
        const only: Filter = { ...NO_FILTER, kind: value };
        const count = all.filter((row) => isShownBy(only, row, instant.value)).length;
        return (
          <Button
            key={value}
            kind="plain"
            size="desk"
            pressed={kind === value}
            onPress={() => show({ kind: kind === value ? null : value })}
          >
            {`${words} ${count}`}
          </Button>
        );
      })}
    </div>
  );
}

interface ChooseProps {
  label: string;
  value: string | null;
  all: string;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string | null) => void;
}

function Choose({ label, value, all, options, onChoose }: ChooseProps) {
  return (
    <label class="students-choose">
      <span class="unseen">{label}</span>
      <select
        class="field-input"
        value={value ?? ""}
        onChange={(event) => onChoose(event.currentTarget.value || null)}
      >
        <option value="">{all}</option>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export interface FiltersProps {
  day: Grid;
  field: RefObject<HTMLInputElement | null>;
  onLeave: () => void;
}

function Find({ field, onLeave }: Pick<FiltersProps, "field" | "onLeave">) {
  const first = () => {
    const [row] = area.peek().rows;
    const [period] = area.peek().periods;
    if (row && period) choose({ num: row.student.num, period: period.period, from: null });
    onLeave();
  };
  return (
    <label class="students-find">
      <span class="unseen">{t`Find a student`}</span>
      <input
        ref={field}
        class="field-input"
        type="search"
        placeholder={t`Find a student`}
        autocomplete="off"
        aria-keyshortcuts="/"
        value={filter.value.find}
        onInput={(event) => show({ find: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "ArrowDown") {
            event.preventDefault();
            first();
          } else if (event.key === "Escape") {
            event.preventDefault();
            show({ find: "" });
            onLeave();
          }
        }}
      />
    </label>
  );
}

function DayStep({ to, before }: { to: string | null; before: boolean }) {
  const words = before ? t`School day before` : t`School day after`;
  return (
    <Button
      kind="quiet"
      size="desk"
      icon={before ? "back" : "forward"}
      label={to === null ? t`${words}: none is laid out` : words}
      disabled={to === null}
      onPress={() => go("students", to)}
    />
  );
}

/** From one day with rolls to the next; the field leads to any date. */
export function DayChoice({ day }: { day: Grid }) {
  return (
    <div class="day-switch">
      <DayStep to={day.before_on} before />
      <label>
        <span class="unseen">{t`Date`}</span>
        <input
          class="field-input students-date"
          type="date"
          title={longDate(day.on)}
          value={day.on}
          onChange={(event) => {
            if (event.currentTarget.value) go("students", event.currentTarget.value);
          }}
        />
      </label>
      <DayStep to={day.after_on} before={false} />
      {!isToday(day.on, day.school.zone) && (
        <Button kind="plain" size="desk" onPress={() => go("students")}>
          {t`Today`}
        </Button>
      )}
    </div>
  );
}

export function Filters({ day, field, onLeave }: FiltersProps) {
  const asked = filter.value;
  const teachers = day.teachers.map((one) => [one.staff_id, one.name] as const);
  const isAll = JSON.stringify(asked) === JSON.stringify(NO_FILTER);
  const isFirst = rows.value.some(hasSomething);
  const opened = useSignal(false);
  const count = [asked.kind, asked.grade, asked.teacher].filter(Boolean).length;
  return (
    <div class={`students-tools${opened.value ? " students-tools-open" : ""}`}>
      <div class="desk-does students-first">
        <Find field={field} onLeave={onLeave} />
        <span class="students-fold">
          <Button
            kind="plain"
            size="desk"
            pressed={opened.value}
            onPress={() => {
              opened.value = !opened.value;
            }}
          >
            {count > 0 ? t`Filters and day, ${count} on` : t`Filters and day`}
          </Button>
        </span>
      </div>
      <div class="desk-does students-folded">
        <Choose
          label={t`Grade`}
          value={asked.grade}
          all={t`All grades`}
          options={gradesOf(day).map((grade) => [grade, t`Grade ${grade}`] as const)}
          onChoose={(grade) => show({ grade })}
        />
        <Choose
          label={t`Teacher`}
          value={asked.teacher}
          all={t`All teachers`}
          options={teachers}
          onChoose={(teacher) => show({ teacher })}
        />
      </div>
      <div class="desk-does students-folded">
        <Kinds />
        {!isAll && (
          <Button kind="quiet" size="desk" onPress={() => show(NO_FILTER)}>
            {t`Show everybody`}
          </Button>
        )}
        {isFirst && (
          <Button kind="quiet" size="desk" onPress={sortAnew}>
            {t`Sort again`}
          </Button>
        )}
      </div>
    </div>
  );
}

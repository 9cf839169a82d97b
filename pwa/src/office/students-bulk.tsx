/** The sheet for many marks at once: whom, when and what; a look at it first; then it is made. */

import { useSignal } from "@preact/signals";
import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Icon, Sheet } from "../ui/parts.ts";
import type { Grid, Ruled } from "../wire.ts";
import { columnName } from "./board.ts";
import { minuteAt } from "./past.ts";
import { EMPTY } from "./students.ts";
import {
  type Bulk,
  bulkRulings,
  found,
  type Group,
  grouped,
  PRESETS,
  type Preset,
  suggested,
  type Whom,
} from "./students-bulk.ts";
import { isTimed, type PartProps, type State, WhatPart } from "./students-bulk-what.tsx";
import { busy, codes, look, rows, send, told } from "./students-desk.ts";
import { marks } from "./students-words.ts";
import { listed } from "./words.ts";

const whomOf = ({ by, section_id, grade, names }: State): Whom => {
  if (by === "section") return { by, section_id };
  return by === "grade" ? { by, grade } : { by, names };
};

function bulkOf(state: State, day: Grid): Bulk {
  const at = isTimed(state) ? minuteAt(day.on, state.time, day.school.zone) : null;
  return {
    whom: whomOf(state),
    periods: state.periods,
    draft: state.draft,
    at: at === null ? null : Date.parse(at),
    whole: isTimed(state) ? state.whole : "",
  };
}

const gradesOf = (day: Grid): string[] =>
  [...new Set(day.students.flatMap(({ grade }) => grade ?? []))].sort();

function WhomPart({ state, day, onChange }: PartProps) {
  return (
    <fieldset class="bulk-part">
      <legend>{t`Whom`}</legend>
      <div class="students-kinds">
        {(
          [
            ["section", t`One section`],
            ["grade", t`One grade`],
            ["names", t`A list of names`],
          ] as const
        ).map(([by, words]) => (
          <Button
            key={by}
            kind="plain"
            size="desk"
            pressed={state.by === by}
            onPress={() => onChange({ by })}
          >
            {words}
          </Button>
        ))}
      </div>
      {state.by === "section" && (
        <label class="rule-field">
          <span class="field-label">{t`Section`}</span>
          <select
            class="field-input"
            value={state.section_id}
            onChange={(event) => onChange({ section_id: event.currentTarget.value })}
          >
            {day.sections.map(({ section_id, title }) => (
              <option key={section_id} value={section_id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {state.by === "grade" && (
        <label class="rule-field">
          <span class="field-label">{t`Grade`}</span>
          <select
            class="field-input"
            value={state.grade}
            onChange={(event) => onChange({ grade: event.currentTarget.value })}
          >
            {gradesOf(day).map((grade) => (
              <option key={grade} value={grade}>
                {grade}
              </option>
            ))}
          </select>
        </label>
      )}
      {state.by === "names" && (
        <label class="rule-field">
          <span class="field-label">{t`Names, one a line`}</span>
          <textarea
            class="field-input bulk-names"
            rows={4}
            value={state.names}
            onInput={(event) => onChange({ names: event.currentTarget.value })}
          />
        </label>
      )}
    </fieldset>
  );
}

function PeriodsPart({ state, day, onChange }: PartProps) {
  return (
    <fieldset class="bulk-part">
      <legend>{t`Periods`}</legend>
      <div class="bulk-periods">
        {day.periods.map((period) => (
          <label key={period.period} class="rule-check">
            <input
              type="checkbox"
              checked={state.periods.includes(period.period)}
              onChange={(event) => {
                const others = state.periods.filter((one) => one !== period.period);
                onChange({
                  periods: event.currentTarget.checked ? [...others, period.period] : others,
                });
              }}
            />
            {columnName(period)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const FEW = 12;

function Groups({ title, groups }: { title: string; groups: readonly Group[] }) {
  if (groups.length === 0) return null;
  return (
    <>
      <h3 class="bulk-title">{title}</h3>
      <ul class="bulk-groups">
        {groups.map(({ says, names }) => (
          <li key={says}>
            <b>{says}</b>{" "}
            {names.length > FEW
              ? t`${names.slice(0, FEW).join(", ")} and ${names.length - FEW} more`
              : listed(names)}
          </li>
        ))}
      </ul>
    </>
  );
}

function first(day: Grid): State {
  return {
    preset: "",
    by: "section",
    section_id: day.sections[0]?.section_id ?? "",
    grade: gradesOf(day)[0] ?? "",
    names: "",
    periods: day.periods.map(({ period }) => period),
    time: "",
    whole: "",
    draft: EMPTY,
  };
}

function chosenPreset(state: State, preset: Preset): State {
  const reason = preset.where ? suggested(preset, codes.value?.codes ?? []) : "";
  const draft = { ...EMPTY, presence: preset.presence, reason, why: preset.why };
  const time = preset.timed ? state.time : "";
  return { ...state, preset: preset.name, draft, time, whole: "" };
}

/** What has to be put right before it can be looked at; null where nothing has. */
function fault(state: State, unclear: readonly string[], count: number): string | null {
  if (unclear.length > 0) return unclear.slice(0, 4).join(" ");
  if (state.periods.length === 0) return t`Choose a period.`;
  if (isTimed(state) && state.time === "") return t`Say at what time.`;
  if (count === 0) return t`Nobody of these has a meeting then.`;
  return null;
}

export function BulkSheet({ day, onClose }: { day: Grid; onClose: () => void }) {
  const state = useSignal<State>(first(day));
  const seen = useSignal<Ruled | null>(null);
  const wrong = useSignal<string | null>(null);
  const change = (changes: Partial<State>) => {
    state.value = { ...state.peek(), ...changes };
    seen.value = null;
    wrong.value = null;
  };
  const rulings = () => bulkRulings(rows.peek(), bulkOf(state.peek(), day));
  const lookFirst = async () => {
    const wanted = rulings();
    const { unclear } = found(rows.peek(), whomOf(state.peek()));
    wrong.value = fault(state.peek(), unclear, wanted.length);
    if (wrong.value === null) seen.value = await look(wanted);
    if (wrong.value === null && seen.value === null) wrong.value = told.peek()?.words ?? null;
  };
  const make = async () => {
    const made = new Set(
      seen.peek()?.lines.flatMap((one) => (one.made ? one.roll_id + one.student_id : [])),
    );
    await send(rulings().filter((one) => made.has(one.roll_id + one.student_id)));
    onClose();
  };
  const shown = seen.value && grouped(seen.value, rows.value);
  const props = { state: state.value, day, onChange: change };
  return (
    <Sheet title={t`Many at once`} sub={longDate(day.on)} onClose={onClose}>
      <div class="bulk">
        <div class="students-kinds">
          {PRESETS.map((preset) => (
            <Button
              key={preset.name}
              kind="plain"
              size="desk"
              pressed={state.value.preset === preset.name}
              onPress={() => change(chosenPreset(state.peek(), preset))}
            >
              {preset.words}
            </Button>
          ))}
        </div>
        <WhomPart {...props} />
        <PeriodsPart {...props} />
        <WhatPart {...props} />
        <p class={wrong.value ? "rule-told-not" : ""} role="alert">
          {wrong.value}
        </p>
        {shown && (
          <section class="bulk-look" aria-label={t`What would change`} aria-live="polite">
            <Groups title={t`Would be saved`} groups={shown.made} />
            <Groups title={t`Would not be saved`} groups={shown.not} />
          </section>
        )}
        <div class="decide-answers">
          {seen.value && seen.value.made > 0 ? (
            <Button kind="main" size="desk" busy={busy.value} onPress={() => void make()}>
              {t`Save for ${marks(seen.value.made)}`}
            </Button>
          ) : (
            <Button kind="main" size="desk" onPress={() => void lookFirst()}>
              {t`Look first`}
            </Button>
          )}
          <p class="rule-note">
            <Icon name="undo" /> {t`One undo takes all of it back.`}
          </p>
        </div>
      </div>
    </Sheet>
  );
}

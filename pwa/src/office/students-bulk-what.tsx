/** What the sheet for many marks says of each: a presence, when, and why, with what a code asks. */

import { t } from "../core/t.ts";
import type { Choosable, Grid, Presence } from "../wire.ts";
import type { Draft } from "./students.ts";
import type { Whom } from "./students-bulk.ts";
import { codes } from "./students-desk.ts";
import { asksOf, labelOf } from "./students-words.ts";
import { capital, presenceWords } from "./words.ts";

export interface State {
  readonly preset: string;
  readonly by: Whom["by"];
  readonly section_id: string;
  readonly grade: string;
  readonly names: string;
  readonly periods: readonly string[];
  readonly time: string;
  /** The reason for the meetings missed whole before or after that time. */
  readonly whole: string;
  readonly draft: Draft;
}

/** Whether a time of day is asked for: when they came or left. */
export const isTimed = ({ draft }: State): boolean =>
  draft.presence === "late" || draft.presence === "left_early";

export interface PartProps {
  state: State;
  day: Grid;
  onChange: (changes: Partial<State>) => void;
}

const PRESENCES: readonly Presence[] = ["present", "late", "left_early", "absent", "elsewhere"];

function TextLine(props: {
  label: string;
  value: string;
  most: number;
  hint?: string | undefined;
  onInput: (value: string) => void;
}) {
  return (
    <label class="rule-field">
      <span class="field-label">{props.label}</span>
      {props.hint && <span class="rule-note">{props.hint}</span>}
      <input
        class="field-input"
        maxLength={props.most}
        autocomplete="off"
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </label>
  );
}

/** Codes somebody may set on such a mark. */
const mine = (presence: Presence | null): readonly Choosable[] =>
  codes.value?.codes.filter(
    ({ yours, marks: explains }) => yours && (presence === null || explains.includes(presence)),
  ) ?? [];

function ReasonLine(props: {
  label: string;
  hint?: string;
  none: string;
  value: string;
  choices: readonly Choosable[];
  onChoose: (code: string) => void;
}) {
  return (
    <label class="rule-field">
      <span class="field-label">{props.label}</span>
      {props.hint && <span class="rule-note">{props.hint}</span>}
      <select
        class="field-input"
        value={props.value}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        <option value="">{props.none}</option>
        {props.choices.map((one) => (
          <option key={one.code} value={one.code}>
            {`${one.code}: ${labelOf(one)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** When they came or left, and why they missed the meetings before or after it whole. */
function TimePart({ state, onChange }: PartProps) {
  const isLate = state.draft.presence === "late";
  return (
    <>
      <label class="rule-field">
        <span class="field-label">{isLate ? t`They came at` : t`They left at`}</span>
        <span class="rule-note">{t`The meeting that was under way then is changed.`}</span>
        <input
          class="field-input"
          type="time"
          value={state.time}
          onInput={(event) => onChange({ time: event.currentTarget.value })}
        />
      </label>
      <ReasonLine
        label={
          isLate ? t`Why they missed the periods before it` : t`Why they miss the periods after it`
        }
        hint={t`An absence there gets this reason. Nobody is marked absent by it.`}
        none={t`Say nothing of those`}
        value={state.whole}
        choices={mine("absent")}
        onChoose={(whole) => onChange({ whole })}
      />
    </>
  );
}

interface AskedProps {
  asked: readonly Choosable[];
  draft: Draft;
  write: (changes: Partial<Draft>) => void;
}

/** What the chosen codes ask for: a line only where one of them asks. */
function AskedPart({ asked, draft, write }: AskedProps) {
  const noting = asked.find((code) => code.needs_note);
  const proving =
    asked.find(({ evidence }) => evidence === "required") ??
    asked.find(({ evidence }) => evidence !== "never");
  const isProof = proving?.evidence === "required";
  return (
    <>
      {noting && (
        <TextLine
          label={asksOf(noting) || t`Note`}
          value={draft.note}
          most={500}
          onInput={(note) => write({ note })}
        />
      )}
      {asked.some((code) => code.needs_incident) && (
        <TextLine
          label={t`Which incident`}
          hint={t`Its days are counted together, for each student.`}
          value={draft.incident}
          most={64}
          onInput={(incident) => write({ incident })}
        />
      )}
      {asked.some((code) => code.needs_notice) && (
        <label class="rule-field">
          <span class="field-label">{t`The school was told on`}</span>
          <input
            class="field-input"
            type="date"
            value={draft.noticed_on}
            onInput={(event) => write({ noticed_on: event.currentTarget.value })}
          />
        </label>
      )}
      {proving && (
        <TextLine
          label={isProof ? t`Proof` : t`Call, letter or document, if any`}
          value={draft.evidence}
          most={64}
          hint={isProof ? asksOf(proving) : undefined}
          onInput={(evidence) => write({ evidence })}
        />
      )}
    </>
  );
}

export function WhatPart(props: PartProps) {
  const { state, onChange } = props;
  const { draft } = state;
  const write = (changes: Partial<Draft>) => onChange({ draft: { ...draft, ...changes } });
  const chosen = [draft.reason, isTimed(state) ? state.whole : ""];
  const asked = codes.value?.codes.filter(({ code }) => chosen.includes(code)) ?? [];
  return (
    <fieldset class="bulk-part">
      <legend>{t`What stands`}</legend>
      <label class="rule-field">
        <span class="field-label">{t`Presence`}</span>
        <select
          class="field-input"
          value={draft.presence ?? ""}
          onChange={(event) =>
            write({ presence: (event.currentTarget.value || null) as Presence | null, reason: "" })
          }
        >
          <option value="">{t`As it stands`}</option>
          {PRESENCES.map((presence) => (
            <option key={presence} value={presence}>
              {capital(presenceWords(presence))}
            </option>
          ))}
        </select>
      </label>
      <ReasonLine
        label={t`Reason`}
        none={t`None`}
        value={draft.reason}
        choices={mine(draft.presence)}
        onChoose={(reason) => write({ reason })}
      />
      {isTimed(state) && <TimePart {...props} />}
      <AskedPart asked={asked} draft={draft} write={write} />
      <TextLine
        label={t`Why the marks change`}
        value={draft.why}
        most={500}
        onInput={(why) => write({ why })}
      />
    </fieldset>
  );
}

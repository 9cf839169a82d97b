/** Fields of the desk for a time of day, a date and a number. */

import { t } from "../core/t.ts";
import { Labelled } from "./sheets-day.tsx";

interface Asked {
  label: string;
  value: string;
  hint?: string;
  required?: boolean;
  onInput: (value: string) => void;
}

function Typed({ type, ...props }: Asked & { type: "time" | "date" }) {
  return (
    <Labelled label={props.label} hint={props.hint}>
      {(id, hintId) => (
        <input
          id={id}
          class="ask-input"
          type={type}
          required={props.required ?? false}
          aria-describedby={hintId}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

/** "08:30", in the school's zone. */
export const TimeField = (props: Asked) => <Typed type="time" {...props} />;

/** A school date. */
export const DateField = (props: Asked) => <Typed type="date" {...props} />;

/** Whole minutes or days. What is no number stays as it was typed, and is told when it is sent. */
export function NumberField(props: Asked) {
  return (
    <Labelled label={props.label} hint={props.hint}>
      {(id, hintId) => (
        <input
          id={id}
          class="ask-input ask-brief"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          required={props.required ?? false}
          aria-describedby={hintId}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

export interface GradesProps {
  legend: string;
  all: readonly string[];
  isForAll: boolean;
  chosen: ReadonlySet<string>;
  onChoose: (isForAll: boolean, chosen: ReadonlySet<string>) => void;
}

/** Everybody, or a band of grades. */
export function Grades({ legend, all, isForAll, chosen, onChoose }: GradesProps) {
  const put = (grade: string, isIn: boolean) => {
    const next = new Set(chosen);
    if (isIn) next.add(grade);
    else next.delete(grade);
    onChoose(next.size === 0, next);
  };
  return (
    <fieldset class="ask-group grades">
      <legend>{legend}</legend>
      <label class="tick">
        <input type="checkbox" checked={isForAll} onChange={() => onChoose(true, new Set())} />
        <span>{t`Everybody`}</span>
      </label>
      {all.map((grade) => (
        <label class="tick" key={grade}>
          <input
            type="checkbox"
            checked={chosen.has(grade)}
            onChange={(event) => put(grade, event.currentTarget.checked)}
          />
          <span>{t`Grade ${grade}`}</span>
        </label>
      ))}
    </fieldset>
  );
}

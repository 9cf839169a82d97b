/** The date that a page of the desk is about, and the frame of its fields. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { t } from "../core/t.ts";

/** A labelled input or select of the desk: the label stands over it. */
export function Labelled(props: {
  label: string;
  hint?: string | undefined;
  children: (id: string, hintId: string | undefined) => ComponentChildren;
}) {
  const id = useId();
  const hintId = props.hint ? `${id}-hint` : undefined;
  return (
    <div class="ask">
      <label class="ask-label" for={id}>
        {props.label}
      </label>
      {props.children(id, hintId)}
      {props.hint && (
        <p class="ask-hint" id={hintId}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

/** A school date to choose. Nothing is asked of the server while a date is half typed. */
export function DayField({ on, onChoose }: { on: string; onChoose: (on: string) => void }) {
  return (
    <Labelled label={t`School day`}>
      {(id) => (
        <input
          id={id}
          class="ask-input"
          type="date"
          value={on}
          onChange={(event) => {
            const { value } = event.currentTarget;
            if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) onChoose(value);
          }}
        />
      )}
    </Labelled>
  );
}

/** One of several, the first being none of them. */
export function Choice(props: {
  label: string;
  none: string;
  value: string;
  choices: readonly { value: string; words: string }[];
  hint?: string;
  onChoose: (value: string) => void;
}) {
  return (
    <Labelled label={props.label} hint={props.hint}>
      {(id, hintId) => (
        <select
          id={id}
          class="ask-input"
          aria-describedby={hintId}
          value={props.value}
          onChange={(event) => props.onChoose(event.currentTarget.value)}
        >
          <option value="">{props.none}</option>
          {props.choices.map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** A line of text. */
export function Line(props: {
  label: string;
  value: string;
  hint?: string;
  brief?: boolean;
  error?: boolean;
  autocomplete?: "off";
  list?: string;
  onInput: (value: string) => void;
  onEnter?: () => void;
}) {
  return (
    <Labelled label={props.label} hint={props.hint}>
      {(id, hintId) => (
        <input
          id={id}
          class={`ask-input${props.brief ? " ask-brief" : ""}`}
          type="text"
          autocomplete="off"
          list={props.list}
          aria-describedby={hintId}
          aria-invalid={props.error ? "true" : undefined}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !props.onEnter) return;
            event.preventDefault();
            props.onEnter();
          }}
        />
      )}
    </Labelled>
  );
}

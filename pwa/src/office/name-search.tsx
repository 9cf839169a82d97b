/** Choosing somebody by typing the name: arrows choose among those found, Enter takes one. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { t } from "../core/t.ts";
import { found, fullName, type Named } from "./names.ts";

export function NameSearch<One extends Named>(props: {
  label: string;
  people: readonly One[];
  keyOf: (one: One) => string;
  /** What tells namesakes apart. */
  beside: (one: One) => string;
  nobody: string;
  onChoose: (one: One) => void;
}) {
  const id = useId();
  const typed = useSignal("");
  const picked = useSignal(0);
  const all = found(props.people, typed.value);
  const isOpen = all.length > 0;
  const choose = (one: One | undefined) => {
    if (!one) return;
    typed.value = "";
    props.onChoose(one);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") picked.value = Math.min(picked.value + 1, all.length - 1);
    else if (event.key === "ArrowUp") picked.value = Math.max(picked.value - 1, 0);
    else if (event.key === "Enter") choose(all[picked.value]);
    else if (event.key === "Escape") typed.value = "";
    else return;
    event.preventDefault();
  };
  return (
    <div class="ask search">
      <label class="ask-label" for={id}>
        {props.label}
      </label>
      <input
        id={id}
        class="ask-input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        placeholder={t`Type a name`}
        aria-expanded={isOpen}
        aria-controls={isOpen ? `${id}-found` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen ? `${id}-${picked.value}` : undefined}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          picked.value = 0;
        }}
        onKeyDown={onKey}
      />
      {isOpen && (
        <div class="found" id={`${id}-found`} role="listbox" aria-label={t`${props.label}: found`}>
          {all.map((one, n) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
            <div
              key={props.keyOf(one)}
              id={`${id}-${n}`}
              class="found-one"
              role="option"
              aria-selected={n === picked.value}
              onClick={() => choose(one)}
            >
              <b>{fullName(one)}</b> <span>{props.beside(one)}</span>
            </div>
          ))}
        </div>
      )}
      {typed.value.trim() !== "" && !isOpen && (
        <p class="ask-hint" role="status">
          {props.nobody}
        </p>
      )}
    </div>
  );
}

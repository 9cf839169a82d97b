/** Typing a name: arrows choose among those found, Enter takes one. */

import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import type { DeskStudent } from "../wire.ts";
import { choices, choose, picked, type, typed } from "./front-desk.ts";
import { fullName, gradeWords } from "./names.ts";

function onKey(event: KeyboardEvent): void {
  const all = choices.value;
  if (event.key === "ArrowDown") picked.value = Math.min(picked.value + 1, all.length - 1);
  else if (event.key === "ArrowUp") picked.value = Math.max(picked.value - 1, 0);
  else if (event.key === "Enter") choose(all[picked.value] ?? null);
  else return;
  event.preventDefault();
}

function Found({ list, students }: { list: string; students: readonly DeskStudent[] }) {
  return (
    <div class="found" id={list} role="listbox" aria-label={t`Students found`}>
      {students.map((student, n) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
        <div
          key={student.student_id}
          id={`${list}-${n}`}
          class="found-one"
          role="option"
          aria-selected={n === picked.value}
          onClick={() => choose(student)}
        >
          <b>{fullName(student)}</b> <span>{gradeWords(student)}</span>
        </div>
      ))}
    </div>
  );
}

export function StudentSearch({ label }: { label: string }) {
  const id = useId();
  const list = `${id}-found`;
  const input = useRef<HTMLInputElement>(null);
  const all = choices.value;
  useEffect(() => input.current?.focus(), []);
  const isOpen = all.length > 0;
  return (
    <div class="ask search">
      <label class="ask-label" for={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        class="ask-input search-input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={isOpen}
        aria-controls={isOpen ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen ? `${list}-${picked.value}` : undefined}
        value={typed.value}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      {isOpen && <Found list={list} students={all} />}
      {typed.value.trim() !== "" && !isOpen && (
        <p class="ask-hint" role="status">
          {t`Nobody at this school has that name. Fewer letters find more.`}
        </p>
      )}
    </div>
  );
}

/** The students of a sheet, each with four boxes: by finger, by mouse, or by one key each. */

import { clockTime } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Roll } from "../wire.ts";
import { fullName, markWords } from "./marks.ts";
import { isTimed, type Row, type Written } from "./transcribe.ts";
import { put, rows } from "./transcribe-desk.ts";

const BOXES: readonly { written: Written; words: string; key: string }[] = [
  { written: "present", words: t`Present`, key: "p" },
  { written: "absent", words: t`Absent`, key: "a" },
  { written: "late", words: t`Late`, key: "l" },
  { written: "left_early", words: t`Left early`, key: "e" },
];
const BLANK_KEYS = new Set(["Backspace", "Delete"]);

/** The next or the last student's boxes; the focus stays where there is none. */
export function moveOn(from: HTMLElement, step: 1 | -1): void {
  const row = from.closest("[data-student]");
  const next = step === 1 ? row?.nextElementSibling : row?.previousElementSibling;
  focusRow(next ?? null);
}

export function focusRow(row: Element | null): void {
  const box =
    row?.querySelector<HTMLElement>("input[type=radio]:checked") ??
    row?.querySelector<HTMLElement>("input[type=radio]");
  box?.focus();
}

/** A letter writes and goes on; late and left early ask for their minutes first. */
function pressed(event: KeyboardEvent & { currentTarget: HTMLElement }, row: Row): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { student_id } = row.student;
  const here = event.currentTarget;
  const box = BOXES.find(({ key }) => key === event.key.toLowerCase());
  if (box) {
    event.preventDefault();
    put(student_id, box.written);
    if (isTimed(box.written)) minutesOf(here);
    else moveOn(here, 1);
  } else if (BLANK_KEYS.has(event.key)) {
    event.preventDefault();
    put(student_id, null);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    moveOn(here, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    moveOn(here, 1);
  }
}

/** The field comes with the next drawing. */
function minutesOf(here: HTMLElement): void {
  const row = here.closest("[data-student]");
  setTimeout(() => row?.querySelector<HTMLInputElement>(".box-minutes input")?.focus());
}

function Minutes({ row }: { row: Row }) {
  const { student_id } = row.student;
  return (
    <label class="box-minutes">
      <input
        type="text"
        inputMode="numeric"
        maxLength={3}
        aria-label={`${row.written === "late" ? t`Minutes late` : t`Left after minutes`}, ${fullName(row.student)}`}
        value={row.minutes ?? ""}
        onInput={(event) => {
          const digits = event.currentTarget.value.replace(/\D/gu, "");
          put(student_id, row.written, digits === "" ? null : Number(digits));
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" || event.key === "ArrowDown") {
            event.preventDefault();
            moveOn(event.currentTarget, 1);
          } else if (event.key === "ArrowUp") {
            event.preventDefault();
            moveOn(event.currentTarget, -1);
          }
        }}
      />
      <span>{t`min`}</span>
    </label>
  );
}

function Box({ row, box }: { row: Row; box: (typeof BOXES)[number] }) {
  const { student_id } = row.student;
  return (
    <label class={`box box-${box.written}`}>
      <input
        type="radio"
        name={student_id}
        checked={row.written === box.written}
        onChange={() => put(student_id, box.written)}
      />
      <span>{box.words}</span>
    </label>
  );
}

/** What stands already: the sheet is entered beside it, and both are kept. */
function hintOf(row: Row, roll: Roll, zone: string): string | null {
  const { stands, known } = row;
  if (stands?.presence) {
    const who = roll.people[stands.by ?? 0]?.name ?? t`the school`;
    return `${who}: ${markWords(stands, { roll, zone })}`;
  }
  return known ? t`office knows` : null;
}

function Student({ row, roll, zone, place }: RowProps) {
  const hint = hintOf(row, roll, zone);
  return (
    <li data-student={row.student.student_id} class={row.written ? "" : "entry-row-blank"}>
      <fieldset class="entry-row" onKeyDown={(event) => pressed(event, row)}>
        <legend>
          <span class="entry-place">{place}</span> <b>{row.student.given_name}</b>{" "}
          {row.student.family_name}
          {hint && <span class="entry-hint"> {hint}</span>}
        </legend>
        <div class="boxes">
          {BOXES.map((box) => (
            <Box key={box.written} row={row} box={box} />
          ))}
          {isTimed(row.written) && <Minutes row={row} />}
        </div>
      </fieldset>
    </li>
  );
}

interface RowProps {
  row: Row;
  roll: Roll;
  zone: string;
  place: number;
}

export function Rows({ roll, zone, locked }: { roll: Roll; zone: string; locked: boolean }) {
  return (
    <>
      <p class="entry-keys">
        {t`Bell ${clockTime(roll.starts_at, zone)}. Keys:`} <kbd>P</kbd> {t`present,`} <kbd>A</kbd>{" "}
        {t`absent,`} <kbd>L</kbd> {t`late,`} <kbd>E</kbd> {t`left early, each with its minutes,`}{" "}
        <kbd>↑</kbd> <kbd>↓</kbd> {t`move,`} <kbd>{t`Delete`}</kbd> {t`blank.`}
      </p>
      <ol class="entry-rows" inert={locked} aria-label={t`Students of the sheet`}>
        {rows.value.map((row, n) => (
          <Student key={row.student.student_id} row={row} roll={roll} zone={zone} place={n + 1} />
        ))}
      </ol>
    </>
  );
}

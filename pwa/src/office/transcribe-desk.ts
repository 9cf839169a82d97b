/** The sheet on this desk: fetched, filled in, sent once, and what the school said to it. */

import { batch, signal } from "@preact/signals";
import { t } from "../core/t.ts";
import { newOpId } from "../device/clock.ts";
import type { Op, Result, Roll, Sheet } from "../wire.ts";
import { history, push } from "./api.ts";
import { deskDevice, instantNow } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";
import { inTabletOrder } from "./sheets.ts";
import { sheetsOf } from "./sheets-api.ts";
import { blankRows, type Row, sheetOp, statedAt, type Written, write } from "./transcribe.ts";

export type Entry =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly why: string }
  | { readonly is: "here"; readonly sheet: Sheet; readonly roll: Roll };

/** Where the entering stands; `unanswered`: sent, and nobody knows yet whether it arrived. */
export type Sending =
  | { readonly is: "writing" }
  | { readonly is: "sending" }
  | { readonly is: "unanswered"; readonly why: string }
  | { readonly is: "told"; readonly result: Result };

export const entry = signal<Entry>({ is: "loading" });
export const rows = signal<readonly Row[]>([]);
export const takenBy = signal("");
export const time = signal("");
export const sending = signal<Sending>({ is: "writing" });
export const trouble = signal<string | null>(null);
/** The op that is on its way: sent again as it is, until the school answers. */
let sent: Op | null = null;
let wanted = "";

export async function openSheet(school: string, roll_id: string): Promise<void> {
  wanted = roll_id;
  sent = null;
  batch(() => {
    entry.value = { is: "loading" };
    rows.value = [];
    takenBy.value = "";
    time.value = "";
    sending.value = { is: "writing" };
    trouble.value = null;
  });
  const told = await history(school, roll_id);
  if (wanted !== roll_id) return;
  if (told.end !== "answered") return fail(whyNot(told));
  const { roll } = told.answer;
  const found = await sheetsOf(school, roll.on, {
    section_id: roll.section_id,
    period: roll.period,
  });
  if (wanted !== roll_id) return;
  if (found.end !== "answered") return fail(whyNot(found));
  const sheet = found.answer.sheets.find((one) => one.roll_id === roll_id);
  if (!sheet) return fail(t`No roll is expected for this meeting, so it has no sheet.`);
  show(sheet, roll);
}

function fail(why: string): void {
  entry.value = { is: "failed", why };
}

function show(sheet: Sheet, roll: Roll): void {
  const [only, ...more] = sheet.teacher_names;
  batch(() => {
    rows.value = blankRows(inTabletOrder(sheet.students), sheet.known, roll.marks);
    takenBy.value = only && more.length === 0 ? only : "";
    entry.value = { is: "here", sheet, roll };
  });
}

export function put(student_id: string, written: Written | null, minutes?: number | null): void {
  rows.value = write(rows.value, student_id, written, minutes ?? null);
  trouble.value = null;
}

function complaint(stated: string | null): string | null {
  if (rows.value.every(({ written }) => !written))
    return t`Nobody is entered yet. Tick what the sheet says, student by student.`;
  if (!takenBy.value.trim()) return t`Who took it? The name that is written on the sheet.`;
  if (time.value.trim() && !stated) return t`The time is not one: write it like 8:05, or leave it.`;
  return null;
}

/** Sends the sheet. Where nobody answered, the very same op goes again. */
export async function submitSheet(school: string, zone: string): Promise<void> {
  const shown = entry.value;
  if (shown.is !== "here" || sending.value.is === "sending" || sending.value.is === "told") return;
  const stated_at = statedAt(time.value, shown.roll.starts_at, zone);
  trouble.value = sent ? null : complaint(stated_at);
  if (trouble.value) return;
  sent ??= sheetOp(rows.value, shown.roll, {
    op_id: newOpId(),
    taken_at: new Date(instantNow()).toISOString(),
    taken_by: takenBy.value.trim(),
    stated_at,
  });
  sending.value = { is: "sending" };
  const answer = await push(school, deskDevice(), [sent]);
  if (answer.end !== "answered") {
    sending.value = { is: "unanswered", why: whyNot(answer) };
    return;
  }
  const result = answer.answer.results[0];
  sending.value = result
    ? { is: "told", result }
    : { is: "unanswered", why: t`The server answered about something else. Try again.` };
}

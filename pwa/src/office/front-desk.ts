/** The front desk: whom is typed, what is written, the day's lines and what is known ahead. */

import { batch, computed, signal } from "@preact/signals";
import { newOpId } from "../device/clock.ts";
import type {
  Change,
  Codes,
  DeskNotices,
  DeskStudent,
  DeskStudents,
  NewNotice,
  NewVisit,
  Visit,
  Visits,
} from "../wire.ts";
import type { Ending } from "./api.ts";
import type { Loaded } from "./desk.ts";
import * as api from "./front-desk-api.ts";
import { found } from "./names.ts";
import { whyNot } from "./passes-ends.ts";
import { route } from "./route.ts";

export const students = signal<Loaded<DeskStudents>>({ is: "loading" });
export const codes = signal<Loaded<Codes>>({ is: "loading" });
export const visits = signal<Loaded<Visits>>({ is: "loading" });
export const notices = signal<Loaded<DeskNotices>>({ is: "loading" });

export const typed = signal("");
/** Which of those found the arrow keys stand on. */
export const picked = signal(0);
export const chosen = signal<DeskStudent | null>(null);
/** The line that was written last, for its slip. */
export const written = signal<Visit | null>(null);
/** The same line as the day's list has it now: another desk may have taken it back. */
export const slip = computed((): Visit | null => {
  const line = written.value;
  if (!line || visits.value.is !== "here") return line;
  return visits.value.answer.visits.find(({ visit_id }) => visit_id === line.visit_id) ?? line;
});
export const trouble = signal<string | null>(null);
export const busy = signal(false);

export const choices = computed(() =>
  students.value.is === "here" ? found(students.value.answer.students, typed.value) : [],
);

export function type(words: string): void {
  batch(() => {
    typed.value = words;
    picked.value = 0;
    trouble.value = null;
  });
}

export function choose(student: DeskStudent | null): void {
  batch(() => {
    chosen.value = student;
    trouble.value = null;
    if (student) written.value = null;
  });
}

async function fetched<Answer>(
  into: { value: Loaded<Answer> },
  asking: Promise<Ending<Answer>>,
): Promise<void> {
  const answer = await asking;
  if (answer.end === "answered") into.value = { is: "here", answer: answer.answer };
  else if (into.value.is !== "here") into.value = { is: "failed", why: whyNot(answer) };
}

export function begin(school: string): void {
  fetchStudents(school);
  fetchCodes(school);
  void refresh(school);
}

/** Everybody at the school, to be found by name. */
export function fetchStudents(school: string): void {
  void fetched(students, api.studentsOf(school));
}

/** The reasons to choose from. */
export function fetchCodes(school: string): void {
  void fetched(codes, api.codesOf(school));
}

export async function refresh(school: string): Promise<void> {
  await Promise.all([
    fetched(visits, api.visitsOf(school)),
    fetched(notices, api.noticesOf(school)),
  ]);
}

/** Another desk may write many lines when a bell rings: no oftener than this. */
const AGAIN_MS = 1500;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Something of the school changed: while this page is open its lists follow. */
export function frontDeskNews(school: string, changes: readonly Change[]): void {
  const concerns = changes.some(({ type }) => type === "roll");
  if (route.peek().page !== "front-desk" || !concerns || waiting !== undefined) return;
  waiting = setTimeout(() => {
    waiting = undefined;
    if (visits.peek().is === "here") void refresh(school);
  }, AGAIN_MS);
}

/** One thing at a time; what did not work is said, and nothing typed is lost. */
async function doing<Answer>(asking: () => Promise<Ending<Answer>>): Promise<Answer | null> {
  if (busy.value) return null;
  busy.value = true;
  trouble.value = null;
  const answer = await asking();
  busy.value = false;
  if (answer.end === "answered") return answer.answer;
  trouble.value = whyNot(answer);
  return null;
}

export type Said = Omit<NewVisit, "visit_id" | "student_id">;
let unsent: { readonly body: NewVisit; readonly key: string } | null = null;

/** A line that was not answered keeps its number: sent again, it is written once. */
function numbered(student: DeskStudent, said: Said): NewVisit {
  const key = JSON.stringify([student.student_id, said]);
  const visit_id = unsent?.key === key ? unsent.body.visit_id : newOpId();
  const body = { visit_id, student_id: student.student_id, ...said };
  unsent = { body, key };
  return body;
}

export async function note(school: string, student: DeskStudent, said: Said): Promise<boolean> {
  const body = numbered(student, said);
  const line = await doing(() => api.noteVisit(school, body));
  if (!line) return false;
  unsent = null;
  batch(() => {
    chosen.value = null;
    typed.value = "";
    written.value = line;
  });
  await refresh(school);
  return true;
}

export async function takeBack(school: string, visit_id: string): Promise<void> {
  const done = await doing(() => api.withdrawVisit(school, { withdrawal_id: newOpId(), visit_id }));
  if (!done) return;
  if (written.value?.visit_id === visit_id) written.value = null;
  await refresh(school);
}

export async function tell(school: string, body: Omit<NewNotice, "notice_id">): Promise<boolean> {
  const made = await doing(() => api.noteNotice(school, { notice_id: newOpId(), ...body }));
  if (!made) return false;
  choose(null);
  type("");
  await refresh(school);
  return true;
}

export async function end(school: string, notice_id: string, to_on: string | null): Promise<void> {
  const done = await doing(() => api.endNotice(school, { line_id: newOpId(), notice_id, to_on }));
  if (done) await refresh(school);
}

/** Nobody is at the desk: nothing of the school stays in the page. */
export function forgetFrontDesk(): void {
  batch(() => {
    students.value = { is: "loading" };
    codes.value = { is: "loading" };
    visits.value = { is: "loading" };
    notices.value = { is: "loading" };
    written.value = null;
    choose(null);
    type("");
  });
}

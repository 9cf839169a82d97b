/** Opens and closes the roll beside the board. The address keeps the roll's id and nothing else. */

import { signal } from "@preact/signals";
import { t } from "../core/t.ts";
import type { History } from "../wire.ts";
import * as api from "./api.ts";
import { isDate, monthOf } from "./calendar-month.ts";
import { isTaken } from "./cells.ts";
import * as desk from "./desk.ts";
import { stepsOf } from "./past.ts";
import { go, open, type Route, route } from "./route.ts";
import { sheetsOf } from "./sheets-api.ts";

/** Opens a roll beside the page that is shown. */
export function openRoll(roll_id: string): void {
  open({ roll: roll_id, student: null, teacher: null });
}

/** Opens a teacher beside the board: where to call, and what is missing. */
export function openTeacher(staff_id: string): void {
  open({ teacher: staff_id, roll: null, student: null });
}

export function closePanel(): void {
  const { page, part, query } = route.value;
  if (query["roll"]) open({ roll: null, student: null });
  else if (query["teacher"]) open({ teacher: null });
  else if (page === "calendar" && part) go(page, monthOf(part));
  else go(page);
}

/** What the address says is open beside the page. */
function panelOf({ page, part, query }: Route): desk.Panel {
  const roll_id = query["roll"];
  if (roll_id) return { shows: "roll", roll_id };
  const staff_id = query["teacher"];
  if (staff_id && page === "board") return { shows: "teacher", staff_id };
  if (page === "held" && part) return { shows: "held", op_id: part };
  if (page === "calendar" && part && isDate(part)) return { shows: "day", on: part };
  return { shows: "nothing" };
}

let shownAt: string | null = null;

/** Brings the panel to what the address says, now or at a past instant. */
export function followPanel(): void {
  const wanted = panelOf(route.value);
  const shown = desk.panel.peek();
  const at = desk.asOf.peek();
  const isSame = JSON.stringify(wanted) === JSON.stringify(shown);
  if (isSame && at === shownAt) return;
  shownAt = at;
  desk.panel.value = wanted;
  if (wanted.shows !== "roll") return;
  if (!isSame) {
    desk.history.value = { is: "loading" };
    steps.value = [];
  }
  void refreshRoll();
}

/** When something became known about the open roll, also what the past that is shown hides. */
export const steps = signal<readonly string[]>([]);

async function fetchSteps(school: string, roll_id: string): Promise<void> {
  const answer = await api.history(school, roll_id);
  if (answer.end === "answered") takeSteps(answer.answer);
}

function takeSteps({ entries }: History): void {
  const known = entries.flatMap((one) => [
    one.received_at,
    one.heard_at,
    one.resolution?.at ?? null,
  ]);
  steps.value = stepsOf(known);
}

const NOT_FOUND = t`The school knows no such roll, or it is not for you to see.`;
const UNREACHABLE = t`The server does not answer. The board goes on trying; so can you.`;

/** Whether somebody is on the roll whom its history does not name: nobody spoke of them yet. */
function lacksNames({ roll, students, as_of }: History): boolean {
  if (as_of !== null) return false;
  const named = new Set(students.map(({ student_id }) => student_id));
  return !isTaken(roll) || roll.unmarked.some((student_id) => !named.has(student_id));
}

/** With the names of the day's list, so that a ruling can be made ahead of the roll. */
async function withRoster(school: string, shown: History): Promise<History> {
  if (!lacksNames(shown)) return shown;
  const { roll, section, students } = shown;
  const only = { section_id: section.section_id, period: roll.period };
  const answer = await sheetsOf(school, roll.on, only);
  if (answer.end !== "answered") return shown;
  const sheet = answer.answer.sheets.find(({ roll_id }) => roll_id === roll.roll_id);
  const listed = [...(sheet?.students ?? []), ...students];
  const all = new Map(listed.map((student) => [student.student_id, student]));
  return { ...shown, students: [...all.values()] };
}

/** Fetches the open roll; what is shown stays until something newer is here. */
export async function refreshRoll(): Promise<void> {
  const who = desk.session.peek();
  const open = desk.panel.peek();
  if (who.at !== "desk" || open.shows !== "roll") return;
  const { school_id } = who.who.school;
  const at = desk.asOf.peek();
  const answer = await api.history(school_id, open.roll_id, at);
  const still = desk.panel.peek();
  if (still.shows !== "roll" || still.roll_id !== open.roll_id || at !== desk.asOf.peek()) return;
  if (answer.end === "answered") {
    const known = await withRoster(school_id, answer.answer);
    if (at !== desk.asOf.peek()) return;
    desk.history.value = { is: "here", answer: known };
    if (at === null) takeSteps(answer.answer);
    else if (steps.peek().length === 0) await fetchSteps(school_id, open.roll_id);
  } else if (desk.history.peek().is !== "here")
    desk.history.value = { is: "failed", why: answer.end === "refused" ? NOT_FOUND : UNREACHABLE };
}

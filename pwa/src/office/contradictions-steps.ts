/** The ruling that a finding suggests, made with one press, and taken back with another. */

import { signal } from "@preact/signals";
import { t } from "../core/t.ts";
import { newOpId } from "../device/clock.ts";
import type { Contradiction, History, NextStep, Ruled, Ruling } from "../wire.ts";
import { ask } from "./api.ts";
import { lookAgain, radarTrouble } from "./contradictions.ts";
import { doneWords, TAKEN_BACK } from "./contradictions-words.ts";
import { whyNot } from "./passes-ends.ts";
import { sendRulings } from "./students-api.ts";

/** What the last press did, and what takes it back; null once it was. */
export interface Done {
  readonly words: string;
  readonly back: readonly Ruling[] | null;
}
export const done = signal<Done | null>(null);
export const stepping = signal(false);

const WHY: Readonly<Record<string, string>> = {
  rule_late: t`The front desk saw the student come.`,
  rule_elsewhere: t`On a sign-in sheet at that time.`,
};

export const isRuling = (step: NextStep): boolean => step.do in WHY && step.roll_id !== null;

/** The ops whose word stands about a student, as the roll has them now. */
function headsOf({ roll }: History, student_id: string): string[] {
  const mark = roll.marks.find((one) => one.student_id === student_id);
  const places = mark ? (mark.heads ?? [0]) : [];
  return places.flatMap((place) => roll.ops[place] ?? []);
}

function rulingsOf(one: Contradiction, step: NextStep, history: History): Ruling[] {
  const isLate = step.do === "rule_late";
  return one.students.map(({ student_id }) => ({
    roll_id: step.roll_id ?? "",
    student_id,
    seen: headsOf(history, student_id),
    presence: isLate ? "late" : "elsewhere",
    ...(isLate && step.at ? { arrived_at: step.at } : {}),
    why: WHY[step.do] ?? "",
  }));
}

async function send(school: string, rulings: readonly Ruling[]): Promise<Ruled | null> {
  const answer = await sendRulings(school, newOpId(), false, rulings);
  if (answer.end !== "answered") {
    radarTrouble.value = whyNot(answer);
    return null;
  }
  if (answer.answer.made === 0) radarTrouble.value = answer.answer.lines[0]?.says ?? null;
  return answer.answer.made > 0 ? answer.answer : null;
}

const backOf = ({ lines }: Ruled): Ruling[] =>
  lines.flatMap(({ roll_id, student_id, heads, op_id }) =>
    op_id === null ? [] : [{ roll_id, student_id, seen: heads, takes_back: op_id }],
  );

/** One after the other: what did not work is said, and nothing is made twice. */
async function doing(work: () => Promise<void>): Promise<void> {
  if (stepping.peek()) return;
  stepping.value = true;
  radarTrouble.value = null;
  await work();
  stepping.value = false;
}

/** Rules what the step says, on the roll as it stands now. */
export const makeStep = (school: string, on: string, one: Contradiction, step: NextStep) =>
  doing(async () => {
    const asked = await ask<History>(`/schools/${school}/rolls/${step.roll_id}`);
    if (asked.end !== "answered") {
      radarTrouble.value = whyNot(asked);
      return;
    }
    const ruled = await send(school, rulingsOf(one, step, asked.answer));
    if (ruled) done.value = { words: doneWords(one, step), back: backOf(ruled) };
    await lookAgain(school, on);
  });

/** Puts back what stood before; where somebody ruled since, it is told and left. */
export const undoStep = (school: string, on: string) =>
  doing(async () => {
    const ruled = await send(school, done.peek()?.back ?? []);
    if (ruled) done.value = { words: TAKEN_BACK, back: null };
    await lookAgain(school, on);
  });

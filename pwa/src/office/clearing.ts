/** Absences that wait for a reason, as this desk shows them, and the one that is being cleared. */

import { batch, signal } from "@preact/signals";
import { newOpId } from "../device/clock.ts";
import type {
  Cleared,
  ClearingPreview,
  ClearingQueue,
  ReasonAsked,
  WaitingAbsence,
} from "../wire.ts";
import { ask, type Ending } from "./api.ts";
import type { Loaded } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";

export const queue = signal<Loaded<ClearingQueue>>({ is: "loading" });
export const clearingOf = signal<WaitingAbsence | null>(null);
export const shownBefore = signal<{ asked: ReasonAsked; told: ClearingPreview } | null>(null);
export const clearingTrouble = signal<string | null>(null);
export const clearingBusy = signal(false);

const at = (school: string, more = ""): string => `/schools/${school}/clearing${more}`;

export async function beginClearing(school: string): Promise<void> {
  const answer = await ask<ClearingQueue>(at(school), undefined, undefined, 60_000);
  if (answer.end === "answered") queue.value = { is: "here", answer: answer.answer };
  else if (queue.value.is !== "here") queue.value = { is: "failed", why: whyNot(answer) };
}

export function clearOne(one: WaitingAbsence | null): void {
  batch(() => {
    clearingOf.value = one;
    shownBefore.value = null;
    clearingTrouble.value = null;
  });
}

export async function doing<Answer>(asking: Promise<Ending<Answer>>): Promise<Answer | null> {
  clearingBusy.value = true;
  clearingTrouble.value = null;
  const answer = await asking;
  clearingBusy.value = false;
  if (answer.end === "answered") return answer.answer;
  clearingTrouble.value = whyNot(answer);
  return null;
}

/** Shows what the reason would be given to; nothing is changed. */
export async function showBefore(school: string, asked: ReasonAsked): Promise<void> {
  shownBefore.value = null;
  const told = await doing(ask<ClearingPreview>(at(school, "/preview"), asked));
  if (told) shownBefore.value = { asked, told };
}

/** Gives the reason that was shown. What changed meanwhile has to be looked at again. */
export async function giveReason(school: string): Promise<void> {
  const shown = shownBefore.value;
  if (!shown) return;
  const body = { ...shown.asked, clearing_id: newOpId(), seen: shown.told.seen };
  const done = await doing(ask<Cleared>(at(school), body));
  shownBefore.value = null;
  if (!done) return;
  clearOne(null);
  await beginClearing(school);
}

export async function takeReasonBack(school: string, clearing_id: string): Promise<void> {
  const done = await doing(
    ask<Cleared>(at(school, "/undone"), { undo_id: newOpId(), clearing_id }),
  );
  if (done) await beginClearing(school);
}

/** Nobody is at the desk: nothing of the school stays in the page. */
export function forgetClearing(): void {
  queue.value = { is: "loading" };
  clearOne(null);
}

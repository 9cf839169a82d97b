/** What waits for a person, one of it in detail, and what somebody decides about it. */

import { batch, signal } from "@preact/signals";
import { t } from "../core/t.ts";
import { newOpId } from "../device/clock.ts";
import type { Choice, HeldDetail, HeldItem } from "../wire.ts";
import * as api from "./api.ts";
import * as desk from "./desk.ts";

export const ended = signal<readonly HeldItem[]>([]);
export const detail = signal<desk.Loaded<HeldDetail>>({ is: "loading" });

export async function refreshEnded(school: string): Promise<void> {
  const answer = await api.held(school, true);
  if (answer.end === "answered") ended.value = answer.answer.held;
}

export async function refreshHeld(school: string): Promise<void> {
  const [waiting] = await Promise.all([api.held(school), refreshEnded(school)]);
  if (waiting.end === "answered") desk.held.value = waiting.answer.held;
}

const NOT_FOUND = t`The school knows no such entry, or it is not for you to see.`;
const UNREACHABLE = t`The server does not answer. The desk goes on trying; so can you.`;

/** Fetches one entry; what is shown stays until something newer is here. */
export async function refreshDetail(school: string, op_id: string): Promise<void> {
  const answer = await api.heldDetail(school, op_id);
  const shown = desk.panel.peek();
  if (shown.shows !== "held" || shown.op_id !== op_id) return;
  if (answer.end === "answered") detail.value = { is: "here", answer: answer.answer };
  else if (detail.peek().is !== "here")
    detail.value = { is: "failed", why: answer.end === "refused" ? NOT_FOUND : UNREACHABLE };
}

/** The feed told that something held came or ended. */
export async function heldNews(school: string): Promise<void> {
  const shown = desk.panel.peek();
  await refreshHeld(school);
  if (shown.shows === "held") await refreshDetail(school, shown.op_id);
}

export interface Decision {
  readonly how: Choice;
  readonly why: string;
  readonly students?: readonly string[];
}

/** Null where it was done, else why not, in words. Sent again, the same decision counts once. */
export async function decide(
  school: string,
  op_id: string,
  { how, why, students }: Decision,
): Promise<string | null> {
  const made = how === "take_over" ? { op_id: newOpId() } : {};
  const chosen = students ? { students: [...students] } : {};
  const answer = await api.resolveHeld(school, op_id, { how, why, ...made, ...chosen });
  await refreshHeld(school);
  await refreshDetail(school, op_id);
  if (answer.end === "answered") return null;
  if (answer.end === "refused") return answer.problem.detail;
  if (answer.end === "signin") return t`Your sign-in has ended. Sign in again.`;
  return t`The server did not answer. Look whether it is done, then try again.`;
}

export function closeDetail(): void {
  detail.value = { is: "loading" };
}

export function forgetHeld(): void {
  batch(() => {
    ended.value = [];
    closeDetail();
  });
}

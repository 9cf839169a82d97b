/**
 * One change of the timetable on its way: what it would move, then the same for good, and back. No
 * change is saved that was not seen before.
 */

import { signal } from "@preact/signals";
import type { TimetableChange, TimetableChanged } from "../wire.ts";
import { whyNot } from "./passes-ends.ts";
import { changeTimetable } from "./timetable-api.ts";

/** `of` names the form that asked: only that one shows the answer. */
export type Pending =
  | { readonly is: "nothing" }
  | { readonly is: "asking"; readonly of: string }
  | {
      readonly is: "shown";
      readonly of: string;
      readonly changes: readonly TimetableChange[];
      readonly effect: TimetableChanged;
    }
  | {
      readonly is: "done";
      readonly of: string;
      readonly effect: TimetableChanged;
      readonly isUndone: boolean;
    }
  /** `meanwhile`: somebody else changed the timetable since it was fetched. */
  | {
      readonly is: "stopped";
      readonly of: string;
      readonly why: string;
      readonly isMeanwhile: boolean;
    };

export const pending = signal<Pending>({ is: "nothing" });
export const busy = signal(false);

export function putAway(): void {
  pending.value = { is: "nothing" };
}

interface Asked {
  readonly school: string;
  readonly of: string;
  readonly revision: number;
  readonly changes: readonly TimetableChange[];
  readonly preview: boolean;
  /** Fetches anew what the change is about. */
  readonly again: () => Promise<unknown>;
}

async function send(asked: Asked): Promise<TimetableChanged | null> {
  if (busy.value) return null;
  busy.value = true;
  const { school, revision, preview, changes, of } = asked;
  const answer = await changeTimetable(school, { revision, preview, changes: [...changes] });
  const isMeanwhile = answer.end === "refused" && answer.problem.code === "changed_meanwhile";
  if (isMeanwhile || (answer.end === "answered" && !preview)) await asked.again();
  busy.value = false;
  if (answer.end === "answered") return answer.answer;
  pending.value = { is: "stopped", of, why: whyNot(answer), isMeanwhile };
  return null;
}

/** Asks what it would move; nothing is changed by it. */
export async function preview(asked: Omit<Asked, "preview">): Promise<void> {
  pending.value = { is: "asking", of: asked.of };
  const effect = await send({ ...asked, preview: true });
  if (effect) pending.value = { is: "shown", of: asked.of, changes: asked.changes, effect };
}

/** Saves what was shown, on the state that it was shown for. */
export async function save(school: string, again: Asked["again"]): Promise<void> {
  const shown = pending.value;
  if (shown.is !== "shown") return;
  const { of, changes, effect } = shown;
  const { revision } = effect;
  const saved = await send({ school, of, revision, changes, preview: false, again });
  if (saved) pending.value = { is: "done", of, effect: saved, isUndone: false };
}

/** Takes back what was just saved, as long as nobody changed anything after it. */
export async function undo(school: string, again: Asked["again"]): Promise<void> {
  const done = pending.value;
  if (done.is !== "done") return;
  const { of, effect } = done;
  const { revision, undo: changes } = effect;
  const back = await send({ school, of, revision, changes, preview: false, again });
  if (back) pending.value = { is: "done", of, effect: back, isUndone: !done.isUndone };
}

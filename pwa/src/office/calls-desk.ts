/** Notes at the school that somebody called, or takes it back; the other clerk sees it too. */

import { signal } from "@preact/signals";
import { t } from "../core/t.ts";
import * as api from "./api.ts";
import * as desk from "./desk.ts";

/** Why a call could not be noted. */
export const callTrouble = signal<string | null>(null);

const UNREACHABLE = t`The server does not answer: the call is not noted. Try again.`;

export async function noteCall(roll_ids: readonly string[], undo = false): Promise<void> {
  const who = desk.session.peek();
  if (who.at !== "desk") return;
  const answer = await api.noteCalls(who.who.school.school_id, [...roll_ids], undo);
  if (answer.end !== "answered") {
    callTrouble.value = answer.end === "refused" ? answer.problem.detail : UNREACHABLE;
    return;
  }
  callTrouble.value = null;
  const called = new Map(answer.answer.calls.map((one) => [one.roll_id, one.called]));
  const board = desk.board.peek();
  if (!board) return;
  const rolls = board.rolls.map((roll) => {
    const now = called.get(roll.roll_id);
    return now === undefined ? roll : { ...roll, called: now };
  });
  desk.board.value = { ...board, rolls };
}

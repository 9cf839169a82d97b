/** The office's word on one student: made here, sent at once, and its end told in words. */

import { t } from "../core/t.ts";
import { newOpId } from "../device/clock.ts";
import type { Mark, Op, Presence, PushAnswer } from "../wire.ts";
import * as api from "./api.ts";
import * as desk from "./desk.ts";
import { heldWords, refusedWords } from "./words.ts";

export interface Answer {
  /** Null takes the office's word back. */
  readonly presence: Presence | null;
  readonly arrived_at?: string | undefined;
  readonly left_at?: string | undefined;
}

export interface Ruling extends Answer {
  readonly roll_id: string;
  readonly student_id: string;
  readonly why: string;
  /** The ops whose word the person had before them. */
  readonly parents: readonly string[];
}

/** The ops that stand for a student; whoever names them all settles what there is to settle. */
export const headsOf = (mark: Mark | undefined, ops: readonly string[]): string[] =>
  mark ? (mark.heads ?? [0]).flatMap((head) => ops[head] ?? []) : [];

export function rulingOp(ruling: Ruling, id: string, taken_at: string): Op {
  const { roll_id, student_id, presence, arrived_at, left_at, why, parents } = ruling;
  const mark = {
    student_id,
    presence,
    ...(arrived_at ? { arrived_at } : {}),
    ...(left_at ? { left_at } : {}),
    why,
    parents: [...parents],
  };
  return { id, v: 1, kind: "rule", roll_id, taken_at, marks: [mark] };
}

export type Ruled =
  | { readonly end: "ruled"; readonly op_id: string }
  | { readonly end: "not"; readonly why: string };

const NO_ANSWER = t`The server did not answer. Nothing is lost: try again.`;

function endOf({ results }: PushAnswer): Ruled {
  const [result] = results;
  if (!result) return { end: "not", why: NO_ANSWER };
  if (result.outcome === "accepted") return { end: "ruled", op_id: result.id };
  if (result.outcome === "held") {
    const why = t`Kept, but it waits for a person: ${heldWords(result.reason)}`;
    return { end: "not", why };
  }
  return { end: "not", why: t`The school did not take it: ${refusedWords(result.reason)}` };
}

/** Sends a ruling. The same one may be sent again: it is known by its number. */
export async function rule(school: string, ruling: Ruling, op_id = newOpId()): Promise<Ruled> {
  const op = rulingOp(ruling, op_id, new Date(desk.instantNow()).toISOString());
  const answer = await api.push(school, desk.deskDevice(), [op]);
  if (answer.end === "answered") return endOf(answer.answer);
  if (answer.end === "refused") return { end: "not", why: answer.problem.detail };
  if (answer.end === "signin")
    return { end: "not", why: t`Your sign-in has ended. Sign in again.` };
  return { end: "not", why: NO_ANSWER };
}

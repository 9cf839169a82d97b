/** A one-tap answer: an ordinary op about one student that names every head (F8). */

import type { Op, Roll, SentMark } from "../wire.ts";
import { instant } from "./dates.ts";
import type { Said } from "./draft.ts";
import type { Answered, Entry } from "./entry.ts";
import type { Hand } from "./submission.ts";

const UNDO_MS = 6000;

/** What was asked about whom, and what the author of the answer had seen. */
export interface Asked {
  readonly ask: Answered["ask"];
  readonly roll: Roll;
  readonly student: { readonly student_id: string };
  /** All heads, and this person's own ops about the student that the school has not shown yet. */
  readonly parents: readonly string[];
}

function sent({ student, parents }: Asked, said: Said, sealed: Hand["sealed"]): SentMark {
  const { presence, arrived_at, left_at } = said;
  const note = sealed?.get(student.student_id);
  return {
    student_id: student.student_id,
    ...(presence ? { presence } : {}),
    ...(arrived_at ? { arrived_at } : {}),
    ...(left_at ? { left_at } : {}),
    ...(note ? { note_sealed: note } : {}),
    ...(parents.length > 0 ? { parents: [...parents] } : {}),
  };
}

/** The outbox entry of an answer; it leaves when its undo is over. */
export function answerEntry(asked: Asked, said: Said, hand: Hand): Entry {
  const op: Op = {
    id: hand.op_id,
    v: 1,
    kind: "submit",
    roll_id: asked.roll.roll_id,
    grant: hand.grant_id,
    roster_rev: hand.roster_rev,
    taken_at: instant(hand.wall),
    ...(hand.clock ? { clock: hand.clock } : {}),
    marks: [sent(asked, said, hand.sealed)],
  };
  return {
    v: 1,
    id: op.id,
    school_id: hand.school_id,
    roll_id: op.roll_id,
    staff_id: hand.staff_id,
    step: "draft",
    op,
    saved_at: op.taken_at,
    not_before: hand.wall + UNDO_MS,
    undo: null,
    answer: null,
    epoch: null,
    answers: { ask: asked.ask, student_id: asked.student.student_id },
  };
}

/** What somebody says who cannot tell: for the office, and nobody's presence changes. It stands in
 * the record, so it is in the record's language whoever says it. */
export const DONT_KNOW = "Asked in the inbox: does not know.";

/** No presence: who says this changes nobody's mark. */
export const NOTHING_SEEN: Said = { presence: null };

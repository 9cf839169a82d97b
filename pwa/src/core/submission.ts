/** From the marks on the screen to one op for the school's log. */

import type { Clock, Op, Roll, SentMark } from "../wire.ts";
import { instant, ms } from "./dates.ts";
import type { Draft } from "./draft.ts";
import type { Entry } from "./entry.ts";
import { cleanNote } from "./note.ts";
import { changesOf, type Line, type Page } from "./roll.ts";

const UNDO_MS = 6000;
const TOO_CLOSE_MS = 60_000;

/** Who submits, on what, when; the clock and the ids come from the device. */
export interface Hand {
  readonly op_id: string;
  readonly school_id: string;
  readonly staff_id: string;
  readonly grant_id: string;
  readonly roster_rev: number;
  /** This tablet's own clock, ms, and the school's time as far as it is known. */
  readonly wall: number;
  readonly now: number;
  readonly clock: Clock | undefined;
}

function markOf({ student, said, base, parents }: Line): SentMark {
  const { presence, arrived_at, left_at } = said;
  const note = cleanNote(said.note ?? "");
  const onlyNote = base?.presence === presence && presence === null;
  return {
    student_id: student.student_id,
    ...(onlyNote ? {} : { presence }),
    ...(arrived_at ? { arrived_at } : {}),
    ...(left_at ? { left_at } : {}),
    ...(note ? { note } : {}),
    ...(parents.length > 0 ? { parents: [...parents] } : {}),
  };
}

/** The first submission names every student on the screen, a later one what was changed. */
export function marksToSend(page: Page): SentMark[] {
  const lines = page.taken ? changesOf(page.lines) : page.lines;
  return lines.filter(({ said }) => said.presence !== null || said.note).map(markOf);
}

/** Undo for six seconds, but a roll that is due within a minute does not wait. */
export function notBefore(roll: Roll, hand: Hand): number | null {
  const left = ms(roll.due_at) - hand.now;
  return left >= 0 && left < TOO_CLOSE_MS ? null : hand.wall + UNDO_MS;
}

/** The outbox entry for what is on the screen; null when it says nothing new. */
export function submission(page: Page, roll: Roll, draft: Draft | null, hand: Hand): Entry | null {
  const marks = marksToSend(page);
  if (marks.length === 0) return null;
  const op: Op = {
    id: hand.op_id,
    v: 1,
    kind: "submit",
    roll_id: roll.roll_id,
    grant: hand.grant_id,
    roster_rev: hand.roster_rev,
    taken_at: instant(hand.wall),
    ...(hand.clock ? { clock: hand.clock } : {}),
    marks,
  };
  return {
    v: 1,
    id: op.id,
    school_id: hand.school_id,
    roll_id: roll.roll_id,
    staff_id: hand.staff_id,
    step: "draft",
    op,
    saved_at: op.taken_at,
    not_before: notBefore(roll, hand),
    undo: draft,
    answer: null,
    epoch: null,
  };
}

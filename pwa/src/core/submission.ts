/** From the marks on the screen to one op for the school's log. */

import type { Clock, Op, Roll, SentMark } from "../wire.ts";
import { instant, ms } from "./dates.ts";
import type { Draft } from "./draft.ts";
import type { Entry } from "./entry.ts";
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
  /** How long it took since the roll was first opened here; null where nobody measured. */
  readonly took_ms?: number | null;
  /** Notes sealed to the school for this op, by student. */
  readonly sealed?: ReadonlyMap<string, string>;
}

type Notes = ReadonlyMap<string, string>;

const NO_NOTES: Notes = new Map();

/** A note goes once: the op before said it already where the line still has the same one. */
const isNewNote = ({ said, base }: Line): boolean =>
  said.note !== undefined && said.note !== base?.note;

function markOf(line: Line, sealed: Notes): SentMark {
  const { student, said, base, parents } = line;
  const { presence, arrived_at, left_at } = said;
  const note = isNewNote(line) ? sealed.get(student.student_id) : undefined;
  const onlyNote = base?.presence === presence && presence === null;
  return {
    student_id: student.student_id,
    ...(onlyNote ? {} : { presence }),
    ...(arrived_at ? { arrived_at } : {}),
    ...(left_at ? { left_at } : {}),
    ...(note ? { note_sealed: note } : {}),
    ...(parents.length > 0 ? { parents: [...parents] } : {}),
  };
}

/** The first submission names every student on the screen, a later one what was changed. */
export function marksToSend(page: Page, sealed = NO_NOTES): SentMark[] {
  const said = ({ student, said }: Line) =>
    said.presence !== null || sealed.has(student.student_id);
  return linesToSend(page)
    .filter(said)
    .map((line) => markOf(line, sealed));
}

const linesToSend = (page: Page): readonly Line[] =>
  page.taken ? changesOf(page.lines) : page.lines;

/** The notes that a submission of this page has to carry, as kept here, by student. */
export function notesToSend(page: Page): Map<string, string> {
  const lines = linesToSend(page).filter(isNewNote);
  return new Map(lines.map(({ student, said }) => [student.student_id, said.note ?? ""]));
}

/** Undo for six seconds, but a roll that is due within a minute does not wait. */
export function notBefore(roll: Roll, hand: Hand): number | null {
  const left = ms(roll.due_at) - hand.now;
  return left >= 0 && left < TOO_CLOSE_MS ? null : hand.wall + UNDO_MS;
}

/** Only what takes a roll was taken in a time; a change was not. */
const tookOf = ({ taken }: Page, { took_ms }: Hand): Pick<Op, "took_ms"> =>
  taken || took_ms === undefined || took_ms === null ? {} : { took_ms };

/** The outbox entry for what is on the screen; null when it says nothing new. */
export function submission(page: Page, roll: Roll, draft: Draft | null, hand: Hand): Entry | null {
  const marks = marksToSend(page, hand.sealed);
  if (marks.length === 0) return null;
  const notes = notesToSend(page);
  const op: Op = {
    id: hand.op_id,
    v: 1,
    kind: "submit",
    roll_id: roll.roll_id,
    grant: hand.grant_id,
    roster_rev: hand.roster_rev,
    taken_at: instant(hand.wall),
    ...tookOf(page, hand),
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
    ...(notes.size > 0 ? { notes: Object.fromEntries(notes) } : {}),
    answer: null,
    epoch: null,
  };
}

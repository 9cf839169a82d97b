/** What the teacher marked and has not submitted. Every tap gives a new value; nothing here saves. */

import type { Presence } from "../wire.ts";

/** What is said of one student. A note may come alone, then `presence` is null. */
export interface Said {
  readonly presence: Presence | null;
  readonly arrived_at?: string;
  readonly left_at?: string;
  /** As this tablet keeps it: sealed under its author's key, never in words. */
  readonly note?: string;
}

export interface Stroke {
  readonly student_id: string;
  readonly before: Said | null;
}

/** The unsubmitted marks of one person on one roll; the store keeps it after every tap. */
export interface Draft {
  readonly v: 1;
  readonly key: string;
  readonly roll_id: string;
  readonly staff_id: string;
  /** Who was on the screen at the first tap: a submission speaks of nobody else (rule F9). */
  readonly shown: readonly string[];
  readonly said: Readonly<Record<string, Said>>;
  readonly strokes: readonly Stroke[];
  readonly saved_at: string;
}

const MOST_STROKES = 60;

export const draftKey = (staffId: string, rollId: string): string => `${staffId}/${rollId}`;

export function newDraft(
  staffId: string,
  rollId: string,
  shown: readonly string[],
  at: string,
): Draft {
  return {
    v: 1,
    key: draftKey(staffId, rollId),
    roll_id: rollId,
    staff_id: staffId,
    shown,
    said: {},
    strokes: [],
    saved_at: at,
  };
}

/** Says one thing of one student; `same` is what stands anyway, and saying that says nothing. */
export function say(
  draft: Draft,
  studentId: string,
  said: Said,
  same: Said | null,
  at: string,
): Draft {
  const before = draft.said[studentId] ?? null;
  const { [studentId]: _gone, ...rest } = draft.said;
  return {
    ...draft,
    said: same && equal(said, same) ? rest : { ...rest, [studentId]: said },
    strokes: [...draft.strokes, { student_id: studentId, before }].slice(-MOST_STROKES),
    saved_at: at,
  };
}

/** Takes the last stroke back. */
export function undo(draft: Draft, at: string): Draft {
  const last = draft.strokes.at(-1);
  if (!last) return draft;
  const { [last.student_id]: _gone, ...rest } = draft.said;
  return {
    ...draft,
    said: last.before ? { ...rest, [last.student_id]: last.before } : rest,
    strokes: draft.strokes.slice(0, -1),
    saved_at: at,
  };
}

export function equal(a: Said, b: Said): boolean {
  return (
    a.presence === b.presence &&
    a.arrived_at === b.arrived_at &&
    a.left_at === b.left_at &&
    (a.note ?? "") === (b.note ?? "")
  );
}

/** The cast's roll for the unit tests: Ruiz takes 8A, thirty students, bell at 8:00, due 8:15. */
import { type Draft, newDraft, type Said, say } from "../src/core/draft.ts";
import type { Entry } from "../src/core/entry.ts";
import { type Line, type PageFacts, pageOf } from "../src/core/roll.ts";
import { type Hand, submission } from "../src/core/submission.ts";
import type { Mark, PushAnswer, Result, Roll, Student } from "../src/wire.ts";

export const RUIZ = "staff-ruiz";
export const ZONE = "America/Los_Angeles";
/** 8:09 in Los Angeles on Tuesday, 6 October 2026. */
export const NINE_PAST = Date.parse("2026-10-06T15:09:00Z");

export function students(count = 30): Student[] {
  return Array.from({ length: count }, (_, index) => ({
    student_id: `s${String(index + 1).padStart(2, "0")}`,
    given_name: `Given${String(index + 1).padStart(2, "0")}`,
    family_name: "Abara",
    grade: "08",
    begin_on: null,
    end_on: null,
  }));
}

export function roll(news: Partial<Roll> = {}): Roll {
  return {
    type: "roll",
    roll_id: "roll-8a",
    seq: 1,
    section_id: "section-8a",
    on: "2026-10-06",
    period: "1",
    period_name: "Period 1",
    starts_at: "2026-10-06T15:00:00.000Z",
    ends_at: "2026-10-06T15:50:00.000Z",
    opens_at: "2026-10-06T14:55:00.000Z",
    due_at: "2026-10-06T15:15:00.000Z",
    late_at: "2026-10-06T15:15:00.000Z",
    closes_at: "2026-10-07T00:00:00.000Z",
    locks_at: null,
    expected: true,
    void_reason: null,
    void_note: null,
    state: "not_taken",
    timeliness: null,
    next_day: false,
    taken_at: null,
    received_at: null,
    submitted_by: null,
    revision: 0,
    countersign: false,
    contested: 0,
    safety: 0,
    certified: null,
    locked: null,
    ops: [],
    people: [],
    marks: [],
    unmarked: [],
    known: [],
    ...news,
  };
}

/** The roll after the school has it: everyone present but those named. */
export function takenRoll(ops: string[], marks: Partial<Record<string, Partial<Mark>>> = {}): Roll {
  return roll({
    state: "submitted",
    ops,
    marks: students().map(({ student_id }) => ({
      student_id,
      presence: "present",
      ...marks[student_id],
    })),
  });
}

export function facts(news: Partial<PageFacts> = {}): PageFacts {
  const all = news.students ?? students();
  return {
    roll: roll(),
    students: all,
    entries: [],
    draft: null,
    shown: all.map(({ student_id }) => student_id),
    ...news,
  };
}

export function lineOf(all: PageFacts, id: string): Line {
  const line = pageOf(all).lines.find(({ student }) => student.student_id === id);
  if (!line) throw new Error(`${id} is not on the page`);
  return line;
}

/** A draft in which so many things were said, one after the other. */
export function drafted(all: PageFacts, words: readonly (readonly [string, Said])[]): Draft {
  const shown = all.students.map(({ student_id }) => student_id);
  const at = "2026-10-06T15:09:00.000Z";
  return words.reduce<Draft>(
    (draft, [id, said]) => say(draft, id, said, lineOf({ ...all, draft }, id).base, at),
    all.draft ?? newDraft(RUIZ, all.roll.roll_id, shown, at),
  );
}

export function hand(news: Partial<Hand> = {}): Hand {
  return {
    op_id: "op-1",
    school_id: "birch",
    staff_id: RUIZ,
    grant_id: "grant-ruiz",
    roster_rev: 1,
    wall: NINE_PAST,
    now: NINE_PAST,
    clock: undefined,
    ...news,
  };
}

/** What the screen would submit; an error where it would submit nothing. */
export function submitted(all: PageFacts, who: Partial<Hand> = {}): Entry {
  const entry = submission(pageOf(all), all.roll, all.draft, hand(who));
  if (!entry) throw new Error("nothing to submit");
  return entry;
}

export function result(id: string, news: Partial<Result> = {}): Result {
  return {
    id,
    outcome: "accepted",
    reason: null,
    detail: null,
    seq: 101,
    received_at: "2026-10-06T15:12:00.000Z",
    replayed: false,
    hash: "abc",
    marks: [],
    roll: { state: "submitted", timeliness: "on_time", unmarked: [], next_day: false },
    ...news,
  };
}

export function answer(results: Result[], news: Partial<PushAnswer> = {}): PushAnswer {
  return {
    protocol: 1,
    epoch: "e1",
    server_time: "2026-10-06T15:12:00.000Z",
    backoff_s: 0,
    safe_before: null,
    session: "ok",
    results,
    ...news,
  };
}

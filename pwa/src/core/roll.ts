/** The roll as it stands on the screen: what the school says, what waits here, what was tapped. */

import type { Mark, Presence, Roll, Student } from "../wire.ts";
import { ms } from "./dates.ts";
import type { Draft, Said } from "./draft.ts";
import { equal } from "./draft.ts";
import { type Entry, isUnsent } from "./entry.ts";

/** ring: not submitted · dot: submitted, not yet with the school · tick: the school has it */
export type Pencil = "ring" | "dot" | "tick";

/** One student on the screen. */
export interface Line {
  readonly student: Student;
  /** What shows; presence null is "not marked". */
  readonly said: Said;
  /** What stood before the draft; null where nobody said anything. */
  readonly base: Said | null;
  readonly pencil: Pencil;
  /** Absent, and the office knew of it before. */
  readonly known: boolean;
  readonly changed: boolean;
  readonly contested: boolean;
  /** The office's own word stands. */
  readonly ruled: boolean;
  /** The ops that this screen has seen about the student (rule F2). */
  readonly parents: readonly string[];
}

export interface Page {
  readonly lines: readonly Line[];
  /** Somebody submitted this roll, here or elsewhere: what follows are changes. */
  readonly taken: boolean;
}

export interface PageFacts {
  readonly roll: Roll;
  /** The section's students on the roll's date, in the order of the screen. */
  readonly students: readonly Student[];
  /** This person's entries about this roll, oldest first. */
  readonly entries: readonly Entry[];
  readonly draft: Draft | null;
  /** Who was on the screen when it opened; someone who joins later is not marked by silence. */
  readonly shown: readonly string[];
}

export interface Counts {
  readonly present: number;
  readonly absent: number;
  readonly late: number;
  readonly left_early: number;
  readonly elsewhere: number;
  readonly unmarked: number;
}

const HERE: Said = { presence: "present" };
const AWAY: Said = { presence: "absent" };

/**
 * Whose marks still show although the school's record, as this person has it here, does not have
 * them: on the record they may have been seen while somebody else had the tablet.
 */
function speaks(entry: Entry, roll: Roll): boolean {
  if (isUnsent(entry) || entry.step === "received") return true;
  if (entry.step === "recorded" && !roll.ops.includes(entry.id)) return true;
  return entry.step !== "recorded" && roll.state === "not_taken";
}

interface Before {
  readonly said: Said | null;
  readonly pencil: Pencil;
  readonly parents: readonly string[];
}

function saidInMark(mark: Mark): Said | null {
  if (mark.presence === null) return null;
  return {
    presence: mark.presence,
    ...(mark.arrived_at ? { arrived_at: mark.arrived_at } : {}),
    ...(mark.left_at ? { left_at: mark.left_at } : {}),
  };
}

/** The ops that nobody has set aside about a mark; an answer names them all. */
export function headsOf(roll: Roll, mark: Mark | undefined): string[] {
  if (!mark) return [];
  const heads = mark.heads ?? [0];
  return heads.map((index) => roll.ops[index]).filter((op) => op !== undefined);
}

/** What stood about one student before the draft. */
function before(studentId: string, facts: PageFacts, mark: Mark | undefined): Before {
  const own = facts.entries.filter(
    (entry) =>
      speaks(entry, facts.roll) && entry.op.marks.some((sent) => sent.student_id === studentId),
  );
  const last = own.at(-1);
  const sent = last?.op.marks.find(({ student_id }) => student_id === studentId);
  const heads = headsOf(facts.roll, mark);
  const ids = own.filter(({ step }) => step !== "refused").map(({ id }) => id);
  const parents = [...new Set([...heads, ...ids])];
  const standing = mark ? saidInMark(mark) : null;
  if (!last || !sent) return { said: standing, pencil: "tick", parents };
  const pencil = last.step === "received" ? "tick" : "dot";
  const note = last.notes?.[studentId];
  const noted = note === undefined ? {} : { note };
  if (!sent.presence) return { said: standing && { ...standing, ...noted }, pencil, parents };
  const { presence, arrived_at, left_at } = sent;
  const said = {
    ...noted,
    presence,
    ...(arrived_at ? { arrived_at } : {}),
    ...(left_at ? { left_at } : {}),
  };
  return { said, pencil, parents };
}

/**
 * What an untaken roll shows of a student: here, or away as the office knows; null if she joined
 * late. Where no roll is expected nobody is here by silence: only who is tapped is named.
 */
function blank(studentId: string, facts: PageFacts): Said | null {
  if (!facts.roll.expected) return null;
  const shown = facts.draft?.shown ?? facts.shown;
  if (!shown.includes(studentId)) return null;
  return facts.roll.known.includes(studentId) ? AWAY : HERE;
}

function lineOf(student: Student, facts: PageFacts, taken: boolean): Line {
  const id = student.student_id;
  const mark = facts.roll.marks.find(({ student_id }) => student_id === id);
  const { said: stood, pencil, parents } = before(id, facts, mark);
  const base = stood ?? (taken ? null : blank(id, facts));
  const tapped = facts.draft?.said[id];
  const said = tapped ?? base ?? { presence: null };
  const changed = tapped !== undefined && !(base && equal(tapped, base));
  return {
    student,
    said,
    base,
    pencil: stood && !changed ? pencil : "ring",
    known: said.presence === "absent" && facts.roll.known.includes(id),
    changed,
    contested: !changed && (mark?.flags ?? []).includes("contested"),
    ruled: !changed && mark?.office !== undefined && mark.office !== null,
    parents,
  };
}

/** Whether the school has the roll, or this person took it here. */
export const isTaken = (roll: Roll, entries: readonly Entry[]): boolean =>
  roll.state !== "not_taken" || entries.some((entry) => speaks(entry, roll));

export function pageOf(facts: PageFacts): Page {
  const taken = isTaken(facts.roll, facts.entries);
  return { taken, lines: facts.students.map((student) => lineOf(student, facts, taken)) };
}

/** The counts of the screen; they always add up to the students shown. */
export function countsOf(lines: readonly Line[]): Counts {
  const of = (presence: Presence | null) =>
    lines.filter(({ said }) => said.presence === presence).length;
  return {
    present: of("present"),
    absent: of("absent"),
    late: of("late"),
    left_early: of("left_early"),
    elsewhere: of("elsewhere"),
    unmarked: of(null),
  };
}

export const changesOf = (lines: readonly Line[]): Line[] => lines.filter((line) => line.changed);

/** A tap says here or not here, always and only. */
export function tapped({ said }: Line): Said {
  const here = said.presence === "absent" || said.presence === null;
  return { presence: here ? "present" : "absent", ...keptNote(said) };
}

/** A note stays with the student whatever else is said. */
export function keptNote({ note }: Said): { note?: string } {
  return note ? { note } : {};
}

/** Minutes since the bell while the meeting runs, at least one; null when that proves nothing. */
export function minutesLate(roll: Roll, now: number): number | null {
  const minutes = Math.floor((now - ms(roll.starts_at)) / 60_000);
  return minutes < 0 || now > ms(roll.ends_at) ? null : Math.max(1, minutes);
}

/** How late a mark says the student came, in minutes after the bell. */
export function minutesOf(roll: Roll, said: Said): number | null {
  if (said.presence !== "late" || !said.arrived_at) return null;
  return Math.max(1, Math.floor((ms(said.arrived_at) - ms(roll.starts_at)) / 60_000));
}

/** ʻOkina and apostrophes do not count in the order of names. */
const SILENT = /[\u02bb\u02bc\u2018\u2019']/gu;

type Meeting = Pick<Roll, "on" | "starts_at">;

const isEnrolled = ({ begin_on, end_on }: Student, { on }: Meeting): boolean =>
  (!begin_on || begin_on <= on) && (!end_on || on <= end_on);

/** Whether she was enrolled when the meeting began (F10.3). */
const isExpected = ({ begin_at, end_at }: Student, { starts_at }: Meeting): boolean =>
  (!begin_at || ms(begin_at) <= ms(starts_at)) && (!end_at || ms(starts_at) < ms(end_at));

function byName(students: readonly Student[]): Student[] {
  const name = ({ given_name, family_name }: Student) =>
    `${given_name}\u0000${family_name}`.replace(SILENT, "");
  return [...students].sort((a, b) => name(a).localeCompare(name(b), "en"));
}

/** The students who are expected in a meeting of a section, by given name. */
export const enrolled = (students: readonly Student[], meeting: Meeting): Student[] =>
  byName(students.filter((one) => isEnrolled(one, meeting) && isExpected(one, meeting)));

/** Who is in the section that day and not in this meeting: she joined later, or had left. */
export const apart = (students: readonly Student[], meeting: Meeting): Student[] =>
  byName(students.filter((one) => isEnrolled(one, meeting) && !isExpected(one, meeting)));

/** Who is in this meeting and joined the section earlier that day. */
export const joined = (students: readonly Student[], meeting: Meeting): Student[] =>
  enrolled(students, meeting).filter(
    ({ begin_on, begin_at }) => begin_at !== undefined && begin_on === meeting.on,
  );

/** A paper sheet being entered: what was written for whom, what is still blank, and the op of it. */

import { clockTime, ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { HistoryStudent, Mark, Op, Presence, Roll, SentMark, Source } from "../wire.ts";
import { capital, countWords, listed, presenceWords } from "./words.ts";

/** The boxes of a printed sheet. */
export type Written = "present" | "late" | "left_early" | "absent";

/** Beside which box the sheet has room for minutes. */
export const isTimed = (written: Written | null): boolean =>
  written === "late" || written === "left_early";

export interface Row {
  readonly student: HistoryStudent;
  /** The office knew of an absence before. */
  readonly known: boolean;
  /** What stands on the roll already, from a tablet or another sheet. */
  readonly stands: Mark | null;
  /** Null: nothing was entered. Silence is never present. */
  readonly written: Written | null;
  /** Minutes after the bell, as the sheet has them for who came late or left early. */
  readonly minutes: number | null;
}

export function blankRows(
  students: readonly HistoryStudent[],
  known: readonly string[],
  marks: readonly Mark[],
): Row[] {
  const standing = new Map(marks.map((mark) => [mark.student_id, mark]));
  return students.map((student) => ({
    student,
    known: known.includes(student.student_id),
    stands: standing.get(student.student_id) ?? null,
    written: null,
    minutes: null,
  }));
}

/** One student's box; minutes stay only where the box is one that has them. */
export function write(
  rows: readonly Row[],
  student_id: string,
  written: Written | null,
  minutes: number | null = null,
): Row[] {
  return rows.map((row) =>
    row.student.student_id === student_id
      ? { ...row, written, minutes: isTimed(written) ? minutes : null }
      : row,
  );
}

/** Fills only the blank ones, and nobody whose absence the office knows of (F9.1). */
export const othersPresent = (rows: readonly Row[]): Row[] =>
  rows.map((row) => (row.written || row.known ? row : { ...row, written: "present" }));

export const blank = (rows: readonly Row[]): Row[] => rows.filter(({ written }) => !written);

export const wouldFill = (rows: readonly Row[]): number =>
  rows.filter(({ written, known }) => !written && !known).length;

/** "27 present, 2 absent": what the sheet says so far. */
export function rowCounts(rows: readonly Row[]): string {
  const counts: Partial<Record<Presence, number>> = {};
  for (const { written } of rows) if (written) counts[written] = (counts[written] ?? 0) + 1;
  return countWords(counts);
}

/** What the main button will do, with what it leaves out said in the same breath. */
export function enterWords(rows: readonly Row[]): string {
  const left = blank(rows).length;
  if (left === rows.length) return t`Nobody is entered yet`;
  const rest = left > 0 ? t`, leave ${left} not marked` : "";
  return t`Enter ${rowCounts(rows)}${rest}`;
}

const DAY_MIN = 24 * 60;
const HALF_DAY_MIN = DAY_MIN / 2;
const CLOCK = /^(\d{1,2})[:.h]?(\d{2})$/u;

/** "8:05", "805" or "14.05" in minutes after midnight; null where it is no time of day. */
export function readTime(text: string): number | null {
  const found = CLOCK.exec(text.trim());
  const minutes = Number(found?.[1]) * 60 + Number(found?.[2]);
  const isTime = found && Number(found[2]) < 60 && minutes < DAY_MIN;
  return isTime ? minutes : null;
}

function minuteOf(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  });
  return readTime(format.format(at)) ?? 0;
}

/**
 * The instant of a time that somebody wrote on a sheet: the one nearest to the bell. Whoever
 * writes 1:05 on an afternoon's sheet means 13:05.
 */
export function statedAt(text: string, starts_at: string, zone: string): string | null {
  const wanted = readTime(text);
  if (wanted === null) return null;
  const bell = ms(starts_at);
  const from = wanted - minuteOf(bell, zone);
  const halves = wanted < 13 * 60 ? [0, HALF_DAY_MIN] : [0];
  const ways = halves.flatMap((half) => [-DAY_MIN, 0, DAY_MIN].map((day) => from + half + day));
  const nearest = ways.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best));
  return new Date(bell + nearest * 60_000).toISOString();
}

function markOf({ student, written, minutes, stands }: Row, roll: Roll): SentMark {
  const heads = stands ? (stands.heads ?? [0]) : [];
  const parents = heads.flatMap((head) => roll.ops[head] ?? []);
  const at =
    minutes === null ? null : new Date(ms(roll.starts_at) + minutes * 60_000).toISOString();
  return {
    student_id: student.student_id,
    presence: written,
    ...(written === "late" && at ? { arrived_at: at } : {}),
    ...(written === "left_early" && at ? { left_at: at } : {}),
    ...(parents.length > 0 ? { parents } : {}),
  };
}

/** Who enters it, when, and what the sheet says of itself. */
export interface Entering {
  readonly op_id: string;
  readonly taken_at: string;
  readonly taken_by: string;
  readonly stated_at: string | null;
}

/**
 * The sheet as one op. It names only those whose box was ticked, and what stood for each of them
 * on this screen as seen.
 */
export function sheetOp(rows: readonly Row[], roll: Roll, entering: Entering): Op {
  const { op_id, taken_at, taken_by, stated_at } = entering;
  const source: Source = { how: "paper", taken_by, ...(stated_at ? { stated_at } : {}) };
  const marks = rows.filter(({ written }) => written).map((row) => markOf(row, roll));
  return { id: op_id, v: 1, kind: "submit", roll_id: roll.roll_id, taken_at, source, marks };
}

/** "Late, 9 min" for a row, as it was written. */
export function writtenWords({ written, minutes }: Row): string {
  if (written === "late" && minutes !== null) return t`Late, ${minutes} min`;
  if (written === "left_early" && minutes !== null) return t`Left early, after ${minutes} min`;
  return capital(written ? presenceWords(written) : t`not marked`);
}

/** What the desk has to know before it enters a sheet for a roll that was received already. */
export function alreadyWords(roll: Roll, zone: string): string | null {
  if (roll.state === "not_taken" || !roll.received_at) return null;
  const who = listed(roll.people.map(({ name }) => name)) || t`Somebody`;
  const when = clockTime(roll.received_at, zone);
  return t`${who} is on this roll already, received ${when}. What you enter stands in its place, student by student; both are kept.`;
}

/** "2 absences are known": why pressing the button leaves some blank. */
export function knownWords(rows: readonly Row[]): string | null {
  const left = rows.filter(({ known, written }) => known && !written).length;
  if (left === 0) return null;
  return t`${plural(left, "known absence")} left for you: the sheet says whether it was so.`;
}

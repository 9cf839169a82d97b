/** What was settled on a day, read from the rolls' own histories: also by others, also after a reload. */

import { ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Board, ContestedItem, History, HistoryEntry, HistoryMark } from "../wire.ts";
import { keyOf, type Row, type Settled, standing } from "./contested.ts";
import { boardRoll } from "./feed.ts";
import type { Answer } from "./rule.ts";

interface Word {
  readonly entry: HistoryEntry;
  readonly mark: HistoryMark;
}

/** All that was said of a student's presence, in the order of receipt; null takes a word back. */
export function wordsAbout({ entries }: History, student_id: string): Word[] {
  return entries.flatMap((entry) => {
    const mark = entry.marks.find((one) => one.student_id === student_id);
    const speaks = entry.outcome === "accepted" && mark?.presence !== undefined;
    return speaks && mark ? [{ entry, mark }] : [];
  });
}

/** Whether people differed in their last words. */
function differed(words: readonly Word[]): boolean {
  const last = new Map(words.map(({ entry, mark }) => [entry.author?.staff_id, mark.presence]));
  const stated = [...last.values()].filter((presence) => presence !== null);
  return new Set(stated).size > 1;
}

/** What the office had said before its last word. */
function officeBefore(words: readonly Word[]): Answer {
  const ruled = words.findLast(({ entry }) => entry.kind === "rule");
  const { presence = null, arrived_at, left_at } = ruled?.mark ?? {};
  return { presence, arrived_at: arrived_at ?? undefined, left_at: left_at ?? undefined };
}

export interface Reading {
  readonly me: string;
  readonly zone: string;
  readonly today: string;
}

function settledOf(history: History, student_id: string, reading: Reading): Settled | null {
  const words = wordsAbout(history, student_id);
  const last = words.at(-1);
  if (last?.entry.kind !== "rule" || last.mark.presence === null) return null;
  if (schoolDate(ms(last.entry.received_at), reading.zone) !== reading.today) return null;
  const earlier = words.slice(0, -1);
  if (!differed(earlier)) return null;
  const { author, received_at } = last.entry;
  const { presence = null, arrived_at } = last.mark;
  const mark = { student_id, presence, ...(arrived_at ? { arrived_at } : {}) };
  return {
    by: author?.name ?? t`somebody`,
    mine: author?.staff_id === reading.me,
    at: received_at,
    stands: standing(mark, history.roll.starts_at),
    before: officeBefore(earlier),
    undone: false,
  };
}

/** The rows of a roll whose disagreement somebody settled on that day. */
export function settledIn(history: History, board: Board, reading: Reading): Row[] {
  const { roll, section } = history;
  const known = board.sections.find(({ section_id }) => section_id === section.section_id);
  const teachers = board.teachers.filter(({ staff_id }) => known?.teacher_ids.includes(staff_id));
  return history.students.flatMap((student): Row[] => {
    const mark = roll.marks.find(({ student_id }) => student_id === student.student_id);
    if (!mark || mark.flags?.includes("contested")) return [];
    const settled = settledOf(history, student.student_id, reading);
    if (!settled) return [];
    const { ops, people } = roll;
    const item: ContestedItem = {
      roll: boardRoll(roll),
      section,
      teachers,
      student,
      mark,
      people,
      ops,
      since: settled.at,
    };
    return [{ key: keyOf(item), item, since: item.since, settled }];
  });
}

/** Rolls on which people may have differed: those that more than one entry made. */
export const mayBeSettled = ({ rolls }: Board): string[] =>
  rolls.filter(({ revision }) => revision > 2).map(({ roll_id }) => roll_id);

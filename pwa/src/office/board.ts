/** The board as pure facts: blocks of rows and columns, counts, who to call, and its headline. */

import { clockTime, ms } from "../core/dates.ts";
import { t, tOf } from "../core/t.ts";
import type {
  Board,
  BoardRoll,
  BoardSection,
  BoardTeacher,
  Period,
  TeacherPlace,
} from "../wire.ts";
import { type Cell, type CellKind, cellOf, isTaken } from "./cells.ts";

export interface Meeting {
  readonly roll: BoardRoll;
  readonly section: BoardSection | undefined;
  readonly cell: Cell;
}

export interface Row {
  readonly teacher: BoardTeacher;
  /** By period code; several where sections meet together, none where nothing meets. */
  readonly meetings: ReadonlyMap<string, readonly Meeting[]>;
}

/** Teachers whose periods touch each other: the secondary grid, and daily rolls by themselves. */
export interface Block {
  readonly periods: readonly Period[];
  readonly rows: readonly Row[];
  readonly now: string | null;
}

const NOBODY: BoardTeacher = {
  staff_id: "",
  name: t`No teacher assigned`,
  room: null,
  extension: null,
  seen_at: null,
  reach: null,
  reach_why: null,
};

const OPENS_BEFORE_MS = 5 * 60_000;

/** The period the day is in, from five minutes before its bell; the one that began last. */
export function periodNow(periods: readonly Period[], now: number): Period | null {
  const running = periods.filter(
    ({ starts_at, ends_at }) => ms(starts_at) - OPENS_BEFORE_MS <= now && now < ms(ends_at),
  );
  return running.sort((a, b) => ms(a.starts_at) - ms(b.starts_at)).at(-1) ?? null;
}

/** Every meeting of the day with its cell, the only place where the clock meets a roll. */
export function meetingsOf(board: Board, now: number): Meeting[] {
  const sections = new Map(board.sections.map((section) => [section.section_id, section]));
  return board.rolls.map((roll) => ({
    roll,
    section: sections.get(roll.section_id),
    cell: cellOf(roll, now, board.school.zone),
  }));
}

function rowsOf(board: Board, meetings: readonly Meeting[]): Row[] {
  const teachers = new Map(board.teachers.map((teacher) => [teacher.staff_id, teacher]));
  const rows = new Map<string, Map<string, Meeting[]>>();
  for (const meeting of meetings) {
    const known = meeting.section?.teacher_ids.filter((id) => teachers.has(id)) ?? [];
    for (const id of known.length > 0 ? known : [""]) {
      const row = rows.get(id) ?? new Map<string, Meeting[]>();
      rows.set(id, row);
      row.set(meeting.roll.period, [...(row.get(meeting.roll.period) ?? []), meeting]);
    }
  }
  return [...rows].map(([id, row]) => ({ teacher: teachers.get(id) ?? NOBODY, meetings: row }));
}

/** Joins rows that share a period, and rows that share one with those. */
function groups(rows: readonly Row[]): { periods: Set<string>; rows: Row[] }[] {
  const found: { periods: Set<string>; rows: Row[] }[] = [];
  for (const row of rows) {
    const own = new Set(row.meetings.keys());
    const touching = found.filter(({ periods }) => [...own].some((period) => periods.has(period)));
    const joined = { periods: own, rows: [row] };
    for (const group of touching) {
      for (const period of group.periods) joined.periods.add(period);
      joined.rows.push(...group.rows);
      found.splice(found.indexOf(group), 1);
    }
    found.push(joined);
  }
  return found;
}

/**
 * The largest block first: a daily roll of the lower grades stands under the periods. Rows keep
 * the server's order, which knows family names; nobody's roll comes last.
 */
export function blocksOf(board: Board, meetings: readonly Meeting[], now: number): Block[] {
  const order = new Map(board.teachers.map(({ staff_id }, n) => [staff_id, n]));
  const place = ({ teacher }: Row): number => order.get(teacher.staff_id) ?? order.size;
  return groups(rowsOf(board, meetings))
    .map((group) => {
      const periods = board.periods
        .filter(({ period }) => group.periods.has(period))
        .sort((a, b) => ms(a.starts_at) - ms(b.starts_at) || a.period.localeCompare(b.period));
      const rows = group.rows.sort((a, b) => place(a) - place(b));
      return { periods, rows, now: periodNow(periods, now)?.period ?? null };
    })
    .sort((a, b) => b.rows.length * b.periods.length - a.rows.length * a.periods.length);
}

export type Filter = "missing" | "due" | "open" | "saved" | "received" | "late" | "contested";

const SHOWN_BY: Readonly<Record<Filter, readonly CellKind[]>> = {
  missing: ["missing"],
  due: ["due"],
  open: ["open"],
  saved: ["saved"],
  received: ["received", "late", "contested"],
  late: ["late"],
  contested: ["contested"],
};

export const isShownBy = (filter: Filter | null, { cell }: Meeting): boolean =>
  filter === null || SHOWN_BY[filter].includes(cell.kind);

export interface Count {
  readonly filter: Filter;
  readonly count: number;
  readonly words: string;
}

const WORDS: readonly (readonly [Filter, string])[] = [
  ["missing", t`not taken`],
  ["due", t`not yet due`],
  ["open", t`open on a tablet`],
  ["saved", t`saved on a tablet, waiting`],
  ["received", tOf("rolls")`received`],
  ["late", tOf("rolls")`late`],
  ["contested", tOf("rolls")`contested`],
];
const ALWAYS: readonly Filter[] = ["missing", "received"];

/**
 * What stands above the board to be pressed. The numbers are the cells', each roll once; late and
 * contested ones are among the received.
 */
export function countsOf(meetings: readonly Meeting[]): Count[] {
  return WORDS.map(([filter, words]) => ({
    filter,
    count: meetings.filter((one) => isShownBy(filter, one)).length,
    words,
  })).filter(({ filter, count }) => count > 0 || ALWAYS.includes(filter));
}

export interface Headline {
  readonly title: string;
  /** "Due at 9:13." where a period is running. */
  readonly due: string;
}

/** "Period 2: 31 of 38 rolls received", or the whole day's when no period is running. */
export function headlineOf(board: Board, blocks: readonly Block[], now: number): Headline {
  const main = blocks[0];
  const period = main ? periodNow(main.periods, now) : null;
  const rolls = board.rolls.filter(
    (roll) => roll.expected && (period === null || roll.period === period.period),
  );
  const received = rolls.filter(isTaken).length;
  const of = t`${received} of ${rolls.length} rolls received`;
  if (!period) return { title: of, due: "" };
  const due = clockTime(period.due_at, board.school.zone);
  return {
    title: `${period.name}: ${of}`,
    due: now <= ms(period.due_at) ? t`Due at ${due}.` : t`Was due at ${due}.`,
  };
}

/** "room 14"; a room that says what it is keeps its own words. */
export const roomWords = (room: string): string =>
  /^\d|^\p{L}\d/u.test(room) ? t`room ${room}` : room;

/** "room 14, ext. 414". */
export function whereOf({ room, extension }: TeacherPlace): string {
  const words = [room && roomWords(room), extension && t`ext. ${extension}`].filter(Boolean);
  return words.join(", ") || t`no room or extension known`;
}

/** A column's name: the code where it is short, as "2", else the period's own name. */
export const columnName = ({ period, name }: Period): string =>
  period.length <= 2 && /\d/u.test(period) ? period : name;

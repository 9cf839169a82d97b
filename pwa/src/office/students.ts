/** The grid as pure facts: rows of cells, what there is to see first, and what is chosen. */

import { ms } from "../core/dates.ts";
import type {
  Grid,
  GridApart,
  GridDayStudent,
  GridMark,
  GridRoll,
  GridSection,
  GridStudent,
  Period,
  Presence,
  Ruling,
} from "../wire.ts";

export interface Cell {
  readonly roll: GridRoll;
  readonly section: GridSection | undefined;
  readonly num: number;
  /** What stands; null: nobody said. */
  readonly presence: Presence | null;
  /** What the teacher saw. */
  readonly seen: Presence | null;
  /** What the office ruled; undefined: it did not. */
  readonly office: Presence | null | undefined;
  readonly more: GridMark | undefined;
  readonly heads: readonly string[];
  /** The absence was known before. */
  readonly ahead: boolean;
}

/** Enrolled that day, and not at the bell of this meeting. */
export type Apart = GridApart & Pick<GridRoll, "starts_at">;

export interface Row {
  readonly student: GridDayStudent;
  /** By period code; several where two sections meet at once. */
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** By period code, where she is enrolled that day and was not when the meeting began. */
  readonly apart: ReadonlyMap<string, Apart>;
}

const PRESENCES: Readonly<Record<string, Presence>> = {
  p: "present",
  l: "late",
  e: "left_early",
  a: "absent",
  w: "elsewhere",
};

function cellsOf(roll: GridRoll, section: GridSection | undefined): Cell[] {
  const odd = new Map(roll.odd.map((mark) => [mark.num, mark]));
  const ahead = new Set(roll.ahead);
  return roll.nums.map((num, at) => {
    const presence = PRESENCES[roll.presences.charAt(at)] ?? null;
    const more = odd.get(num);
    const places = more?.heads ?? (presence ? [0] : []);
    return {
      roll,
      section,
      num,
      presence,
      seen: more && "seen" in more ? (more.seen ?? null) : presence,
      office: more && "office" in more ? (more.office ?? null) : undefined,
      more,
      heads: places.flatMap((place) => roll.ops[place] ?? []),
      ahead: ahead.has(num),
    };
  });
}

/** Everybody of the day, in the order of the list that came. */
export function rowsOf(grid: Pick<Grid, "students" | "sections" | "rolls">): Row[] {
  const sections = new Map(grid.sections.map((section) => [section.section_id, section]));
  const found = new Map<number, Map<string, Cell[]>>();
  const apart = new Map<number, Map<string, Apart>>();
  for (const roll of grid.rolls) {
    for (const one of roll.apart ?? [])
      apart.set(
        one.num,
        new Map(apart.get(one.num)).set(roll.period, { ...one, starts_at: roll.starts_at }),
      );
    for (const cell of cellsOf(roll, sections.get(roll.section_id))) {
      const own = found.get(cell.num) ?? new Map<string, Cell[]>();
      own.set(roll.period, [...(own.get(roll.period) ?? []), cell]);
      found.set(cell.num, own);
    }
  }
  return grid.students.map((student) => ({
    student,
    cells: found.get(student.num) ?? new Map<string, Cell[]>(),
    apart: apart.get(student.num) ?? new Map<string, Apart>(),
  }));
}

export const fullName = ({ given_name, family_name }: GridStudent): string =>
  [given_name, family_name].filter(Boolean).join(" ");

export const isContested = ({ more }: Cell): boolean => more?.flags?.includes("contested") ?? false;
export const isSafety = ({ more }: Cell): boolean => more?.flags?.includes("safety") ?? false;
/** Absent, and nobody has said why. */
export const lacksReason = ({ presence, more, ahead }: Cell): boolean =>
  presence === "absent" && !more?.known && !ahead;
const isPart = ({ presence }: Cell): boolean => presence === "late" || presence === "left_early";
/** A roll that was due and is not here. */
export const isMissing = ({ roll }: Cell, now: number): boolean =>
  roll.expected && roll.state === "not_taken" && ms(roll.due_at) < now;

export type Kind = "absent" | "contested" | "late" | "missing";

export interface Filter {
  readonly kind: Kind | null;
  readonly grade: string | null;
  readonly teacher: string | null;
  readonly find: string;
}

export const NO_FILTER: Filter = { kind: null, grade: null, teacher: null, find: "" };

const SHOWS: Readonly<Record<Kind, (cell: Cell, now: number) => boolean>> = {
  absent: lacksReason,
  contested: isContested,
  late: isPart,
  missing: isMissing,
};

const allCells = ({ cells }: Row): Cell[] => [...cells.values()].flat();

const plain = (words: string): string =>
  words
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u02bb\u2019']/gu, "")
    .toLowerCase();

/** Whether each word of what was typed begins a part of the name. */
export function isNamed(student: GridStudent, find: string): boolean {
  const parts = plain(fullName(student)).split(/[\s-]+/u);
  const typed = plain(find).split(/\s+/u).filter(Boolean);
  return typed.every((word) => parts.some((part) => part.startsWith(word)));
}

export function isShownBy(filter: Filter, row: Row, now: number): boolean {
  const { kind, grade, teacher, find } = filter;
  if (grade !== null && row.student.grade !== grade) return false;
  if (find && !isNamed(row.student, find)) return false;
  const cells = allCells(row);
  if (teacher && !cells.some(({ section }) => section?.teacher_ids.includes(teacher))) return false;
  return kind === null || cells.some((cell) => SHOWS[kind](cell, now));
}

/** How much a student has to be looked at; the least first. */
export function weightOf(row: Row): number {
  const weights = allCells(row).map((cell) => {
    if (isSafety(cell)) return 0;
    if (isContested(cell)) return 1;
    if (lacksReason(cell)) return 2;
    if (cell.presence === "absent" || cell.office !== undefined || cell.more?.known) return 3;
    if (cell.presence !== null && cell.presence !== "present") return 4;
    return cell.ahead ? 4 : 5;
  });
  return Math.min(5, ...weights);
}

export const hasSomething = (row: Row): boolean => weightOf(row) < 5;

/** The students in the order in which they are looked at: something to see first. */
export function orderOf(rows: readonly Row[]): number[] {
  const weighed = rows.map((row, at) => ({ num: row.student.num, weight: weightOf(row), at }));
  return weighed.sort((a, b) => a.weight - b.weight || a.at - b.at).map(({ num }) => num);
}

/** The rows in a frozen order; who came since stands at the end. */
export function inOrder(rows: readonly Row[], order: readonly number[]): Row[] {
  const place = new Map(order.map((num, at) => [num, at]));
  const last = order.length;
  return [...rows].sort(
    (a, b) => (place.get(a.student.num) ?? last) - (place.get(b.student.num) ?? last),
  );
}

/** Which cell is chosen, and from where on others with it. */
export interface Chosen {
  readonly num: number;
  readonly period: string;
  readonly from: { readonly num: number; readonly period: string } | null;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Area {
  readonly rows: readonly Row[];
  readonly periods: readonly Period[];
}

export const placeOf = ({ rows, periods }: Area, at: { num: number; period: string }): Place => ({
  row: rows.findIndex(({ student }) => student.num === at.num),
  column: periods.findIndex(({ period }) => period === at.period),
});

const between = (value: number, most: number): number => Math.max(0, Math.min(most, value));

const STEPS: Readonly<Record<string, (at: Place, page: number) => Place>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }, page) => ({ row: row - page, column }),
  PageDown: ({ row, column }, page) => ({ row: row + page, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }) => ({ row, column: Number.POSITIVE_INFINITY }),
};

export interface Move {
  readonly key: string;
  /** Shift: choose everything on the way. */
  readonly extends: boolean;
  /** Control: to the first or last row. */
  readonly far: boolean;
  /** How many rows are in sight. */
  readonly page: number;
}

/** Where a key leads; null where it leads nowhere. */
export function moved(area: Area, chosen: Chosen | null, move: Move): Chosen | null {
  const step = STEPS[move.key];
  if (!step || area.rows.length === 0 || area.periods.length === 0) return null;
  const here = chosen ? placeOf(area, chosen) : { row: -1, column: 0 };
  const went = here.row < 0 ? { row: 0, column: 0 } : step(here, move.page);
  const far = move.far && (move.key === "Home" ? 0 : Number.POSITIVE_INFINITY);
  const row = between(far === false ? went.row : far, area.rows.length - 1);
  const column = between(went.column, area.periods.length - 1);
  const num = area.rows[row]?.student.num;
  const period = area.periods[column]?.period;
  if (num === undefined || period === undefined) return null;
  const from = move.extends && chosen ? (chosen.from ?? chosen) : null;
  return { num, period, from: from && { num: from.num, period: from.period } };
}

export interface Span {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Which rows and columns are chosen. */
export function spanOf(area: Area, chosen: Chosen): Span {
  const end = placeOf(area, chosen);
  const start = chosen.from ? placeOf(area, chosen.from) : end;
  const known = start.row < 0 || start.column < 0 ? end : start;
  return {
    top: Math.min(known.row, end.row),
    bottom: Math.max(known.row, end.row),
    left: Math.min(known.column, end.column),
    right: Math.max(known.column, end.column),
  };
}

/** All cells that are chosen, row by row. */
export function chosenCells(area: Area, chosen: Chosen | null): Cell[] {
  if (!chosen) return [];
  const { top, bottom, left, right } = spanOf(area, chosen);
  const periods = area.periods.slice(Math.max(0, left), right + 1);
  return area.rows
    .slice(Math.max(0, top), bottom + 1)
    .flatMap((row) => periods.flatMap(({ period }) => row.cells.get(period) ?? []));
}

/** What somebody writes about one mark or several. Fields that are left empty say nothing. */
export interface Draft {
  readonly presence: Presence | null;
  /** Minutes after the bell, of who came or left. */
  readonly minutes: number;
  readonly reason: string;
  readonly evidence: string;
  readonly note: string;
  readonly incident: string;
  readonly noticed_on: string;
  readonly beyond_cap: boolean;
  readonly why: string;
}

export const EMPTY: Draft = {
  presence: null,
  minutes: 5,
  reason: "",
  evidence: "",
  note: "",
  incident: "",
  noticed_on: "",
  beyond_cap: false,
  why: "",
};

const after = (start: string, minutes: number): string =>
  new Date(ms(start) + minutes * 60_000).toISOString();

/** The presence of a draft with its time at each meeting's own bell. */
function presenceOf({ presence, minutes }: Draft, roll: GridRoll): Partial<Ruling> {
  if (presence === null) return {};
  if (presence === "late") return { presence, arrived_at: after(roll.starts_at, minutes) };
  if (presence === "left_early") return { presence, left_at: after(roll.starts_at, minutes) };
  return { presence };
}

/** What is sent of a draft about one mark: only what is said, and what its author saw. */
export function rulingOf(cell: Cell, student_id: string, draft: Draft): Ruling {
  const words = (["evidence", "note", "incident", "noticed_on", "why"] as const).flatMap((name) => {
    const said = draft[name].trim();
    return said ? [[name, said] as const] : [];
  });
  const reason = draft.reason.trim();
  return {
    roll_id: cell.roll.roll_id,
    student_id,
    seen: [...cell.heads],
    ...presenceOf(draft, cell.roll),
    ...(reason ? { reason } : {}),
    ...Object.fromEntries(words),
    ...(draft.beyond_cap ? { beyond_cap: true } : {}),
  };
}

/** The rolls that changed in place of those that are shown, where they are newer. */
export function withRolls(grid: Grid, changed: readonly GridRoll[]): Grid {
  const news = new Map(changed.map((roll) => [roll.roll_id, roll]));
  const rolls = grid.rolls.map((roll) => {
    const found = news.get(roll.roll_id);
    return found && found.seq >= roll.seq ? found : roll;
  });
  return { ...grid, rolls };
}

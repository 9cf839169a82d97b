/** Many marks at once: whom somebody means, in which periods, and what a look at it says. */

import { ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Choosable, Presence, Ruled, Ruling } from "../wire.ts";
import { type Cell, type Draft, fullName, isNamed, type Row, rulingOf } from "./students.ts";

export interface Preset {
  readonly name: string;
  readonly words: string;
  readonly presence: Presence;
  /** Where the code of this preset says that the student was. */
  readonly where: Choosable["where"] | null;
  readonly why: string;
  /** A time of day is asked for: when they came or left. */
  readonly timed: boolean;
}

export const PRESETS: readonly Preset[] = [
  {
    name: "bus",
    words: t`Bus late`,
    presence: "late",
    where: null,
    why: t`The bus was late`,
    timed: true,
  },
  {
    name: "trip",
    words: t`Field trip`,
    presence: "elsewhere",
    where: "off_site_supervised",
    why: t`On a field trip`,
    timed: false,
  },
  {
    name: "noon",
    words: t`School closed early`,
    presence: "left_early",
    where: null,
    why: t`School closed early`,
    timed: true,
  },
  {
    name: "testing",
    words: t`Testing`,
    presence: "elsewhere",
    where: "on_site",
    why: t`Testing`,
    timed: false,
  },
];

/** The code that a preset suggests: the first of those somebody may set that says so. */
export const suggested = (preset: Preset, codes: readonly Choosable[]): string =>
  codes.find(
    ({ yours, where, marks, special }) =>
      yours && where === preset.where && marks.includes(preset.presence) && !special,
  )?.code ?? "";

export type Whom =
  | { readonly by: "section"; readonly section_id: string }
  | { readonly by: "grade"; readonly grade: string }
  | { readonly by: "names"; readonly names: string };

export interface Found {
  readonly rows: readonly Row[];
  /** What was typed that names nobody, or several. */
  readonly unclear: readonly string[];
}

function byNames(rows: readonly Row[], names: string): Found {
  const lines = names.split(/[\n;]/u).map((one) => one.trim());
  const found = new Map<number, Row>();
  const unclear: string[] = [];
  for (const line of lines.filter(Boolean)) {
    const fit = rows.filter(({ student }) => isNamed(student, line));
    const [only] = fit;
    if (fit.length === 1 && only) found.set(only.student.num, only);
    else if (fit.length === 0) unclear.push(t`Nobody here is named “${line}”.`);
    else unclear.push(t`“${line}” fits ${fit.length} students. Write more of the name.`);
  }
  return { rows: [...found.values()], unclear };
}

export function found(rows: readonly Row[], whom: Whom): Found {
  if (whom.by === "names") return byNames(rows, whom.names);
  const fits = (row: Row): boolean =>
    whom.by === "grade"
      ? row.student.grade === whom.grade
      : [...row.cells.values()].flat().some(({ roll }) => roll.section_id === whom.section_id);
  return { rows: rows.filter(fits), unclear: [] };
}

export interface Bulk {
  readonly whom: Whom;
  readonly periods: readonly string[];
  readonly draft: Draft;
  /** When they came or left; null where that is not asked for. */
  readonly at: number | null;
  /** Why they missed whole meetings before or after it; empty: nothing is said of those. */
  readonly whole: string;
}

const runs = ({ roll }: Cell, at: number): boolean =>
  ms(roll.starts_at) <= at && at < ms(roll.ends_at);

/** Over before they came, or not begun when they left, and nobody says that they were there. */
function isMissedWhole({ roll, presence }: Cell, { at, draft }: Omit<Bulk, "whom">): boolean {
  if (at === null || (presence !== null && presence !== "absent")) return false;
  return draft.presence === "late" ? ms(roll.ends_at) <= at : ms(roll.starts_at) >= at;
}

/** The marks that are meant: expected meetings; of those who came or left, the one under way, and
 * those missed whole where a reason for them is given. */
export function bulkCells(rows: readonly Row[], bulk: Omit<Bulk, "whom">): Cell[] {
  const { periods, at, whole } = bulk;
  const isMeant = (cell: Cell): boolean =>
    at === null || runs(cell, at) || (whole !== "" && isMissedWhole(cell, bulk));
  return rows.flatMap(({ cells }) =>
    periods
      .flatMap((period) => cells.get(period) ?? [])
      .filter((cell) => cell.roll.expected && isMeant(cell)),
  );
}

/** What is said of one mark: of a meeting missed whole no presence, only why (V2). */
function draftOf(cell: Cell, { draft, at, whole }: Bulk): Draft {
  if (at === null) return draft;
  if (!runs(cell, at)) return { ...draft, presence: null, reason: whole };
  return { ...draft, minutes: minutesAt(cell, at) };
}

const minutesAt = (cell: Cell, at: number): number =>
  Math.max(1, Math.round((at - ms(cell.roll.starts_at)) / 60_000));

export function bulkRulings(rows: readonly Row[], bulk: Bulk): Ruling[] {
  const chosen = found(rows, bulk.whom).rows;
  const ids = new Map(chosen.map(({ student }) => [student.num, student.student_id]));
  return bulkCells(chosen, bulk).map((cell) =>
    rulingOf(cell, ids.get(cell.num) ?? "", draftOf(cell, bulk)),
  );
}

export interface Group {
  readonly says: string;
  readonly names: readonly string[];
}

/** What a look said, equal sentences together: first what would be made, then what would not. */
export function grouped(ruled: Ruled, rows: readonly Row[]): { made: Group[]; not: Group[] } {
  const names = new Map(rows.map(({ student }) => [student.student_id, fullName(student)]));
  const of = (made: boolean): Group[] => {
    const groups = new Map<string, Set<string>>();
    for (const line of ruled.lines.filter((one) => one.made === made)) {
      const known = groups.get(line.says) ?? new Set<string>();
      groups.set(line.says, known.add(names.get(line.student_id) ?? t`A student`));
    }
    return [...groups].map(([says, who]) => ({ says, names: [...who] }));
  };
  return { made: of(true), not: of(false) };
}

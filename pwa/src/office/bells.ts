/** A bell schedule being written: its rows, and what is wrong with them in words. */

import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { BellSchedule, BellSlot, ChangeSchedule } from "../wire.ts";
import { bellTime } from "./calendar-words.ts";

/** As it was typed; `key` keeps a row's place while others come and go. */
export interface Row extends BellSlot {
  readonly key: number;
}

export interface BellsDraft {
  readonly name: string;
  readonly rows: readonly Row[];
  /** Whether it is a new one: only then has it a name to write. */
  readonly isNew: boolean;
  /** The bells that it began with: what overlapped in them was meant. */
  readonly was: readonly BellSlot[];
}

export const MOST_ROWS = 40;

const emptyRow = (key: number): Row => ({
  key,
  period: "",
  name: "",
  starts_time: "",
  ends_time: "",
});

export const NEW_BELLS: BellsDraft = { name: "", rows: [emptyRow(0)], isNew: true, was: [] };

export const draftOf = ({ schedule, periods }: BellSchedule): BellsDraft => ({
  name: schedule,
  rows: inTheirOrder(periods).map((slot, key) => ({ ...slot, key })),
  isNew: false,
  was: periods,
});

/** A new one that begins with another's bells. */
export const copyOf = (of: BellSchedule): BellsDraft => ({
  ...draftOf(of),
  name: "",
  isNew: true,
});

export const inTheirOrder = <Slot extends BellSlot>(slots: readonly Slot[]): Slot[] =>
  [...slots].sort((a, b) => a.starts_time.localeCompare(b.starts_time));

const isBlank = ({ period, name, starts_time, ends_time }: BellSlot): boolean =>
  !(period.trim() || name.trim() || starts_time || ends_time);

export function withRow(draft: BellsDraft): BellsDraft {
  const key = Math.max(-1, ...draft.rows.map((row) => row.key)) + 1;
  return { ...draft, rows: [...draft.rows, emptyRow(key)] };
}

export const withoutRow = (draft: BellsDraft, key: number): BellsDraft => ({
  ...draft,
  rows: draft.rows.filter((row) => row.key !== key),
});

export const changed = (draft: BellsDraft, key: number, some: Partial<BellSlot>): BellsDraft => ({
  ...draft,
  rows: draft.rows.map((row) => (row.key === key ? { ...row, ...some } : row)),
});

const called = ({ period, name }: BellSlot, place: number): string =>
  name.trim() || (period.trim() ? t`Period ${period.trim()}` : t`Row ${place + 1}`);

/** What one row lacks. */
function rowMissing(row: Row, place: number): string | null {
  const who = called(row, place);
  if (!row.period.trim())
    return t`${who} has no period: write 1, 2, or what the timetable calls it.`;
  if (!row.name.trim()) return t`${who} has no name: write what people call it, like Period 1.`;
  if (!row.starts_time) return t`${who} has no start: write a time of day.`;
  if (!row.ends_time) return t`${who} has no end: write a time of day.`;
  if (row.ends_time <= row.starts_time)
    return t`${who} ends at ${bellTime(row.ends_time)}, not after it starts at ${bellTime(row.starts_time)}.`;
  return null;
}

function twice(rows: readonly Row[]): string | null {
  const seen = new Set<string>();
  for (const { period } of rows) {
    const code = period.trim();
    if (seen.has(code)) return t`Two rows are period ${code}: each period rings once a day.`;
    seen.add(code);
  }
  return null;
}

/** What has to be put right before it is sent; null: nothing. */
export function missingOf(draft: BellsDraft, others: readonly string[]): string | null {
  const rows = draft.rows.filter((row) => !isBlank(row));
  const name = draft.name.trim();
  if (!name) return t`What is it called? Write a name, like Minimum day.`;
  if (draft.isNew && others.includes(name))
    return t`There is a bell schedule called ${name} already. Choose another name, or edit that one.`;
  if (rows.length === 0) return t`There are no bells yet. Write at least one period.`;
  if (rows.length > MOST_ROWS) return t`At most ${MOST_ROWS} periods; there are ${rows.length}.`;
  const missing = draft.rows.map((row, place) => (isBlank(row) ? null : rowMissing(row, place)));
  return missing.find((one) => one !== null) ?? twice(rows);
}

const overlap = (a: BellSlot, b: BellSlot): boolean =>
  a.starts_time < b.ends_time && b.starts_time < a.ends_time;

/** Whether two periods rang into one another before anything was written here. */
function didOverlap(was: readonly BellSlot[], a: BellSlot, b: BellSlot): boolean {
  const of = (slot: BellSlot) => was.find(({ period }) => period === slot.period.trim());
  const [one, other] = [of(a), of(b)];
  return one !== undefined && other !== undefined && overlap(one, other);
}

/** Periods that newly ring into one another: right where two lunches alternate, else a slip. */
export function overlapsOf({ rows, was }: BellsDraft): string[] {
  const whole = inTheirOrder(rows.filter((row, place) => !isBlank(row) && !rowMissing(row, place)));
  return whole.flatMap((row, n) => {
    const earlier = whole.slice(0, n);
    const before = earlier.find((one) => overlap(one, row) && !didOverlap(was, one, row));
    if (!before) return [];
    const [starts, ends] = [bellTime(row.starts_time), bellTime(before.ends_time)];
    return [
      t`${row.name.trim()} starts at ${starts}, before ${before.name.trim()} ends at ${ends}.`,
    ];
  });
}

/** What to ask of the server. */
export const changeOf = ({ name, rows }: BellsDraft): ChangeSchedule => ({
  type: "schedule",
  schedule: name.trim(),
  periods: inTheirOrder(rows)
    .filter((row) => !isBlank(row))
    .map(({ period, name: word, starts_time, ends_time }) => ({
      period: period.trim(),
      name: word.trim(),
      starts_time,
      ends_time,
    })),
});

/** "8:00 to 8:50". */
export const slotWords = ({ starts_time, ends_time }: BellSlot): string =>
  t`${bellTime(starts_time)} to ${bellTime(ends_time)}`;

/** How often it rings from today on. */
export const usedWords = ({ dates }: BellSchedule): string =>
  dates === 0 ? t`On no date from today on.` : t`On ${plural(dates, "date")} from today on.`;

/** A bell schedule as one sentence, for somebody whose change came second. */
export function bellsSentence({ schedule, periods }: BellSchedule): string {
  const all = inTheirOrder(periods).map((slot) => `${slot.name} ${slotWords(slot)}`);
  return `${schedule}: ${all.join(", ") || t`no bells`}.`;
}

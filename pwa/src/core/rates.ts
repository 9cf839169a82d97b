/** Rolls counted by how they met their deadlines: shares, percents, weeks, trends (rules B5). */

import type { Rate } from "../wire.ts";

/** The ways in which a roll whose time has come counts, the best first. */
export const PARTS = ["on_time", "delivered_later", "late", "unproven", "not_taken"] as const;
export type Part = (typeof PARTS)[number];

export const NOTHING: Rate = {
  on_time: 0,
  delivered_later: 0,
  late: 0,
  unproven: 0,
  not_taken: 0,
  pending: 0,
};

export const dueOf = (rate: Rate): number => PARTS.reduce((sum, part) => sum + rate[part], 0);
export const inTimeOf = (rate: Rate): number => rate.on_time + rate.delivered_later;
export const receivedOf = (rate: Rate): number => dueOf(rate) - rate.not_taken;

/** Both together. */
export function added(a: Rate, b: Rate): Rate {
  return {
    on_time: a.on_time + b.on_time,
    delivered_later: a.delivered_later + b.delivered_later,
    late: a.late + b.late,
    unproven: a.unproven + b.unproven,
    not_taken: a.not_taken + b.not_taken,
    pending: a.pending + b.pending,
  };
}

/** The nearest whole percent, but 100 only of all and 0 only of none; of nothing there is none. */
export function percent(part: number, whole: number): number | null {
  if (whole === 0) return null;
  if (part === 0 || part === whole) return part === 0 ? 0 : 100;
  const nearest = Math.floor((200 * part + whole) / (2 * whole));
  return Math.min(99, Math.max(1, nearest));
}

/** "97%"; a dash where nothing was due. */
export function percentWords(part: number, whole: number): string {
  const found = percent(part, whole);
  return found === null ? "–" : `${found}%`;
}

/** A stretch of the chart and of its table: a day or a week. */
export interface Stretch {
  /** The day, or the week's Monday. */
  readonly on: string;
  readonly partial: boolean;
  readonly rate: Rate;
}

const DAY_MS = 86_400_000;

/** The Monday of a date's week. */
export function weekOf(on: string): string {
  const at = Date.parse(`${on}T12:00:00Z`);
  const back = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - back * DAY_MS).toISOString().slice(0, 10);
}

/** Days added up by their weeks; a week with a partial day is partial. */
export function weeksOf(days: readonly Stretch[]): Stretch[] {
  const weeks = new Map<string, Stretch>();
  for (const { on, partial, rate } of days) {
    const week = weekOf(on);
    const known = weeks.get(week) ?? { on: week, partial: false, rate: NOTHING };
    weeks.set(week, {
      on: week,
      partial: known.partial || partial,
      rate: added(known.rate, rate),
    });
  }
  return [...weeks.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** Up to so many stretches together, ending at each: the trend, from counts and not from percents. */
export function running(stretches: readonly Stretch[], count: number): Rate[] {
  return stretches.map((_, end) =>
    stretches
      .slice(Math.max(0, end + 1 - count), end + 1)
      .reduce((sum, { rate }) => added(sum, rate), NOTHING),
  );
}

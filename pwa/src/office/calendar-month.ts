/** A month as weeks, and where a key leads in it (the ARIA grid of dates). Dates are school dates. */

import { daysOn } from "../core/dates.ts";

const WEEK = 7;

const MONTH = /^\d{4}-\d{2}$/u;
const DATE = /^\d{4}-\d{2}-\d{2}$/u;

export const isMonth = (part: string): boolean => MONTH.test(part);

export const isDate = (part: string): boolean => DATE.test(part) && !Number.isNaN(Date.parse(part));

/** "2026-11" of "2026-11-24". */
export const monthOf = (on: string): string => on.slice(0, 7);

export const firstOf = (month: string): string => `${month}-01`;

/** 0 is Sunday. */
export const weekdayOf = (on: string): number => new Date(`${on}T12:00:00Z`).getUTCDay();

export const isWeekend = (on: string): boolean => weekdayOf(on) % 6 === 0;

/** The weeks that a month touches, Sunday first, with the days of its neighbours. */
export function weeksOf(month: string): string[][] {
  const first = firstOf(month);
  const weeks: string[][] = [];
  for (
    let sunday = daysOn(first, -weekdayOf(first));
    monthOf(sunday) <= month;
    sunday = daysOn(sunday, WEEK)
  )
    weeks.push(Array.from({ length: WEEK }, (_, n) => daysOn(sunday, n)));
  return weeks;
}

/** The first and the last date that a month's page shows. */
export function reachOf(month: string): readonly [from: string, to: string] {
  const days = weeksOf(month).flat();
  return [days[0] ?? firstOf(month), days.at(-1) ?? firstOf(month)];
}

/** The same day so many months on, or the last that the month has. */
export function monthsOn(on: string, months: number): string {
  const [year = 0, month = 1, day = 1] = on.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1, 12));
  const last = new Date(Date.UTC(year, month + months, 0, 12)).getUTCDate();
  return `${first.toISOString().slice(0, 7)}-${String(Math.min(day, last)).padStart(2, "0")}`;
}

/** Where a key leads from a date; null where it means nothing here. */
export function keyTo(key: string, on: string, shift = false): string | null {
  switch (key) {
    case "ArrowLeft":
      return daysOn(on, -1);
    case "ArrowRight":
      return daysOn(on, 1);
    case "ArrowUp":
      return daysOn(on, -WEEK);
    case "ArrowDown":
      return daysOn(on, WEEK);
    case "Home":
      return daysOn(on, -weekdayOf(on));
    case "End":
      return daysOn(on, WEEK - 1 - weekdayOf(on));
    case "PageUp":
      return monthsOn(on, shift ? -12 : -1);
    case "PageDown":
      return monthsOn(on, shift ? 12 : 1);
    default:
      return null;
  }
}

/** The dates from one to another, both with, Monday to Friday; the first one whatever it is. */
export function schoolWeekdays(from: string, to: string): string[] {
  const days: string[] = [from];
  for (let on = daysOn(from, 1); on <= to; on = daysOn(on, 1)) if (!isWeekend(on)) days.push(on);
  return days;
}

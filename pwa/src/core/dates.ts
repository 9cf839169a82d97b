/**
 * Instants and school dates as the school's zone shows them, in the language of the page. All
 * instants are ISO 8601 in UTC.
 */

import { dateTag } from "./t.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(
  zone: string,
  options: Intl.DateTimeFormatOptions,
  tag = dateTag(),
): Intl.DateTimeFormat {
  const key = `${tag} ${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tag, { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

export const ms = (instant: string): number => Date.parse(instant);

export const instant = (at: number): string => new Date(Math.trunc(at)).toISOString();

/** The school date at an instant, "2026-11-23". */
export function schoolDate(at: number, zone: string): string {
  const format = formatOf(zone, { year: "numeric", month: "2-digit", day: "2-digit" }, "en-US");
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

/** "8:15", as the school writes it: no seconds, no AM or PM. */
export function clockTime(at: string | number, zone: string): string {
  const when = typeof at === "string" ? ms(at) : at;
  const format = formatOf(zone, { hour: "numeric", minute: "2-digit" }, "en-US");
  return format.format(when).replace(/\s?[AP]M$/u, "");
}

const noon = (on: string): number => ms(`${on}T12:00:00Z`);

/** "Monday, November 23". */
export function longDate(on: string): string {
  return formatOf("UTC", { weekday: "long", month: "long", day: "numeric" }).format(noon(on));
}

/** "Nov 20". */
export function shortDate(on: string): string {
  return formatOf("UTC", { month: "short", day: "numeric" }).format(noon(on));
}

/** "Fri". */
export function shortDay(on: string): string {
  return formatOf("UTC", { weekday: "short" }).format(noon(on));
}

/** "Friday". */
export function weekday(on: string): string {
  return formatOf("UTC", { weekday: "long" }).format(noon(on));
}

/** "November 2026". */
export function monthWords(on: string): string {
  return formatOf("UTC", { month: "long", year: "numeric" }).format(noon(on));
}

/** So many days later; earlier where negative. */
export function daysOn(on: string, days: number): string {
  return instant(noon(on) + days * 86_400_000).slice(0, 10);
}

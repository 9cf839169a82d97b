/** The time machine: which instant is looked at, and the steps to and fro. Pure but for the zone. */

import { clockTime, ms, schoolDate, shortDate } from "../core/dates.ts";

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/u;

/** The instant of an address, or null where there is none that can be read. */
export function readInstant(text: string | undefined): string | null {
  if (!text || !INSTANT.test(text) || Number.isNaN(ms(text))) return null;
  return new Date(ms(text)).toISOString();
}

/** "08:05" on the school's clock, as a field for times takes it. */
export function fieldTime(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  });
  return format.format(at);
}

/** The first moment of a minute of that day: when somebody came or left at this time. */
export function minuteAt(on: string, time: string, zone: string): string | null {
  const wanted = ms(`${on}T${time}:00Z`);
  if (Number.isNaN(wanted)) return null;
  const shown = (at: number) => ms(`${schoolDate(at, zone)}T${fieldTime(at, zone)}:00Z`);
  const near = wanted + (wanted - shown(wanted));
  const exact = near + (wanted - shown(near));
  return new Date(exact).toISOString();
}

/** The last moment of a minute of that day: all that carries this time is known by then. */
export function instantAt(on: string, time: string, zone: string): string | null {
  const first = minuteAt(on, time, zone);
  return first && new Date(ms(first) + 59_999).toISOString();
}

/** The instants at which something became known, each once, in order. */
export const stepsOf = (instants: readonly (string | null)[]): string[] => {
  const known = instants
    .filter((one) => one !== null)
    .map((one) => new Date(ms(one)).toISOString());
  return [...new Set(known)].sort();
};

/** The step before or after an instant; null where there is none. */
export function stepFrom(steps: readonly string[], at: string, step: 1 | -1): string | null {
  if (step > 0) return steps.find((one) => one > at) ?? null;
  return steps.findLast((one) => one < at) ?? null;
}

/** "10:15", with the date where it is not the day that is shown. */
export function knownAtWords(at: string, on: string, zone: string): string {
  const date = schoolDate(ms(at), zone);
  const time = clockTime(at, zone);
  return date === on ? time : `${shortDate(date)}, ${time}`;
}

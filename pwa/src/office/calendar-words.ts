/** What the calendar says, in words: of a band of grades, of a date, of a cell. */

import { longDate } from "../core/dates.ts";
import { numberWords, t } from "../core/t.ts";
import { voidWords } from "../core/void.ts";
import { plural } from "../core/words.ts";
import type { CalendarBand, CalendarDate, DayKind, DayMeeting, Timetable } from "../wire.ts";
import { capital, listed } from "./words.ts";

export const EVERYBODY = "*";

const KINDS: Readonly<Record<DayKind, string>> = {
  instructional: t`school day`,
  make_up: t`make-up day`,
  holiday: t`holiday`,
  closed: t`school closed`,
  emergency: t`emergency closure`,
};

export const KIND_CHOICES = (Object.keys(KINDS) as DayKind[]).map((kind) => ({
  value: kind,
  words: capital(KINDS[kind]),
}));

export const kindWords = (kind: DayKind): string => KINDS[kind];

export const isSchool = (kind: DayKind): boolean => kind === "instructional" || kind === "make_up";

/** "14:05" as the school writes it: "2:05". */
export function bellTime(time: string): string {
  const [hours = 0, minutes = "00"] = time.split(":").map((part, n) => (n ? part : Number(part)));
  return `${((Number(hours) + 11) % 12) + 1}:${minutes}`;
}

/** "everybody", "grade 6", "grades 6, 7 and 8". */
export function gradesWords(grades: string): string {
  if (grades === EVERYBODY) return t`everybody`;
  const all = grades.split(",").map((grade) => grade.trim());
  return all.length === 1 ? t`grade ${listed(all)}` : t`grades ${listed(all)}`;
}

/** The bells that are rung on most days to come: they need no words. */
export const usualBells = ({ schedules }: Pick<Timetable, "schedules">): string | null =>
  [...schedules].sort((a, b) => b.dates - a.dates)[0]?.schedule ?? null;

/** The word for everybody, else for the first band of grades; undefined: not on the calendar. */
export const mainBand = (bands: readonly CalendarBand[]): CalendarBand | undefined =>
  bands.find(({ grades }) => grades === EVERYBODY) ?? bands[0];

/** "Regular bells", "Minimum day": a bell schedule after its kind of day. */
const bellsWords = (schedule: string | null): string => (schedule ? t`${schedule} bells` : "");

/** "school day, Minimum day bells, A day, school ends at 12:00, “Fair”". */
export function bandWords(band: CalendarBand): string {
  const closes = band.closed_from_time && t`school ends at ${bellTime(band.closed_from_time)}`;
  return [
    kindWords(band.kind),
    isSchool(band.kind) && bellsWords(band.schedule),
    band.day_label && t`${band.day_label} day`,
    closes,
    band.note?.toLowerCase() !== kindWords(band.kind) && band.note && `“${band.note}”`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** "Everybody: school day, Regular bells." for each band; a date that is not listed has no school. */
export function bandSentences(bands: readonly CalendarBand[]): string[] {
  if (bands.length === 0) return [t`Not on the calendar: no school, and no meetings.`];
  return bands.map((band) => `${capital(gradesWords(band.grades))}: ${bandWords(band)}.`);
}

/** Why no roll is expected, at the end of a sentence: "holiday, Thanksgiving", "Assembly". */
export function unexpectedReason(of: Pick<DayMeeting, "void_reason" | "void_note">): string {
  const { void_reason, void_note } = of;
  if (void_reason === null) return t`the calendar says so`;
  const words = voidWords(void_reason, void_note);
  return void_note && void_note !== words ? `${words}, ${void_note}` : words;
}

/** How far a date's rolls are; null where none is expected. */
export function rollsWords(date: CalendarDate, today: string): string | null {
  const { expected, taken, late, on } = date;
  if (expected === 0) return null;
  if (on > today) return t`${plural(expected, "roll")} expected`;
  const missing = on < today ? expected - taken : late;
  const said = [t`${taken} of ${plural(expected, "roll")} taken`];
  if (missing > 0) said.push(t`${missing} not taken`);
  return said.join(", ");
}

/** A whole cell for a screen reader. */
export function dateWords(on: string, date: CalendarDate | undefined, today: string): string {
  const day = on === today ? t`${longDate(on)}, today` : longDate(on);
  if (!date) return day;
  const bands = date.bands.map(({ grades, ...band }, _n, all) =>
    all.length > 1
      ? `${gradesWords(grades)}: ${bandWords({ grades, ...band })}`
      : bandWords({ grades, ...band }),
  );
  const what = bands.length > 0 ? bands : [t`no school on the calendar`];
  return [day, ...what, rollsWords(date, today)].filter(Boolean).join(", ");
}

/** "18 school days, 4,320 rolls expected": a month in a line. */
export function monthLead(dates: readonly CalendarDate[]): string {
  const days = dates.filter(({ bands }) => bands.some(({ kind }) => isSchool(kind)));
  const rolls = dates.reduce((sum, { expected }) => sum + expected, 0);
  if (days.length === 0) return t`No school day on the calendar.`;
  return t`${plural(days.length, "school day")}, ${numberWords(rolls)} rolls expected.`;
}

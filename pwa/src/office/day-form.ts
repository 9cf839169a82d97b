/** What an office writes about a date: for whom, what kind of day, which bells. */

import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { CalendarBand, ChangeDay, DayKind, Timetable } from "../wire.ts";
import { schoolWeekdays } from "./calendar-month.ts";
import { EVERYBODY, gradesWords, isSchool, kindWords, mainBand } from "./calendar-words.ts";

const MOST_DATES = 200;

export interface DayDraft {
  /** Which grades; all of them where none is chosen. */
  readonly isForAll: boolean;
  readonly grades: ReadonlySet<string>;
  readonly kind: DayKind;
  readonly schedule: string;
  readonly label: string;
  readonly note: string;
  /** School ends then; empty: with its bells. */
  readonly closed: string;
  /** The last of several dates that shall be the same; empty: this one alone. */
  readonly through: string;
}

/** The draft that says of a band what it is already. */
export function draftOf(band: CalendarBand | undefined, usual: string | null): DayDraft {
  const grades = band?.grades ?? EVERYBODY;
  return {
    isForAll: grades === EVERYBODY,
    grades: new Set(grades === EVERYBODY ? [] : grades.split(",")),
    kind: band?.kind ?? "instructional",
    schedule: band?.schedule ?? usual ?? "",
    label: band?.day_label ?? "",
    note: band?.note ?? "",
    closed: band?.closed_from_time ?? "",
    through: "",
  };
}

/** The band that a draft is about, in the order of the school's grades. */
export const bandOf = ({ isForAll, grades }: DayDraft, all: readonly string[]): string =>
  isForAll ? EVERYBODY : all.filter((grade) => grades.has(grade)).join(",");

/** The draft for other grades: what the calendar says of them, where it says something. */
export function forGrades(
  draft: DayDraft,
  bands: readonly CalendarBand[],
  all: readonly string[],
  usual: string | null,
): DayDraft {
  const known = bands.find(({ grades }) => grades === bandOf(draft, all));
  if (!known) return draft;
  return { ...draftOf(known, usual), isForAll: draft.isForAll, grades: draft.grades };
}

/** What is missing, as a sentence; null where it can be sent. */
export function missingOf(draft: DayDraft, on: string): string | null {
  if (!draft.isForAll && draft.grades.size === 0) return t`For whom? Choose a grade, or everybody.`;
  if (isSchool(draft.kind) && !draft.schedule)
    return t`Which bells? Choose the bell schedule of that day.`;
  if (draft.through && draft.through < on)
    return t`Until when? The last of the days lies before the first.`;
  const dates = datesOf(draft, on).length;
  if (dates > MOST_DATES)
    return t`That is ${plural(dates, "day")}; at most ${MOST_DATES} at a time.`;
  return null;
}

export const datesOf = ({ through }: DayDraft, on: string): string[] =>
  through ? schoolWeekdays(on, through) : [on];

/** What to ask of the server. A day without school has neither bells nor an early end. */
export function changesOf(draft: DayDraft, on: string, timetable: Timetable): ChangeDay[] {
  const { kind, schedule, label, note, closed } = draft;
  const school = isSchool(kind);
  return datesOf(draft, on).map((date) => ({
    type: "day",
    on: date,
    grades: bandOf(draft, timetable.grades),
    kind,
    schedule: school ? schedule : null,
    day_label: (school && label.trim()) || null,
    note: note.trim() || null,
    closed_from_time: (school && closed) || null,
  }));
}

/** "Minimum day", "holiday": what the button says it will make of the day. */
export function becomesWords(draft: DayDraft): string {
  const what = isSchool(draft.kind) && draft.schedule ? draft.schedule : kindWords(draft.kind);
  const whom = draft.isForAll ? "" : t` for ${gradesWords([...draft.grades].join(","))}`;
  return `${what}${whom}`;
}

/** The band that a form begins with. */
export const firstBand = (bands: readonly CalendarBand[]): CalendarBand | undefined =>
  mainBand(bands);

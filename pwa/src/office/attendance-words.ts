/** Attendance in words: pure, all of this part's sentences in one place. */

import { longDate, shortDate } from "../core/dates.ts";
import { percentWords } from "../core/rates.ts";
import { numberWords, t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type {
  Attendance,
  ChronicAbsence,
  DateAttendance,
  DayTotals,
  Ratio,
  SessionCount,
  SessionTotals,
  SlotAttendance,
  StudentAttendance,
  StudentDate,
} from "../wire.ts";
import { listed } from "./words.ts";

const TIERS: Readonly<Record<string, string>> = {
  fine: t`Below the measure`,
  at_risk: t`At risk`,
  moderate: t`Chronic, moderate`,
  persistent: t`Persistent`,
  severe: t`Chronic, severe`,
};

/** "Chronic, severe"; with too few days there is nothing to say. */
export const tierWords = ({ tier }: ChronicAbsence): string =>
  tier === null ? t`Too few days` : (TIERS[tier] ?? tier.replaceAll("_", " "));

/** "17 of 180 absent", exactly as it is measured. */
export const absentWords = ({ absent, expected, share }: ChronicAbsence): string =>
  share === null ? "" : t`${absent} of ${expected} absent`;

/** "17/180", exactly. */
export const ratioWords = (ratio: Ratio | null): string =>
  ratio === null ? "–" : `${numberWords(ratio.top)}/${ratio.bottom}`;

/** "27.25", rounded for reading; the exact share stands beside it. */
export const decimalWords = (ratio: Ratio | null): string =>
  ratio === null ? "–" : (ratio.top / ratio.bottom).toFixed(2);

/** "94%" of days attended. */
export const shareWords = (days: DayTotals): string => percentWords(days.attended, days.expected);

/** "94%" of sessions attended. */
export const sessionShare = ({ attended, possible }: SessionTotals): string =>
  percentWords(attended, possible);

/** What a stretch of dates came to, in days or in sessions: what is drawn and listed. */
export interface Sums {
  readonly known: number;
  readonly attended: number;
  readonly absent: number;
  readonly excused: number;
  readonly unexcused: number;
  readonly pending: number;
  /** Days without any roll; sessions of which no roll speaks are counted nowhere. */
  readonly undetermined: number;
}

/** By sessions where a school counts in them, else by days. */
export function sumsOf({ days, sessions }: Pick<DateAttendance, "days" | "sessions">): Sums {
  if (!sessions) return { ...days, known: days.expected };
  const { possible, authorised, unauthorised } = sessions;
  const same = { excused: authorised, unexcused: unauthorised };
  return { ...sessions, ...same, known: possible, undetermined: days.undetermined };
}

export const sumsShare = ({ attended, known }: Sums): string => percentWords(attended, known);

/** "Morning", where the period is half a day. */
export const slotName = (period: string, inSessions: boolean): string =>
  inSessions ? (period === "AM" ? t`Morning` : t`Afternoon`) : period;

/** "AM /, PM U", where a school counts in sessions; a register not taken is none. */
export const sessionWords = ({ sessions }: StudentDate): string => {
  const [morning, afternoon] = sessions;
  if (morning === undefined || afternoon === undefined) return "";
  return t`AM ${morning ?? t`not taken`}, PM ${afternoon ?? t`not taken`}`;
};

/** "1,204 days attended of 1,260: 95%" */
export function attendanceTitle({ days, sessions }: Attendance): string {
  if (sessions && sessions.possible > 0) {
    const of = numberWords(sessions.possible);
    return t`${sessionShare(sessions)} attended of ${of} sessions`;
  }
  if (days.expected === 0) return t`No day is known yet`;
  const of = numberWords(days.expected);
  return t`${shareWords(days)} attended of ${of} student days`;
}

/** Between which days, and how much of it nobody knows. */
export function attendanceLead({ from, to, days, days_taught }: Attendance): string {
  const span = from === to ? longDate(from) : t`${shortDate(from)} to ${shortDate(to)}`;
  const unknown =
    days.undetermined > 0
      ? t` Of ${numberWords(days.undetermined)} student days there is no roll: they count nowhere.`
      : "";
  return t`${span}, ${plural(days_taught, "day")} taught.${unknown}`;
}

/** "Average daily attendance 27.25, exactly 109/4." */
export const adaWords = ({ ada }: Attendance): string =>
  ada === null
    ? t`No day was taught, so there is no average.`
    : t`Average daily attendance ${decimalWords(ada)}, exactly ${ratioWords(ada)}.`;

export const nameOf = ({ family_name, given_name }: StudentAttendance): string =>
  [family_name, given_name].filter(Boolean).join(", ");

/** "6 h 40 min" */
export function minutesWords(minutes: number): string {
  if (minutes < 60) return t`${minutes} min`;
  const rest = minutes % 60;
  return rest === 0
    ? `${Math.floor(minutes / 60)} h`
    : t`${Math.floor(minutes / 60)} h ${rest} min`;
}

/** What a date counted as, in a word or two. */
const COUNTS: Readonly<Record<StudentDate["counts_as"], string>> = {
  attended: t`Present`,
  in_school_suspension: t`In-school suspension`,
  study: t`Independent study`,
  study_incomplete: t`Study not completed`,
  excused: t`Absent, excused`,
  unexcused: t`Absent, unexcused`,
  pending: t`Absent, waiting for a reason`,
  suspension: t`Suspended`,
  undetermined: t`Not taken`,
  not_expected: t`Not expected`,
};

export const countsWords = ({ counts_as, outcome }: StudentDate): string =>
  counts_as === "attended" && outcome === "part_day" ? t`Present in part` : COUNTS[counts_as];

/** The kinds of a heat map's cells, from white paper to solid ink. */
export type Shade = "present" | "part" | "excused" | "pending" | "unexcused" | "unknown" | "other";

const SHADES: Partial<Record<StudentDate["counts_as"], Shade>> = {
  excused: "excused",
  study_incomplete: "unexcused",
  unexcused: "unexcused",
  suspension: "excused",
  pending: "pending",
  undetermined: "unknown",
  not_expected: "other",
};

export function shadeOf({ counts_as, outcome }: StudentDate): Shade {
  const shade = SHADES[counts_as];
  if (shade) return shade;
  return outcome === "part_day" ? "part" : "present";
}

const HALVES: Readonly<Record<SessionCount, Shade>> = {
  attended: "present",
  authorised: "excused",
  unauthorised: "unexcused",
  pending: "pending",
};

/** A morning and an afternoon; none where days are counted. What is not possible has no ink. */
export const halvesOf = ({ halves, sessions }: StudentDate): Shade[] =>
  halves.map((half, at): Shade => {
    if (half) return HALVES[half];
    return sessions[at] === null ? "unknown" : "other";
  });

/** What else is to know about a date: minutes, what is not taken, what is in dispute. */
export function besideWords(date: StudentDate): string {
  const said = [
    date.missed_min > 0 ? t`${minutesWords(date.missed_min)} missed` : "",
    date.not_taken.length > 0 ? t`not taken: period ${listed(date.not_taken)}` : "",
    date.contested.length > 0 ? t`contested: period ${listed(date.contested)}` : "",
    date.untimed.length > 0 ? t`minutes unknown: period ${listed(date.untimed)}` : "",
  ];
  return said.filter(Boolean).join("; ");
}

export const WEEKDAYS = [t`Mon`, t`Tue`, t`Wed`, t`Thu`, t`Fri`, t`Sat`, t`Sun`] as const;

/** "Absent most often on Friday in period 6: 14 of 210 marks." */
export function slotsWords(slots: readonly SlotAttendance[], inSessions: boolean): string {
  const known = slots.filter((slot) => slot.known > 0);
  const share = (slot: SlotAttendance) => slot.absent / slot.known;
  const most = known.reduce<SlotAttendance | null>(
    (worst, slot) => (worst === null || share(slot) > share(worst) ? slot : worst),
    null,
  );
  if (most === null || most.absent === 0) return t`Nobody is marked absent in any period.`;
  const day = FULL[most.weekday] ?? "";
  if (inSessions)
    return t`Absent most often: ${day}, ${slotName(most.period, true).toLowerCase()}, ${most.absent} of ${most.known} sessions.`;
  return t`Absent most often: ${day}, period ${most.period}, ${most.absent} of ${plural(most.known, "mark")}.`;
}

const FULL = [t`Monday`, t`Tuesday`, t`Wednesday`, t`Thursday`, t`Friday`, t`Saturday`, t`Sunday`];

/** Which rolls a day shows, how each stands, and which one the app opens. */

import type { Day, Roll } from "../wire.ts";
import { ms } from "./dates.ts";
import { type Standing as Against, standing } from "./deadline.ts";
import type { Entry, Step } from "./entry.ts";

const DAYS_BACK = 5;
const DAYS_AHEAD = 10;

/** A roll against its deadline, or where this tablet has it while the school does not. */
export type Standing = Against | "saved" | "held" | "refused";

/** The newest thing this tablet did about a roll; null when it did nothing the school lacks. */
export function stepOf(roll: Roll, entries: readonly Entry[]): Step | null {
  const own = entries.filter(({ roll_id }) => roll_id === roll.roll_id);
  const last = own.filter(({ step }) => step !== "recorded").at(-1) ?? own.at(-1);
  return last?.step ?? null;
}

const HERE: Partial<Record<Step, Standing>> = {
  draft: "saved",
  sent: "saved",
  received: "submitted",
  held: "held",
  refused: "refused",
};

/** A roll against its deadline. Before the school has it, it is saved here and nothing more. */
export function standingOf(roll: Roll, step: Step | null, now: number): Standing {
  const here = step && HERE[step];
  if (here && (roll.state === "not_taken" || here === "saved")) return here;
  return standing(roll, now, roll.state !== "not_taken", roll.expected);
}

export function rollsOn(rolls: readonly Roll[], on: string): Roll[] {
  return rolls
    .filter((roll) => roll.on === on)
    .sort((a, b) => ms(a.starts_at) - ms(b.starts_at) || (a.roll_id < b.roll_id ? -1 : 1));
}

/** The meeting in session: the one whose bell rang last, an untaken roll before a taken one. */
export function inSession(
  rolls: readonly Roll[],
  entries: readonly Entry[],
  today: string,
  now: number,
): Roll | null {
  const running = rollsOn(rolls, today).filter(
    (roll) => roll.expected && ms(roll.opens_at) <= now && now < ms(roll.ends_at),
  );
  const open = running.filter((roll) => isOpen(standingOf(roll, stepOf(roll, entries), now)));
  return open.at(-1) ?? running.at(-1) ?? null;
}

/** Standings in which somebody still has to take the roll. */
export const isOpen = (standing: Standing): boolean =>
  standing === "open" || standing === "due" || standing === "late";

/** Rolls missed on an earlier day stand on top until taken or excused, oldest first. */
export function missed(
  rolls: readonly Roll[],
  entries: readonly Entry[],
  today: string,
  now: number,
): Roll[] {
  return rolls
    .filter((roll) => roll.on < today && standingOf(roll, stepOf(roll, entries), now) === "late")
    .sort((a, b) => ms(a.starts_at) - ms(b.starts_at));
}

const isSchoolDay = ({ kind }: Day): boolean => kind === "instructional" || kind === "make_up";

/** The last five school days, today, and the next ten: what can be opened; and the day that shows. */
export function daysToChoose(days: readonly Day[], today: string, shown = today): string[] {
  const sorted = [...days].sort((a, b) => (a.on < b.on ? -1 : 1));
  const past = sorted.filter((day) => day.on < today && isSchoolDay(day)).slice(-DAYS_BACK);
  const ahead = sorted.filter((day) => day.on > today && isSchoolDay(day)).slice(0, DAYS_AHEAD);
  const all = new Set([...past.map(({ on }) => on), today, shown, ...ahead.map(({ on }) => on)]);
  return [...all].sort();
}

/** The next roll that will be expected, for a day without any; of one section where it is named. */
export function nextRoll(rolls: readonly Roll[], now: number, section_id?: string): Roll | null {
  const own = section_id ? rolls.filter((roll) => roll.section_id === section_id) : rolls;
  const later = own.filter((roll) => roll.expected && ms(roll.starts_at) > now);
  return later.sort((a, b) => ms(a.starts_at) - ms(b.starts_at))[0] ?? null;
}

/** What this person may do with a roll now. */
export type Leave =
  | { readonly may: "take" | "correct" }
  | {
      readonly may: "look";
      readonly why: "upcoming" | "exempt" | "certified" | "locked" | "day_over";
    };

/** On a trip or a holiday a teacher may say who is here all the same, from when it would open. */
export const mayInsist = (roll: Roll, today: string, now: number): boolean =>
  !roll.expected && roll.on === today && now >= ms(roll.opens_at);

/** Locked by the school, or by its rule since this tablet last heard of it (D15, D17). */
const hasLocked = ({ state, expected, locks_at }: Roll, now: number): boolean =>
  state === "locked" || (expected && locks_at !== null && now >= ms(locks_at));

/**
 * A submitted roll can be corrected by its teacher the same day; a missed one can still be taken.
 * One that nobody expects is taken only where the teacher insists, and then the office decides.
 */
export function leaveFor(
  roll: Roll,
  taken: boolean,
  today: string,
  now: number,
  insists = false,
): Leave {
  if (roll.state === "certified") return { may: "look", why: "certified" };
  if (hasLocked(roll, now)) return { may: "look", why: "locked" };
  if (taken) return roll.on === today ? { may: "correct" } : { may: "look", why: "day_over" };
  if (!roll.expected && !insists) return { may: "look", why: "exempt" };
  if (now < ms(roll.opens_at)) return { may: "look", why: "upcoming" };
  return { may: "take" };
}

/**
 * Why a roll cannot be taken or changed here (rules Y): the rule, when it opens, who can change
 * that, and what can be done all the same. The same words on the tablet and at the desk; they name
 * nobody.
 */

import type { Roll } from "../wire.ts";
import { ms } from "./dates.ts";
import { type Leave, leaveFor, mayInsist } from "./today.ts";
import { isVoid, type Void } from "./void.ts";

/** What stands in the way: of a roll, or of everything that somebody had on this tablet. */
export type Block =
  | Extract<Leave, { may: "look" }>["why"]
  | "not_here"
  | "pass_ended"
  | "leave_withdrawn"
  | "tablet_withdrawn";

/** Whether somebody in the room may say who is here although no roll is expected. */
export type Insisting = "now" | "later" | "never";

/** What the sentences are told from; times as the school writes them. */
export interface WhyFacts {
  readonly block: Block;
  /** Why no roll is expected, as on the wire; null where one is. */
  readonly reason: string | null;
  /** What the school notes about it: about the day, or what an exemption is for. */
  readonly note: string | null;
  /** "8:55", or "Wednesday, Oct 7, 8:55" on another day. */
  readonly opens: string;
  readonly bell: string;
  /** How many minutes before the bell a roll opens. */
  readonly ahead: number;
  readonly insisting: Insisting;
  /** Whether its meeting is past. */
  readonly isOver: boolean;
  /** When the section's next roll opens; null where none is known. */
  readonly next: string | null;
}

/** What each sentence answers is said by its label. */
export interface WhyNot {
  readonly why: string;
  readonly opens: string;
  readonly who: string;
  readonly still: string;
}

/** What stands in the way of a roll at an instant; null where it can be taken or changed. */
export function blockOf(roll: Roll, taken: boolean, today: string, now: number): Block | null {
  const leave = leaveFor(roll, taken, today, now);
  return leave.may === "look" ? leave.why : null;
}

export function insistingOn(roll: Roll, today: string, now: number): Insisting {
  if (mayInsist(roll, today, now)) return "now";
  return roll.on === today && now < ms(roll.opens_at) ? "later" : "never";
}

const ADMINISTRATOR = "administrator of your school";

const noted = (note: string | null): string => (note ? ` (${note})` : "");

/** The rule that takes a meeting out, and whose it is to change. */
const VOID_RULES: Readonly<Record<Void, (facts: WhyFacts) => readonly [why: string, who: string]>> =
  {
    holiday: ({ note }) => [
      `The calendar has a holiday on this day${noted(note)}, so no roll is expected.`,
      "The office, which keeps the calendar.",
    ],
    closed: ({ note }) => [
      `The calendar says that school is closed on this day${noted(note)}, so no roll is expected.`,
      "The office, which keeps the calendar.",
    ],
    emergency: ({ note }) => [
      `School is closed at that time because of an emergency${noted(note)}, so no roll is expected.`,
      "The office, which keeps the calendar.",
    ],
    closed_early: ({ note }) => [
      `School closes before this meeting begins${noted(note)}, so no roll is expected.`,
      "The office, which keeps the calendar.",
    ],
    exempt: ({ note }) => [
      `The office took this meeting out for this day${note ? `: ${note}` : ""}.`,
      "The office, which can end the exemption.",
    ],
    section_inactive: () => [
      "The school’s lists say that this section has ended, so no roll is expected of it.",
      "The office, which keeps the list of sections.",
    ],
    no_students: () => [
      "Nobody is enrolled in this section on this day, so there is nobody to mark.",
      "The office, which keeps the class lists.",
    ],
    no_meeting: () => [
      "The timetable has no meeting of this section in this period on this day.",
      "The office, which keeps the timetable.",
    ],
  };

function stillOf({ insisting, isOver, opens }: WhyFacts): string {
  const named = "is there can be named and submitted.";
  switch (insisting) {
    case "now":
      return `Whoever ${named} The school keeps it, and the office decides.`;
    case "later":
      return `From ${opens} on, whoever ${named} The office decides.`;
    case "never":
      return isOver
        ? "If the section met all the same, tell the office."
        : "If the section will meet all the same, tell the office before that day.";
  }
}

function exempt(facts: WhyFacts): WhyNot {
  const { reason, next } = facts;
  const words = reason?.replaceAll("_", " ") ?? "no reason is written down";
  const [why, who] =
    reason && isVoid(reason)
      ? VOID_RULES[reason](facts)
      : [
          `The office took this meeting out for this day: ${words}.`,
          "The office, which can end the exemption.",
        ];
  const then = next ? ` The section’s next roll opens ${next}.` : "";
  return { why, opens: `It stays closed while that stands.${then}`, who, still: stillOf(facts) };
}

function upcoming({ opens, bell, ahead }: WhyFacts): WhyNot {
  const rule = ahead > 0 ? `${ahead} min before the bell, which rings ${bell}` : "with the bell";
  return {
    why: `A roll opens ${rule}.`,
    opens: `It opens by itself: ${opens}.`,
    who: `The office can change the day’s bells, and an ${ADMINISTRATOR} when rolls open.`,
    still: "Until then its students can be read.",
  };
}

const WRONG = "What is wrong can be told to the office.";

const CLOSED: Readonly<Record<Exclude<Block, "exempt" | "upcoming">, WhyNot>> = {
  certified: {
    why: "This roll is certified, and a signed roll is not changed from a tablet.",
    opens: "It opens again by hand only.",
    who: `The office can correct single marks, and an ${ADMINISTRATOR} can open the roll again.`,
    still: `${WRONG} A correction stands beside the signature.`,
  },
  locked: {
    why: "This roll is locked for the record.",
    opens: "It opens again by hand only.",
    who: `An ${ADMINISTRATOR} can open it again.`,
    still: `${WRONG} What comes from a tablet waits there.`,
  },
  day_over: {
    why: "A submitted roll can be changed from a tablet until its school day is over.",
    opens: "It does not open on a tablet again.",
    who: "The office can correct its marks.",
    still: `${WRONG} The inbox tells what became of it.`,
  },
  not_here: {
    why: "A tablet holds the rolls of its own teacher’s sections, from five school days back to ten ahead, and this one is not among them.",
    opens: "A later roll comes by itself when its day is near.",
    who: "The office, which sees every roll and says who teaches which section.",
    still: "Every roll that is listed today can be opened.",
  },
  pass_ended: {
    why: "The day pass that listed these rolls has ended.",
    opens: "An ended pass does not begin again.",
    who: "The office, which can print another pass.",
    still: "Rolls saved here are still delivered, in the name of whoever took them.",
  },
  leave_withdrawn: {
    why: "The leave to take rolls here was withdrawn.",
    opens: "It does not come back by itself.",
    who: "The office, which withdrew it.",
    still: "What was submitted before still goes to the school.",
  },
  tablet_withdrawn: {
    why: "The office took this tablet out of use.",
    opens: "It does not come back by itself.",
    who: "The office, which can let the tablet in again.",
    still: "What was submitted here still goes to the school.",
  },
};

/** The answer about one roll. */
export function whyNot(facts: WhyFacts): WhyNot {
  if (facts.block === "exempt") return exempt(facts);
  return facts.block === "upcoming" ? upcoming(facts) : CLOSED[facts.block];
}

/** The answer where it is not about a roll that can be seen. */
export const whyNotHere = (block: Exclude<Block, "exempt" | "upcoming">): WhyNot => CLOSED[block];

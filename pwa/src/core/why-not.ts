/**
 * Why a roll cannot be taken or changed here (rules Y): the rule, when it opens, who can change
 * that, and what can be done all the same. The same words on the tablet and at the desk; they name
 * nobody.
 */

import type { Roll } from "../wire.ts";
import { ms } from "./dates.ts";
import { t } from "./t.ts";
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

const noted = (note: string | null): string => (note ? ` (${note})` : "");

/** The rule that takes a meeting out, and whose it is to change. */
const VOID_RULES: Readonly<Record<Void, (facts: WhyFacts) => readonly [why: string, who: string]>> =
  {
    holiday: ({ note }) => [
      t`The calendar has a holiday on this day${noted(note)}, so no roll is expected.`,
      t`The office, which keeps the calendar.`,
    ],
    closed: ({ note }) => [
      t`The calendar says that school is closed on this day${noted(note)}, so no roll is expected.`,
      t`The office, which keeps the calendar.`,
    ],
    emergency: ({ note }) => [
      t`School is closed at that time because of an emergency${noted(note)}, so no roll is expected.`,
      t`The office, which keeps the calendar.`,
    ],
    closed_early: ({ note }) => [
      t`School closes before this meeting begins${noted(note)}, so no roll is expected.`,
      t`The office, which keeps the calendar.`,
    ],
    exempt: ({ note }) => [
      note
        ? t`The office took this meeting out for this day: ${note}.`
        : t`The office took this meeting out for this day.`,
      t`The office, which can end the exemption.`,
    ],
    section_inactive: () => [
      t`The school’s lists say that this section has ended, so no roll is expected of it.`,
      t`The office, which keeps the list of sections.`,
    ],
    no_students: () => [
      t`Nobody is enrolled in this section on this day, so there is nobody to mark.`,
      t`The office, which keeps the class lists.`,
    ],
    no_meeting: () => [
      t`The timetable has no meeting of this section in this period on this day.`,
      t`The office, which keeps the timetable.`,
    ],
  };

function stillOf({ insisting, isOver, opens }: WhyFacts): string {
  switch (insisting) {
    case "now":
      return t`Whoever is there can be named and submitted. The school keeps it, and the office decides.`;
    case "later":
      return t`From ${opens} on, whoever is there can be named and submitted. The office decides.`;
    case "never":
      return isOver
        ? t`If the section met all the same, tell the office.`
        : t`If the section will meet all the same, tell the office before that day.`;
  }
}

function exempt(facts: WhyFacts): WhyNot {
  const { reason, next } = facts;
  const words = reason?.replaceAll("_", " ") ?? t`no reason is written down`;
  const [why, who] =
    reason && isVoid(reason)
      ? VOID_RULES[reason](facts)
      : [
          t`The office took this meeting out for this day: ${words}.`,
          t`The office, which can end the exemption.`,
        ];
  const opens = next
    ? t`It stays closed while that stands. The section’s next roll opens ${next}.`
    : t`It stays closed while that stands.`;
  return { why, opens, who, still: stillOf(facts) };
}

function upcoming({ opens, bell, ahead }: WhyFacts): WhyNot {
  return {
    why:
      ahead > 0
        ? t`A roll opens ${ahead} min before the bell, which rings ${bell}.`
        : t`A roll opens with the bell.`,
    opens: t`It opens by itself: ${opens}.`,
    who: t`The office can change the day’s bells, and an administrator of your school when rolls open.`,
    still: t`Until then its students can be read.`,
  };
}

const WRONG = t`What is wrong can be told to the office.`;

const CLOSED: Readonly<Record<Exclude<Block, "exempt" | "upcoming">, WhyNot>> = {
  certified: {
    why: t`This roll is certified, and a signed roll is not changed from a tablet.`,
    opens: t`It opens again by hand only.`,
    who: t`The office can correct single marks, and an administrator of your school can open the roll again.`,
    still: t`${WRONG} A correction stands beside the signature.`,
  },
  locked: {
    why: t`This roll is locked for the record.`,
    opens: t`It opens again by hand only.`,
    who: t`An administrator of your school can open it again.`,
    still: t`${WRONG} What comes from a tablet waits there.`,
  },
  day_over: {
    why: t`A submitted roll can be changed from a tablet until its school day is over.`,
    opens: t`It does not open on a tablet again.`,
    who: t`The office can correct its marks.`,
    still: t`${WRONG} The inbox tells what became of it.`,
  },
  not_here: {
    why: t`A tablet holds the rolls of its own teacher’s sections, from five school days back to ten ahead, and this one is not among them.`,
    opens: t`A later roll comes by itself when its day is near.`,
    who: t`The office, which sees every roll and says who teaches which section.`,
    still: t`Every roll that is listed today can be opened.`,
  },
  pass_ended: {
    why: t`The day pass that listed these rolls has ended.`,
    opens: t`An ended pass does not begin again.`,
    who: t`The office, which can print another pass.`,
    still: t`Rolls saved here are still delivered, in the name of whoever took them.`,
  },
  leave_withdrawn: {
    why: t`The leave to take rolls here was withdrawn.`,
    opens: t`It does not come back by itself.`,
    who: t`The office, which withdrew it.`,
    still: t`What was submitted before still goes to the school.`,
  },
  tablet_withdrawn: {
    why: t`The office took this tablet out of use.`,
    opens: t`It does not come back by itself.`,
    who: t`The office, which can let the tablet in again.`,
    still: t`What was submitted here still goes to the school.`,
  },
};

/** The answer about one roll. */
export function whyNot(facts: WhyFacts): WhyNot {
  if (facts.block === "exempt") return exempt(facts);
  return facts.block === "upcoming" ? upcoming(facts) : CLOSED[facts.block];
}

/** The answer where it is not about a roll that can be seen. */
export const whyNotHere = (block: Exclude<Block, "exempt" | "upcoming">): WhyNot => CLOSED[block];

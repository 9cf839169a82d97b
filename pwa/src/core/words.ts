/** Every sentence about a roll that a teacher reads, in one place; names and times come in. */

import type { Presence } from "../wire.ts";
import type { Entry, Step } from "./entry.ts";
import type { Counts } from "./roll.ts";
import { plural, t, tOf } from "./t.ts";

export { plural } from "./t.ts";

const STATES = {
  present: t`present`,
  absent: t`absent`,
  late: t`late`,
  left_early: t`left early`,
  elsewhere: t`elsewhere`,
} as const;

const COUNTED: Readonly<Record<keyof Counts, (count: number) => string>> = {
  present: (count) => plural(count, "present", "present"),
  absent: (count) => plural(count, "absent", "absent"),
  late: (count) => plural(count, "late", "late"),
  left_early: (count) => plural(count, "left early", "left early"),
  elsewhere: (count) => plural(count, "elsewhere", "elsewhere"),
  unmarked: (count) => plural(count, "not marked", "not marked"),
};

const KINDS = ["present", "absent", "late", "left_early", "elsewhere"] as const;

const counted = (counts: Counts, kinds: readonly (keyof Counts)[]): string[] =>
  kinds.filter((kind) => counts[kind] > 0).map((kind) => COUNTED[kind](counts[kind]));

/** "27 present", "2 absent": the counts without the zeros. */
export const countWords = (counts: Counts): string[] => counted(counts, KINDS);

/** The same, and how many nobody marked. */
export const allCountWords = (counts: Counts): string[] => counted(counts, [...KINDS, "unmarked"]);

/** What the button will do, in clauses that may each go on a line of their own. */
export function submitWords(counts: Counts, changes: number | null): string[] {
  if (changes !== null) return [t`Submit ${plural(changes, "change")}`];
  const [first = t`nobody`, ...rest] = countWords(counts);
  return [t`Submit ${first}`, ...rest];
}

export const showWords = (unmarked: number, given: string): string =>
  t`${unmarked} not marked: show ${given}`;

/** "late, 9 min": a state after a name. `at` is when a student left. */
export function stateWords(presence: Presence | null, minutes: number | null, at?: string): string {
  switch (presence) {
    case null:
      return t`not marked`;
    case "late":
      return minutes === null ? STATES.late : t`late, ${minutes} min`;
    case "left_early":
      return at ? t`left early, ${at}` : STATES.left_early;
    default:
      return STATES[presence];
  }
}

export const lateWords = (minutes: number | null): string =>
  minutes === null ? t`Late` : t`Late, ${minutes} min`;

/** A whole tile for a screen reader. */
export function tileLabel(name: string, state: string, extra: readonly string[]): string {
  return [name, state, ...extra].join(", ");
}

export const OFFICE_KNOWS = t`office knows`;

/** Why the school holds an op, and who decides. */
const HELD: Record<string, string> = {
  certified: t`The week of this roll is certified. The office decides whether to take your change over.`,
  locked: t`This roll is locked. The office decides whether to take your change over.`,
  not_enrolled: t`A student on it was not on the school's list for that day. The office decides.`,
  no_school: t`The calendar says that there was no school. The office decides.`,
  not_open: t`This roll is for a day that has not come yet. It waits until then with the office.`,
  roll_void: t`The calendar says that no roll is expected of this section. The office decides.`,
  unknown_roll: t`The school does not know this roll as yours. The office decides.`,
  grant_revoked: t`This tablet's leave to record was taken back before. The office decides.`,
  grant_expired: t`This tablet's leave to record had ended. The office decides.`,
  grant_unknown: t`The school does not know this tablet's leave to record. The office decides.`,
  unsupported_kind: t`The school's Rollbook is older than this tablet's. It waits for the newer one.`,
  server_error: t`The school's computer stumbled over it. A person there looks into it.`,
  handed_over: t`It was handed over as a file. The office decides.`,
};

const REFUSED: Record<string, string> = {
  malformed: t`This tablet's Rollbook made it in a form the school cannot read.`,
  op_id_reuse: t`The school already has another roll under the same number.`,
  wrong_school: t`It was made for another school than the one you are signed in at.`,
  stale: t`It is older than what the school takes.`,
  too_large: t`It is larger than what the school takes in one piece.`,
};

/**
 * Why the school did not just take it. What this tablet has words for it says itself: the school's
 * are kept as they came, in the language that was read then.
 */
export function reasonWords({ answer }: Entry): string {
  const reason = answer?.reason ?? "";
  const known = answer?.outcome === "held" ? HELD[reason] : REFUSED[reason];
  return known ?? answer?.detail ?? t`The school gave no reason that this tablet knows.`;
}

/** Why the school holds one that it told of, in this page's language as far as that is known. */
export const heldWords = (reason: string, detail: string): string => HELD[reason] ?? detail;

/** Shorter, for the step in the bar. */
export function heldShort({ answer }: Entry): string {
  const short: Record<string, string> = {
    certified: t`the week is certified`,
    locked: t`the roll is locked`,
    not_enrolled: t`a student is not on the list`,
    no_school: t`the calendar says no school`,
    not_open: t`its day has not come`,
    roll_void: t`the calendar says no roll`,
  };
  return short[answer?.reason ?? ""] ?? t`a person decides`;
}

export const NOTHING_LOST = t`It stays here until a person deletes it.`;

export type StepWords = {
  readonly state: "done" | "not-yet" | "waiting" | "held" | "refused" | "signin";
  readonly title: string;
  readonly detail: string;
};

/** What the three steps after submitting are told from; times as the school writes them. */
export interface RoadFacts {
  readonly step: Step;
  readonly saved: string;
  readonly received: string | null;
  readonly timeliness: string | null;
  readonly undoS: number | null;
  readonly lostSince: string | null;
  readonly signIn: boolean;
  readonly held: string;
  readonly counts: string;
}

const SAVED = t`Saved on this tablet`;
const RECEIVED = t`Received by the school`;
const RECORD = t`On the record`;

/** The steps a roll has come, each with its word; a step not reached says "not yet". */
export function roadWords(facts: RoadFacts): StepWords[] {
  const saved: StepWords = { state: "done", title: SAVED, detail: facts.saved };
  const notYet: StepWords = { state: "not-yet", title: RECORD, detail: t`not yet` };
  const received: StepWords = {
    state: "done",
    title: RECEIVED,
    detail: [facts.received, facts.timeliness].filter(Boolean).join(" · "),
  };
  switch (facts.step) {
    case "received":
      return [saved, received, notYet];
    case "recorded":
      return [saved, received, { state: "done", title: RECORD, detail: facts.counts }];
    case "held":
      return [saved, received, { state: "held", title: t`Held by the office`, detail: facts.held }];
    case "refused":
      return [
        saved,
        { state: "refused", title: t`Refused by the school`, detail: t`still here, nothing lost` },
      ];
    default:
      return [saved, onTheWay(facts), notYet];
  }
}

function onTheWay({ undoS, lostSince, signIn }: RoadFacts): StepWords {
  if (signIn)
    return {
      state: "signin",
      title: t`Waiting for your sign-in`,
      detail: t`the roll is safe here`,
    };
  if (undoS !== null)
    return { state: "not-yet", title: t`Goes to the school`, detail: t`in ${undoS} s` };
  if (lostSince)
    return {
      state: "waiting",
      title: t`Waiting for network`,
      detail: t`since ${lostSince}, goes by itself`,
    };
  return { state: "not-yet", title: t`Goes to the school`, detail: tOf("it goes")`now` };
}

/** How a received roll met its deadline. */
export const TIMELINESS: Record<string, string> = {
  on_time: t`on time`,
  taken_on_time: t`taken on time`,
  late: tOf("of a roll")`late`,
  late_unproven: t`after it was due`,
};

export type LineStep =
  | "saved"
  | "received"
  | "recorded"
  | "held"
  | "refused"
  | "waiting"
  | "signin";

/** The same in one line, for a row of the day. */
export function lineWords(step: Step): { readonly step: LineStep; readonly text: string } {
  switch (step) {
    case "draft":
    case "sent":
      return { step: "saved", text: SAVED };
    case "received":
      return { step: "received", text: RECEIVED };
    case "held":
      return { step: "held", text: t`Held by the office` };
    case "refused":
      return { step: "refused", text: t`Refused by the school` };
    case "recorded":
      return { step: "recorded", text: RECORD };
  }
}

/** What one mark of one student became, when it reads otherwise than was sent. */
export function changedWords(name: string, now: Presence | null, why: string): string {
  const reads = t`${name} now reads ${stateWords(now, null)}`;
  const because: Record<string, string> = {
    office_stands: t`the office's word stands`,
    other_teacher_stands: t`another teacher's word stands for this meeting`,
    sighting_stands: t`someone saw the student, and a sighting stands`,
    own_later: t`your later mark stands`,
    explained: t`the office recorded when the student arrived`,
    office_only: t`only the office says that a student is elsewhere`,
  };
  return `${reads}: ${because[why] ?? t`the school's rules say so`}.`;
}

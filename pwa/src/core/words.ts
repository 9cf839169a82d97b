/** Every sentence about a roll that a teacher reads, in one place; names and times come in. */

import type { Presence } from "../wire.ts";
import type { Entry, Step } from "./entry.ts";
import type { Counts } from "./roll.ts";

const COUNTED = {
  present: "present",
  absent: "absent",
  late: "late",
  left_early: "left early",
  elsewhere: "elsewhere",
} as const;

/** "27 present", "2 absent": the counts without the zeros. */
export function countWords(counts: Counts): string[] {
  const kinds = Object.keys(COUNTED) as (keyof typeof COUNTED)[];
  return kinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${COUNTED[kind]}`);
}

/** "1 change", "2 changes". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** What the button will do, in clauses that may each go on a line of their own. */
export function submitWords(counts: Counts, changes: number | null): string[] {
  if (changes !== null) return [`Submit ${plural(changes, "change")}`];
  const [first = "nobody", ...rest] = countWords(counts);
  return [`Submit ${first}`, ...rest];
}

export const showWords = (unmarked: number, given: string): string =>
  `${unmarked} not marked: show ${given}`;

/** "late, 9 min": a state after a name. `at` is when a student left. */
export function stateWords(presence: Presence | null, minutes: number | null, at?: string): string {
  switch (presence) {
    case null:
      return "not marked";
    case "late":
      return minutes === null ? "late" : `late, ${minutes} min`;
    case "left_early":
      return at ? `left early, ${at}` : "left early";
    default:
      return COUNTED[presence];
  }
}

export const lateWords = (minutes: number | null): string =>
  minutes === null ? "Late" : `Late, ${minutes} min`;

/** A whole tile for a screen reader. */
export function tileLabel(name: string, state: string, extra: readonly string[]): string {
  return [name, state, ...extra].join(", ");
}

export const OFFICE_KNOWS = "office knows";

/** Why the school holds an op, and who decides. */
const HELD: Record<string, string> = {
  certified:
    "The week of this roll is certified. The office decides whether to take your change over.",
  locked: "This roll is locked. The office decides whether to take your change over.",
  not_enrolled: "A student on it was not on the school's list for that day. The office decides.",
  no_school: "The calendar says that there was no school. The office decides.",
  not_open: "This roll is for a day that has not come yet. It waits until then with the office.",
  roll_void: "The calendar says that no roll is expected of this section. The office decides.",
  unknown_roll: "The school does not know this roll as yours. The office decides.",
  grant_revoked: "This tablet's leave to record was taken back before. The office decides.",
  grant_expired: "This tablet's leave to record had ended. The office decides.",
  grant_unknown: "The school does not know this tablet's leave to record. The office decides.",
  unsupported_kind:
    "The school's Rollbook is older than this tablet's. It waits for the newer one.",
  server_error: "The school's computer stumbled over it. A person there looks into it.",
  handed_over: "It was handed over as a file. The office decides.",
};

const REFUSED: Record<string, string> = {
  malformed: "This tablet's Rollbook made it in a form the school cannot read.",
  op_id_reuse: "The school already has another roll under the same number.",
  wrong_school: "It was made for another school than the one you are signed in at.",
  stale: "It is older than what the school takes.",
  too_large: "It is larger than what the school takes in one piece.",
};

/** Why the school did not just take it; the school's own words when it sent some. */
export function reasonWords({ answer }: Entry): string {
  const reason = answer?.reason ?? "";
  const known = answer?.outcome === "held" ? HELD[reason] : REFUSED[reason];
  const dated = reason === "not_open" ? answer?.detail : null;
  return dated ?? known ?? answer?.detail ?? "The school gave no reason that this tablet knows.";
}

/** Shorter, for the step in the bar. */
export function heldShort({ answer }: Entry): string {
  const short: Record<string, string> = {
    certified: "the week is certified",
    locked: "the roll is locked",
    not_enrolled: "a student is not on the list",
    no_school: "the calendar says no school",
    not_open: "its day has not come",
    roll_void: "the calendar says no roll",
  };
  return short[answer?.reason ?? ""] ?? "a person decides";
}

export const NOTHING_LOST = "It stays here until a person deletes it.";

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

const SAVED = "Saved on this tablet";
const RECEIVED = "Received by the school";
const RECORD = "On the record";

/** The steps a roll has come, each with its word; a step not reached says "not yet". */
export function roadWords(facts: RoadFacts): StepWords[] {
  const saved: StepWords = { state: "done", title: SAVED, detail: facts.saved };
  const notYet: StepWords = { state: "not-yet", title: RECORD, detail: "not yet" };
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
      return [saved, received, { state: "held", title: "Held by the office", detail: facts.held }];
    case "refused":
      return [
        saved,
        { state: "refused", title: "Refused by the school", detail: "still here, nothing lost" },
      ];
    default:
      return [saved, onTheWay(facts), notYet];
  }
}

function onTheWay({ undoS, lostSince, signIn }: RoadFacts): StepWords {
  if (signIn)
    return { state: "signin", title: "Waiting for your sign-in", detail: "the roll is safe here" };
  if (undoS !== null)
    return { state: "not-yet", title: "Goes to the school", detail: `in ${undoS} s` };
  if (lostSince)
    return {
      state: "waiting",
      title: "Waiting for network",
      detail: `since ${lostSince}, goes by itself`,
    };
  return { state: "not-yet", title: "Goes to the school", detail: "now" };
}

/** How a received roll met its deadline. */
export const TIMELINESS: Record<string, string> = {
  on_time: "on time",
  taken_on_time: "taken on time",
  late: "late",
  late_unproven: "after it was due",
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
      return { step: "held", text: "Held by the office" };
    case "refused":
      return { step: "refused", text: "Refused by the school" };
    case "recorded":
      return { step: "recorded", text: RECORD };
  }
}

/** What one mark of one student became, when it reads otherwise than was sent. */
export function changedWords(name: string, now: Presence | null, why: string): string {
  const reads = `${name} now reads ${stateWords(now, null)}`;
  const because: Record<string, string> = {
    office_stands: "the office's word stands",
    other_teacher_stands: "another teacher's word stands for this meeting",
    sighting_stands: "someone saw the student, and a sighting stands",
    own_later: "your later mark stands",
    explained: "the office recorded when the student arrived",
    office_only: "only the office says that a student is elsewhere",
  };
  return `${reads}: ${because[why] ?? "the school's rules say so"}.`;
}

/** One line of the tablet's outbox: ids, presence, times and sealed notes, and its way to the record. */

import type { Op, Outcome, Presence, Timeliness, Why } from "../wire.ts";
import type { Draft } from "./draft.ts";

/**
 * draft: submitted on the tablet, may still be undone · sent: frozen, may have left ·
 * received: the school has it · held: the school has it, a person decides ·
 * refused: not part of the record, stays here · recorded: seen in the school's own log
 */
export type Step = "draft" | "sent" | "received" | "held" | "refused" | "recorded";

export interface ChangedHere {
  readonly student_id: string;
  readonly now: Presence | null;
  readonly why: Why;
}

/** What the school answered, without anybody's name. */
export interface Answer {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly received_at: string;
  readonly timeliness: Timeliness | null;
  readonly marks: readonly ChangedHere[];
}

/** The question of the inbox that an entry answers, so that it can be listed and answered again. */
export interface Answered {
  readonly ask: "contested" | "office" | "unmarked";
  readonly student_id: string;
}

/** How the school ended a held entry; who did it and the words are in the school's own store. */
export type Ended = "taken_over" | "set_aside";

/** `v` is the entry's own format: the store's schema never changes, so entries say what they are. */
export interface Entry {
  readonly v: 1;
  readonly id: string;
  readonly school_id: string;
  readonly roll_id: string;
  /** Whose word it is; the grant in the op says so to the server. */
  readonly staff_id: string;
  readonly step: Step;
  readonly op: Op;
  readonly saved_at: string;
  /** Undo is offered until then, ms of the tablet's own clock; null once it may leave. */
  readonly not_before: number | null;
  /** The marks as they were before submitting, for the undo. */
  readonly undo: Draft | null;
  readonly answer: Answer | null;
  /** Notes as their author can still read them here, by student; the op has them for the school. */
  readonly notes?: Readonly<Record<string, string>>;
  /** The history of the school that acknowledged it. */
  readonly epoch: string | null;
  readonly answers?: Answered;
  readonly ended?: Ended;
  /** Carried for somebody else by code or file: this tablet knows nobody's name for it. */
  readonly carried?: true;
}

/** An entry that still has to reach the school. */
export const isUnsent = ({ step }: Entry): boolean => step === "draft" || step === "sent";

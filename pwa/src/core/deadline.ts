/** How a roll stands and how it met its deadline (rules D), as sync/deadline.py. No zone maths:
 * the tablet gets every instant from the server. */

import type { Timeliness } from "../wire.ts";
import { ms } from "./dates.ts";

export type Standing = "upcoming" | "open" | "due" | "late" | "submitted" | "exempt";

/** The instants of one meeting that a standing asks for. Up to and including `late_at` a roll is in
 * time. */
export interface DueTimes {
  readonly opens_at: string;
  readonly starts_at: string;
  readonly late_at: string;
}

/** What is known about when a submission was taken; `taken_at` is corrected and clamped. */
export interface Capture {
  readonly taken_at: string;
  readonly uncertainty_ms: number;
  readonly suspect: boolean;
  readonly clamped: boolean;
  readonly measured: boolean;
  readonly server_seen_at: string | null;
  /** It may have been taken that much earlier: the tablet slept, or its clock was set forward. */
  readonly asleep_ms?: number;
  /** Copied from a sheet of paper, filled in at `stated_at` by somebody's word. */
  readonly paper?: boolean;
  readonly stated_at?: string | null;
}

const MINUTE = 60_000;
/** A server time later than the receipt by more is of a clock that was wrong then, or is now. */
const SERVERS_DIFFER = MINUTE;

/** How a roll stands at an instant (D5). A roll that was taken stays taken on an exempt day. */
export function standing(
  times: DueTimes,
  now: number,
  submitted: boolean,
  expected: boolean,
): Standing {
  if (submitted) return "submitted";
  if (!expected) return "exempt";
  if (now < ms(times.opens_at)) return "upcoming";
  if (now < ms(times.starts_at)) return "open";
  return now <= ms(times.late_at) ? "due" : "late";
}

/** Whole minutes after the deadline; negative before it: -1 is the last minute (D6). */
export const minutesPast = (dueAt: string, at: number): number =>
  Math.floor((at - ms(dueAt)) / MINUTE);

/** How one submission met the deadline, of which `lateAt` is the last instant (D8, D12, D14, Z1). */
export function timeliness(lateAt: string, receivedAt: string, capture: Capture): Timeliness {
  const due = ms(lateAt);
  const taken = ms(capture.taken_at);
  const sound = capture.measured && !capture.suspect && !capture.clamped;
  if (ms(receivedAt) <= due) return "on_time";
  if (capture.paper) {
    const { stated_at } = capture;
    return stated_at && ms(stated_at) <= due ? "late_unproven" : "late";
  }
  const seen =
    capture.server_seen_at === null ? Number.NEGATIVE_INFINITY : ms(capture.server_seen_at);
  if (seen - ms(receivedAt) > SERVERS_DIFFER) return "late_unproven";
  if (seen > due) return "late";
  if (sound && taken + capture.uncertainty_ms <= due) return "taken_on_time";
  if (sound && taken - capture.uncertainty_ms - (capture.asleep_ms ?? 0) > due) return "late";
  return "late_unproven";
}

/** The capture instant by the school's clock, and whether it was clamped (D7). */
export function correctedTakenAt(
  takenAt: string,
  offsetMs: number,
  serverSeenAt: string | null,
  receivedAt: string,
  uncertaintyMs = 0,
): readonly [at: number, clamped: boolean] {
  const received = ms(receivedAt);
  const corrected = ms(takenAt) + offsetMs;
  const seen = serverSeenAt === null ? Number.NEGATIVE_INFINITY : ms(serverSeenAt);
  const possible = Math.max(Math.min(corrected, received), Math.min(seen, received));
  return [possible, Math.abs(possible - corrected) > uncertaintyMs];
}

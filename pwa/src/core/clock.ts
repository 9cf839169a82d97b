/** What this tablet knows of the server's clock, and whether its own can be trusted (design §5). */

import type { Clock } from "../wire.ts";

const KEPT = 8;
/** A tablet's crystal drifts less than this: 50 parts in a million. */
const DRIFT = 50e-6;
const JUMP_MS = 2000;

/** Wall clock and monotonic clock, read together, both in ms. */
export interface Reading {
  readonly wall: number;
  readonly mono: number;
}

interface Sample {
  readonly offset: number;
  readonly uncertainty: number;
  readonly wall: number;
}

/** Plain data, kept in the store from one start to the next. */
export interface ClockState {
  readonly samples: readonly Sample[];
  /** The newest server time that this device has seen, ms. */
  readonly serverSeen: number | null;
  /** The greatest wall minus monotonic of this run; null before it was looked at. */
  readonly gap: number | null;
  readonly suspect: boolean;
}

export const NEW_CLOCK: ClockState = { samples: [], serverSeen: null, gap: null, suspect: false };

/** Takes in one exchange: asked at `sent`, answered at `got`, `server` being the answer's time. */
export function measured(
  state: ClockState,
  sent: Reading,
  got: Reading,
  server: number,
): ClockState {
  const took = Math.max(0, got.mono - sent.mono);
  const sample: Sample = {
    offset: Math.round(server - (got.wall - took / 2)),
    uncertainty: Math.ceil(took / 2) + 1,
    wall: got.wall,
  };
  const gap = got.wall - got.mono;
  const moved = state.gap !== null && Math.abs(gap - state.gap) > JUMP_MS;
  return {
    samples: [...(moved || state.suspect ? [] : state.samples), sample].slice(-KEPT),
    serverSeen: Math.max(state.serverSeen ?? 0, server),
    gap,
    suspect: false,
  };
}

/**
 * Looks at both clocks now and then. A tablet that sleeps stops its monotonic clock, so a wall
 * clock that ran ahead proves nothing; one that fell back was set back by somebody.
 */
export function observed(state: ClockState, now: Reading): ClockState {
  const gap = now.wall - now.mono;
  if (wasSetBack(state, now)) return state.suspect ? state : { ...state, suspect: true };
  return state.gap !== null && gap <= state.gap ? state : { ...state, gap };
}

function wasSetBack(state: ClockState, now: Reading): boolean {
  return state.gap !== null && state.gap - (now.wall - now.mono) > JUMP_MS;
}

function reach(sample: Sample, now: number): number {
  return Math.ceil(sample.uncertainty + Math.abs(now - sample.wall) * DRIFT);
}

/** The sample that says most about now; undefined when the server was never met. */
function best(state: ClockState, now: number): Sample | undefined {
  return [...state.samples].sort((a, b) => reach(a, now) - reach(b, now))[0];
}

/** A clock that reads earlier than a server time already seen has been set back. */
function wentBack(state: ClockState, now: number, offset: number): boolean {
  return state.serverSeen !== null && now + offset < state.serverSeen - JUMP_MS;
}

/** What an op says of the clock it was taken by; undefined when the server was never met. */
export function clockAt(state: ClockState, now: Reading): Clock | undefined {
  const sample = best(state, now.wall);
  if (!sample) return undefined;
  const suspect =
    state.suspect || wasSetBack(state, now) || wentBack(state, now.wall, sample.offset);
  return {
    offset_ms: sample.offset,
    uncertainty_ms: reach(sample, now.wall),
    server_seen_at: state.serverSeen === null ? null : new Date(state.serverSeen).toISOString(),
    suspect,
  };
}

/** The school's time as well as this tablet knows it, for standings and minutes on the screen. */
export function schoolNow(state: ClockState, now: Reading): number {
  const sample = best(state, now.wall);
  return now.wall + (sample?.offset ?? 0);
}

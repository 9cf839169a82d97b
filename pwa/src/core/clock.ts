/** What this tablet knows of the server's clock, and whether its own can be trusted (design §5). */

import type { Clock } from "../wire.ts";

const KEPT = 8;
/** A tablet's crystal drifts less than this: 50 parts in a million. */
const DRIFT = 50e-6;
const JUMP_MS = 2000;
/** The two clocks of a tablet that stays awake differ by less between two contacts. */
const SLEW_MS = 100;
/** What two clocks read one after the other differ by; it is doubt, and no sleep. */
const JITTER_MS = 20;
/** A server that tells a time so much before one it told is one whose clock was put right. */
const PUT_RIGHT_MS = 24 * 3_600_000;
/** How often the newest wall time is noted. */
const NOTED_MS = 30_000;

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
  /** The same as it was first seen after the last contact. */
  readonly base: number | null;
  /** Wall time from the last contact to that look, with no monotonic clock to vouch for it, ms. */
  readonly unwatched: number;
  readonly suspect: boolean;
  /** The newest wall time since the last contact, in any run, to within half a minute. */
  readonly wallSeen?: number;
}

/** What is known of this run's monotonic clock before it was looked at. */
export const UNSEEN = { gap: null, base: null, unwatched: 0 } as const;
export const NEW_CLOCK: ClockState = { samples: [], serverSeen: null, ...UNSEEN, suspect: false };

/** The wall clock at the last contact with the server, ms. */
export const contactWall = (state: ClockState): number | null => state.samples.at(-1)?.wall ?? null;

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
  const watched = state.base !== null && state.unwatched === 0 && !state.suspect;
  const kept = watched && Math.abs(gap - (state.base ?? 0)) <= SLEW_MS;
  return {
    samples: [...(kept ? state.samples : []), sample].slice(-KEPT),
    serverSeen: newestSeen(state.serverSeen, server),
    gap,
    base: gap,
    unwatched: 0,
    suspect: false,
    wallSeen: got.wall,
  };
}

/** A late answer tells an earlier time and changes nothing (Z2). */
function newestSeen(before: number | null, server: number): number {
  if (before === null || before - server > PUT_RIGHT_MS) return server;
  return Math.max(before, server);
}

/**
 * Looks at both clocks now and then. A wall clock that ran ahead of the monotonic one was set
 * forward or belongs to a tablet that slept: by how much is kept. One that fell back was set back,
 * in this run or, while the app was closed, before it (Z3).
 */
export function observed(state: ClockState, now: Reading): ClockState {
  const gap = now.wall - now.mono;
  const suspect = state.suspect || wasSetBack(state, now);
  const wallSeen = newestWall(state.wallSeen, now.wall);
  if (state.gap === null) {
    const unwatched = Math.max(0, now.wall - (contactWall(state) ?? now.wall));
    return { ...state, gap, base: gap, unwatched, suspect, wallSeen };
  }
  const same = suspect === state.suspect && wallSeen === state.wallSeen;
  return gap <= state.gap && same
    ? state
    : { ...state, gap: Math.max(gap, state.gap), suspect, wallSeen };
}

function wasSetBack(state: ClockState, now: Reading): boolean {
  const before = state.gap === null ? state.wallSeen : state.gap + now.mono;
  return before !== undefined && before - now.wall > JUMP_MS;
}

/** Not at every look: what is noted is kept, and that costs a write. */
function newestWall(before: number | undefined, now: number): number {
  return before === undefined || now - before >= NOTED_MS ? now : before;
}

/** What the store keeps after a look; what another page or the worker measured since stays. */
export function noted(stored: ClockState | null, looked: ClockState): ClockState {
  if (stored === null) return looked;
  if (contactWall(stored) !== contactWall(looked)) return stored;
  const wallSeen = Math.max(stored.wallSeen ?? 0, looked.wallSeen ?? 0);
  return { ...stored, suspect: stored.suspect || looked.suspect, wallSeen };
}

/** By how much the wall clock may have run ahead of the truth since the last contact, ms. */
function asleep(state: ClockState): number {
  return Math.ceil(state.unwatched + Math.max(0, (state.gap ?? 0) - (state.base ?? 0)));
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
  const looked = observed(state, now);
  const ahead = asleep(looked);
  return {
    offset_ms: sample.offset,
    uncertainty_ms: reach(sample, now.wall) + (ahead > JITTER_MS ? 0 : ahead),
    server_seen_at: state.serverSeen === null ? null : new Date(state.serverSeen).toISOString(),
    suspect: looked.suspect || wentBack(state, now.wall, sample.offset),
    ...(ahead > JITTER_MS ? { asleep_ms: ahead } : {}),
  };
}

/** The school's time as well as this tablet knows it, for standings and minutes on the screen. */
export function schoolNow(state: ClockState, now: Reading): number {
  const sample = best(state, now.wall);
  return now.wall + (sample?.offset ?? 0);
}

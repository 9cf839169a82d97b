/** The only reader of the browser's clocks and of chance. */

import { type ClockState, contactWall, type Reading, UNSEEN } from "../core/clock.ts";
import { uuid7 } from "../core/ids.ts";

export const readClocks = (): Reading => ({ wall: Date.now(), mono: performance.now() });

export const wallNow = (): number => Date.now();

const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

export const newOpId = (): string => uuid7(Date.now(), random);

export const newDeviceId = (): string => crypto.randomUUID();

export const chance = (): number => Math.random();

type OfThisRun = Pick<ClockState, "gap" | "base" | "unwatched">;

/**
 * Each page and worker has a monotonic clock of its own, so what was measured by it stays here and
 * never in the store, which all of them share. It is about one contact: after another's it is void.
 */
let run: OfThisRun = UNSEEN;
let contact: number | null = null;

export const inThisRun = (stored: ClockState): ClockState => ({
  ...stored,
  ...(contactWall(stored) === contact ? run : UNSEEN),
});

export function forTheStore(state: ClockState): ClockState {
  run = { gap: state.gap, base: state.base, unwatched: state.unwatched };
  contact = contactWall(state);
  return { ...state, ...UNSEEN };
}

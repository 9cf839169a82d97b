/** The only reader of the browser's clocks and of chance. */

import type { ClockState, Reading } from "../core/clock.ts";
import { uuid7 } from "../core/ids.ts";

export const readClocks = (): Reading => ({ wall: Date.now(), mono: performance.now() });

export const wallNow = (): number => Date.now();

const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

export const newOpId = (): string => uuid7(Date.now(), random);

export const newDeviceId = (): string => crypto.randomUUID();

export const chance = (): number => Math.random();

/**
 * Each page and worker has a monotonic clock of its own, so what was measured by it stays here and
 * never in the store, which all of them share.
 */
let gap: ClockState["gap"] = null;

export const inThisRun = (stored: ClockState): ClockState => ({ ...stored, gap });

export function forTheStore(state: ClockState): ClockState {
  gap = state.gap;
  return { ...state, gap: null };
}

/** When to try again: full jitter between nothing and a limit that doubles, 1 s to 60 s. */

const FIRST_S = 1;
const MOST_S = 60;
const LEAST_MS = 250;

/**
 * Milliseconds until the next try. `attempt` counts failures in a row from 0, `chance` is in
 * [0, 1), `askedS` is what the server asked for (Retry-After, backoff_s) and is always honoured.
 */
export function waitMs(attempt: number, chance: number, askedS = 0): number {
  const limit = Math.min(MOST_S, FIRST_S * 2 ** Math.min(attempt, 10)) * 1000;
  return Math.max(LEAST_MS, Math.round(limit * chance), 0) + Math.max(0, askedS) * 1000;
}

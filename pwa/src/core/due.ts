/** What is due while Rollbook is open, for a banner on the screens that show something else (N14). */

import type { Roll } from "../wire.ts";
import { ms } from "./dates.ts";
import type { Entry } from "./entry.ts";
import { periodWords } from "./periods.ts";
import { t } from "./t.ts";
import { isOpen, rollsOn, standingOf, stepOf } from "./today.ts";

const MINUTE_MS = 60_000;
const SOON_MS = 5 * MINUTE_MS;

/** Rolls of today that nobody took, from five minutes before they are due until they close. */
export function dueNow(
  rolls: readonly Roll[],
  entries: readonly Entry[],
  today: string,
  now: number,
): Roll[] {
  return rollsOn(rolls, today).filter(
    (roll) =>
      isOpen(standingOf(roll, stepOf(roll, entries), now)) &&
      ms(roll.due_at) - now <= SOON_MS &&
      now < ms(roll.closes_at),
  );
}

/** What the banner says first, and what follows from it. */
export interface DueWords {
  readonly first: string;
  readonly more: string;
}

/** `due`: the instant as the school's clock shows it. */
export function dueWords(
  rolls: readonly Roll[],
  now: number,
  at: (instant: string) => string,
): DueWords | null {
  const [roll] = rolls;
  if (!roll) return null;
  if (rolls.length > 1)
    return { first: t`${rolls.length} rolls are due.`, more: `${periodWords(rolls)}.` };
  const past = now >= ms(roll.due_at);
  return {
    first: past
      ? t`${roll.period_name} roll was due at ${at(roll.due_at)}.`
      : t`${roll.period_name} roll is due at ${at(roll.due_at)}.`,
    more: past ? t`It still counts.` : "",
  };
}

/** For the ear: five minutes and one minute before, and once it is past; not each minute. */
export function dueSaid(rolls: readonly Roll[], now: number): string {
  const said = rolls.map((roll) => {
    const left = Math.ceil((ms(roll.due_at) - now) / MINUTE_MS);
    if (left <= 0) return t`${roll.period_name} roll was due`;
    return left === 5 || left === 1 ? t`${roll.period_name} roll is due in ${left} min` : "";
  });
  return said.filter(Boolean).join(". ");
}

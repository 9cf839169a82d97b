/** What each word says of a student: the same from the strip, the sheet and a key. */

import { instant, ms } from "../core/dates.ts";
import type { Said } from "../core/draft.ts";
import { keptNote, type Line, minutesLate } from "../core/roll.ts";
import type { Roll } from "../wire.ts";
import { now } from "./state.ts";

export const present = ({ said }: Line): Said => ({ presence: "present", ...keptNote(said) });

export const absent = ({ said }: Line): Said => ({ presence: "absent", ...keptNote(said) });

/** Late by so many minutes after the bell; null says late and no more. */
export function late({ said }: Line, roll: Roll, minutes: number | null): Said {
  const arrived = minutes === null ? null : instant(ms(roll.starts_at) + minutes * 60_000);
  return { presence: "late", ...(arrived ? { arrived_at: arrived } : {}), ...keptNote(said) };
}

/** What the strip proposes, from the bell. */
export const proposed = (roll: Roll): number | null => minutesLate(roll, now.value);

/** Left now, if the meeting runs; else left, and no more. */
export function leftEarly({ said }: Line, roll: Roll): Said {
  const runs = minutesLate(roll, now.value) !== null;
  const left = runs ? { left_at: instant(Math.floor(now.value / 60_000) * 60_000) } : {};
  return { presence: "left_early", ...left, ...keptNote(said) };
}

/** A mark in words: what was seen, with its time, and by whom. */

import { clockTime, ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { By, HistoryMark, HistoryStudent, Roll } from "../wire.ts";
import { presenceWords } from "./words.ts";

export type Zoned = { readonly roll: Roll; readonly zone: string };

function minutesAfter(start: string, at: string): number {
  return Math.max(0, Math.round((ms(at) - ms(start)) / 60_000));
}

/** "late, 9 min", "left early at 8:31": a presence with its time. */
export function markWords(
  mark: Pick<HistoryMark, "presence" | "arrived_at" | "left_at">,
  { roll, zone }: Zoned,
): string {
  const { presence, arrived_at, left_at } = mark;
  if (presence === "late" && arrived_at)
    return t`late, ${minutesAfter(roll.starts_at, arrived_at)} min`;
  if (presence === "left_early" && left_at) return t`left early at ${clockTime(left_at, zone)}`;
  return presenceWords(presence);
}

export const fullName = ({ given_name, family_name }: HistoryStudent): string =>
  [given_name, family_name].filter(Boolean).join(" ");

export const authorName = ({ author }: { author: By | null }): string =>
  author?.name ?? t`Somebody the school does not know`;

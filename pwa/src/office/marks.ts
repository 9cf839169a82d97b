/** A mark in words: what was seen, with its time, and by whom. */

import { clockTime, ms, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { By, HistoryMark, HistoryStudent, Roll } from "../wire.ts";
import { presenceWords } from "./words.ts";

export type Zoned = { readonly roll: Roll; readonly zone: string };

function minutesAfter(start: string, at: string): number {
  return Math.max(0, Math.round((ms(at) - ms(start)) / 60_000));
}

/** "late, 9 min", "left early at 8:31": a presence with its time; of a line that states none, what it
 * is about. */
export function markWords(
  mark: Pick<HistoryMark, "presence" | "arrived_at" | "left_at" | "reason">,
  { roll, zone }: Zoned,
): string {
  const { presence, arrived_at, left_at, reason } = mark;
  if (presence === undefined && reason) return t`given a reason`;
  if (presence === undefined && reason === null) return t`reason taken back`;
  if (presence === "late" && arrived_at)
    return t`late, ${minutesAfter(roll.starts_at, arrived_at)} min`;
  if (presence === "left_early" && left_at) return t`left early at ${clockTime(left_at, zone)}`;
  return presenceWords(presence);
}

/** What was written beside a presence: the reason with what belongs to it, and why. */
export function besideMark(mark: HistoryMark): string[] {
  const { reason, incident, noticed_on, evidence, why } = mark;
  const said = [
    reason && t`Reason: ${reason}.`,
    incident && t`Incident: ${incident}.`,
    noticed_on && t`The school was told on ${shortDate(noticed_on)}.`,
    evidence && t`On file: ${evidence}.`,
    why && t`Why: “${why}”.`,
  ];
  return said.filter((words): words is string => Boolean(words));
}

export const fullName = ({ given_name, family_name }: HistoryStudent): string =>
  [given_name, family_name].filter(Boolean).join(" ");

export const authorName = ({ author }: { author: By | null }): string =>
  author?.name ?? t`Somebody the school does not know`;

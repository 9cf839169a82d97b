/** The sentences of the grid. One place, so that a language is added here alone. */

import { clockTime, ms } from "../core/dates.ts";
import { plural, spoken, t } from "../core/t.ts";
import type { Choosable, Codes, GridRoll, Presence } from "../wire.ts";
import { type Apart, type Cell, isContested, isSafety } from "./students.ts";
import { capital, presenceWords, voidWords } from "./words.ts";

export const labelOf = (code: Pick<Choosable, "label" | "code">): string =>
  code.label[spoken()] ?? code.label["en"] ?? code.code;

export const asksOf = ({ asks }: Pick<Choosable, "asks">): string =>
  asks[spoken()] ?? asks["en"] ?? "";

/** "Late 9", "Left 8:31": short enough for a lane. */
export function laneWords(
  presence: Presence | null,
  more: { arrived_at?: string; left_at?: string } | undefined,
  roll: GridRoll,
  zone: string,
): string {
  if (presence === "late" && more?.arrived_at)
    return t`Late ${minutesLate(roll.starts_at, more.arrived_at)}`;
  if (presence === "left_early" && more?.left_at) return t`Left ${clockTime(more.left_at, zone)}`;
  return capital(presenceWords(presence));
}

export const minutesLate = (start: string, at: string): number =>
  Math.max(0, Math.round((ms(at) - ms(start)) / 60_000));

/** A reason as far as it may be read: "Illness", or only that there is one. */
export function reasonWords(cell: Cell, codes: Codes | null): string | null {
  const { more } = cell;
  if (!more?.known) return null;
  if (!more.reason) return t`Office knows`;
  const code = codes?.codes.find((one) => one.code === more.reason);
  return code ? labelOf(code) : more.reason;
}

/** Why a cell is empty. */
export function emptyWords({ roll }: Cell, now: number, zone: string): string {
  if (!roll.expected) return t`No roll: ${voidWords(roll.void_reason, roll.void_note)}`;
  if (roll.state !== "not_taken") return t`Not marked`;
  if (ms(roll.due_at) < now) return t`Not taken`;
  return ms(roll.opens_at) > now ? t`Opens ${clockTime(roll.opens_at, zone)}` : t`Not taken yet`;
}

/** Why a student of the day is not on a roll: she came after its bell, or had left. */
export const apartWords = ({ begin_at, end_at, starts_at }: Apart, zone: string): string =>
  end_at && ms(end_at) <= ms(starts_at)
    ? t`Not enrolled since ${clockTime(end_at, zone)}`
    : t`Not enrolled before ${clockTime(begin_at ?? starts_at, zone)}`;

/** A cell for who hears it: what the teacher saw, what the office ruled, what stands. */
export function cellSays(cell: Cell, codes: Codes | null, now: number, zone: string): string {
  const { seen, office, presence, more, roll, ahead } = cell;
  const said: string[] = [];
  if (seen !== null) said.push(t`teacher saw ${laneWords(seen, more, roll, zone).toLowerCase()}`);
  if (office) said.push(t`office ruled ${laneWords(office, more, roll, zone).toLowerCase()}`);
  if (seen === null && !office) said.push(emptyWords(cell, now, zone).toLowerCase());
  const reason = reasonWords(cell, codes);
  if (reason) said.push(reason);
  if (ahead) said.push(t`known before`);
  if (isContested(cell)) said.push(t`contested, ${presenceWords(presence)} stands`);
  if (isSafety(cell)) said.push("safety");
  return said.join(", ");
}

export const LANES = t`In each mark the upper line is what the teacher saw, the lower what the office ruled. Bold stands.`;

export const KEYS: readonly (readonly [string, string])[] = [
  ["/", t`find a name`],
  ["↑ ↓ ← →", "move"],
  [t`Shift + arrows`, t`choose several`],
  ["P A L E W", t`rule present, absent, late, left early, elsewhere`],
  ["R", t`give a reason: type its code`],
  ["Enter", t`save what is written`],
  ["H", t`what happened`],
  ["U", t`take the last ruling back`],
  ["B", t`many at once`],
  [t`Home, End`, t`first and last period`],
  [t`Ctrl + Home, Ctrl + End`, t`first and last student`],
  [t`Esc`, t`back to the grid`],
  ["?", t`these keys`],
];

export const LETTERS: Readonly<Record<string, Presence>> = {
  p: "present",
  a: "absent",
  l: "late",
  e: "left_early",
  w: "elsewhere",
};

export const marks = (count: number): string => plural(count, "mark");
export const students = (count: number): string => plural(count, "student");

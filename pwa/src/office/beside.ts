/** What is known beside a roll: reminders, calls, tablets' words; taken into the board, and told. */

import { clockTime } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Aside, AsideRoll, Board, BoardRoll } from "../wire.ts";

export type Beside = Pick<BoardRoll, "reminded" | "tablet" | "called">;

export const NOTHING_BESIDE: Beside = {
  reminded: { count: 0, last_at: null },
  tablet: null,
  called: null,
};

const besideOf = ({ reminded, tablet, called }: AsideRoll | BoardRoll): Beside => ({
  reminded,
  tablet,
  called,
});

/** What a roll that changed keeps: the feed tells nothing of what stands beside it. */
export const keptBeside = (known: BoardRoll | undefined): Beside =>
  known ? besideOf(known) : NOTHING_BESIDE;

/** The board with what stands beside its rolls now; of rolls that are left out there is nothing. */
export function withAside(board: Board, aside: Aside): Board {
  if (aside.on !== board.on) return board;
  const beside = new Map(aside.rolls.map((roll) => [roll.roll_id, besideOf(roll)]));
  const seen = new Map(aside.seen.map(({ staff_id, at }) => [staff_id, at]));
  return {
    ...board,
    aside: aside.aside,
    rolls: board.rolls.map((roll) => ({
      ...roll,
      ...(beside.get(roll.roll_id) ?? NOTHING_BESIDE),
    })),
    teachers: board.teachers.map((teacher) => ({
      ...teacher,
      seen_at: seen.get(teacher.staff_id) ?? null,
    })),
  };
}

/** "reminded at 9:13", "reminded twice, last at 9:13". */
export function remindedWords(reminded: Beside["reminded"] | undefined, zone: string): string {
  if (!reminded?.last_at || reminded.count === 0) return "";
  const at = clockTime(reminded.last_at, zone);
  if (reminded.count === 1) return t`reminded at ${at}`;
  return t`reminded ${reminded.count === 2 ? t`twice` : t`${reminded.count} times`}, last at ${at}`;
}

/** "called 9:21 by R. Lind". */
export const calledWords = (called: Beside["called"] | undefined, zone: string): string =>
  called ? t`called ${clockTime(called.at, zone)} by ${called.by_name}` : "";

/** What was done about a roll that has not come. */
export const besideWords = (roll: Partial<Beside>, zone: string): string[] =>
  [remindedWords(roll.reminded, zone), calledWords(roll.called, zone)].filter(Boolean);

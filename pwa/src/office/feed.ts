/** Takes the feed's changes into the board: rolls at once, anything else asks for a fresh board. */

import type { Board, BoardRoll, Change, CountedRoll, Counts, Roll } from "../wire.ts";
import { keptBeside } from "./beside.ts";

function countsOf(roll: Roll): Counts {
  const counts: Counts = { present: 0, late: 0, left_early: 0, absent: 0, elsewhere: 0 };
  for (const { presence } of roll.marks) if (presence) counts[presence] += 1;
  return counts;
}

/** A roll as the board keeps it: counted, without anybody's mark. */
export function boardRoll(roll: Roll): CountedRoll {
  const { ops: _ops, people, marks: _marks, unmarked, known: _known, ...facts } = roll;
  return {
    ...facts,
    by_name: people.find(({ staff_id }) => staff_id === roll.submitted_by)?.name ?? null,
    unmarked_count: unmarked.length,
    counts: countsOf(roll),
  };
}

export interface TakenIn {
  readonly board: Board;
  /** Sections, calendar or rolls laid out anew: the board has to be fetched whole. */
  readonly stale: boolean;
  readonly held: boolean;
  readonly changed: ReadonlySet<string>;
}

export function takeIn(board: Board, changes: readonly Change[]): TakenIn {
  const news = new Map<string, BoardRoll>();
  let stale = false;
  let held = false;
  const known = new Map(board.rolls.map((roll) => [roll.roll_id, roll]));
  for (const change of changes) {
    if (change.type === "held") held = true;
    else if (change.type !== "roll") stale = true;
    else if (change.on === board.on) {
      const before = news.get(change.roll_id) ?? known.get(change.roll_id);
      if (!before) stale = true;
      else if (before.seq <= change.seq)
        news.set(change.roll_id, { ...boardRoll(change), ...keptBeside(before) });
    }
  }
  const rolls = board.rolls.map((roll) => news.get(roll.roll_id) ?? roll);
  return { board: { ...board, rolls }, stale, held, changed: new Set(news.keys()) };
}

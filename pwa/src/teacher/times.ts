/** Times of one roll in the words of the screen. */

import { clockTime, ms } from "../core/dates.ts";
import type { Said } from "../core/draft.ts";
import { minutesOf } from "../core/roll.ts";
import type { Times } from "../core/tile.ts";
import { stateWords } from "../core/words.ts";
import type { Roll } from "../wire.ts";
import { now, wall, zone } from "./state.ts";

export const at = (when: string | number): string => clockTime(when, zone.value);

/** A time read off this tablet's own clock, as the school's clock showed it. */
export const atHere = (when: string | number): string =>
  at((typeof when === "string" ? ms(when) : when) + now.value - wall.value);

export function timesOf(roll: Roll, said: Said): Times {
  return { minutes: minutesOf(roll, said), left: said.left_at ? at(said.left_at) : undefined };
}

export function saidWords(roll: Roll, said: Said): string {
  const { minutes, left } = timesOf(roll, said);
  return stateWords(said.presence, minutes, left);
}

/** A roll in the school's record, counted. */

import { countWords } from "../core/words.ts";
import type { Presence, Roll } from "../wire.ts";

export function tallyWords({ marks, unmarked }: Roll): string {
  const of = (presence: Presence) => marks.filter((mark) => mark.presence === presence).length;
  const counts = {
    present: of("present"),
    absent: of("absent"),
    late: of("late"),
    left_early: of("left_early"),
    elsewhere: of("elsewhere"),
    unmarked: unmarked.length,
  };
  return countWords(counts).join(", ");
}

/** How a roll stands, as a chip: the one place where standings become props. */

import { ms } from "../core/dates.ts";
import { standingOf } from "../core/today.ts";
import { StandingChip } from "../ui/parts.ts";
import type { Roll } from "../wire.ts";
import { entriesOf, stepFor } from "./rollbook.ts";
import { minute } from "./state.ts";
import { at } from "./times.ts";

export const standingNow = (roll: Roll) => standingOf(roll, stepFor(roll), minute.value);

export function Standing({ roll }: { roll: Roll }) {
  const standing = standingNow(roll);
  const entry = entriesOf(roll.roll_id).at(-1);
  const saved = entry?.saved_at ?? roll.taken_at ?? roll.received_at;
  const times = {
    upcoming: roll.opens_at,
    open: roll.due_at,
    due: roll.due_at,
    late: roll.due_at,
    saved,
    held: entry?.answer?.received_at,
    refused: entry?.answer?.received_at,
    submitted: roll.taken_at ?? saved,
    exempt: null,
  } as const;
  const when = times[standing];
  const left = Math.max(1, Math.ceil((ms(roll.due_at) - minute.value) / 60_000));
  return (
    <StandingChip
      standing={standing}
      at={when ? at(when) : undefined}
      minutesLeft={standing === "due" ? left : undefined}
      reason={roll.void_reason ?? undefined}
    />
  );
}

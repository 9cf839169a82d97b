/** How a roll stands, as a chip: the one place where standings become props. */

import { ms, shortDay } from "../core/dates.ts";
import { standingOf } from "../core/today.ts";
import { voidWords } from "../core/void.ts";
import { StandingChip } from "../ui/parts.ts";
import type { Roll } from "../wire.ts";
import { entriesOf, stepFor } from "./rollbook.ts";
import { minute, today } from "./state.ts";
import { at, atHere } from "./times.ts";

export const standingNow = (roll: Roll) => standingOf(roll, stepFor(roll), minute.value);

export function Standing({ roll }: { roll: Roll }) {
  const standing = standingNow(roll);
  const entry = entriesOf(roll.roll_id).at(-1);
  const saved = entry ? atHere(entry.saved_at) : undefined;
  const received = entry?.answer ? at(entry.answer.received_at) : undefined;
  const times = {
    upcoming:
      roll.on === today.value ? at(roll.opens_at) : `${shortDay(roll.on)} ${at(roll.opens_at)}`,
    open: at(roll.due_at),
    due: at(roll.due_at),
    late: at(roll.due_at),
    saved,
    held: received,
    refused: received,
    submitted: roll.taken_at ? at(roll.taken_at) : saved,
    exempt: undefined,
  } as const;
  const left = Math.max(1, Math.ceil((ms(roll.due_at) - minute.value) / 60_000));
  return (
    <StandingChip
      standing={standing}
      at={times[standing]}
      minutesLeft={standing === "due" ? left : undefined}
      reason={roll.void_reason === null ? undefined : voidWords(roll.void_reason, roll.void_note)}
    />
  );
}

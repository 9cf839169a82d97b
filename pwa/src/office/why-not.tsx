/** "Why can't this roll be taken?", answered beside the roll in the words that its teacher reads. */

import { clockTime, ms, schoolDate, shortDate, weekday } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { blockOf, insistingOn, type WhyNot, whyNot } from "../core/why-not.ts";
import { WhyNotWords } from "../ui/parts.ts";
import type { Roll } from "../wire.ts";
import { isTaken } from "./cells.ts";

/** The answer as it stands at an instant; null where the teacher can take or change the roll. */
export function whyNotAt(
  roll: Roll,
  now: number,
  zone: string,
  note: string | null,
): WhyNot | null {
  const today = schoolDate(now, zone);
  const block = blockOf(roll, isTaken(roll), today, now);
  if (!block) return null;
  const opens = clockTime(roll.opens_at, zone);
  const isToday = roll.on === today;
  return whyNot({
    block,
    reason: roll.void_reason,
    note: roll.void_note ?? note,
    opens: isToday ? opens : `${weekday(roll.on)}, ${shortDate(roll.on)}, ${opens}`,
    bell: clockTime(roll.starts_at, zone),
    ahead: Math.round((ms(roll.starts_at) - ms(roll.opens_at)) / 60_000),
    insisting: insistingOn(roll, today, now),
    isOver: ms(roll.ends_at) <= now,
    next: null,
  });
}

export function WhyNotOf(props: { roll: Roll; now: number; zone: string; note: string | null }) {
  const { roll, now, zone, note } = props;
  const words = whyNotAt(roll, now, zone, note);
  if (!words) return null;
  return (
    <details class="why-not-asked">
      <summary>
        {isTaken(roll)
          ? t`Why can’t the teacher change this roll?`
          : t`Why can’t the teacher take this roll?`}
      </summary>
      <WhyNotWords of={words} />
    </details>
  );
}

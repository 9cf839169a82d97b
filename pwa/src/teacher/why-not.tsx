/** "Why can't I take this roll?", asked of a roll or of a row of the day. */

import { signal } from "@preact/signals";
import { ms, shortDate, weekday } from "../core/dates.ts";
import { isTaken } from "../core/roll.ts";
import { t } from "../core/t.ts";
import { nextRoll } from "../core/today.ts";
import { blockOf, insistingOn, type WhyNot, whyNot } from "../core/why-not.ts";
import { Button, Sheet, WhyNotWords } from "../ui/parts.ts";
import type { Roll } from "../wire.ts";
import { entriesOf, rollById, sectionOf } from "./rollbook.ts";
import { minute, school, today } from "./state.ts";
import { at } from "./times.ts";

/** The roll that is asked about, by its id. */
export const asked = signal<string | null>(null);

/** "8:55", or "Wednesday, Oct 7, 8:55" for another day's. */
function opening(roll: Roll): string {
  const time = at(roll.opens_at);
  return roll.on === today.value ? time : `${weekday(roll.on)}, ${shortDate(roll.on)}, ${time}`;
}

const taken = (roll: Roll): boolean => isTaken(roll, entriesOf(roll.roll_id));

/** The answer for a roll; null where it can be taken or changed. */
export function whyNotOf(roll: Roll): WhyNot | null {
  const block = blockOf(roll, taken(roll), today.value, minute.value);
  if (!block) return null;
  const day = school.value?.calendar.days.find(({ on }) => on === roll.on);
  const next = nextRoll(school.value?.rolls ?? [], minute.value, roll.section_id);
  return whyNot({
    block,
    reason: roll.void_reason,
    note: roll.void_note ?? day?.note ?? null,
    opens: opening(roll),
    bell: at(roll.starts_at),
    ahead: Math.round((ms(roll.starts_at) - ms(roll.opens_at)) / 60_000),
    insisting: insistingOn(roll, today.value, minute.value),
    isOver: ms(roll.ends_at) <= minute.value,
    next: next && opening(next),
  });
}

const question = (roll: Roll): string =>
  taken(roll) ? t`Why can’t I change this roll?` : t`Why can’t I take this roll?`;

/** Beside a row of the day that cannot be taken now. */
export function WhyButton({ roll }: { roll: Roll }) {
  if (!whyNotOf(roll)) return null;
  const what = sectionOf(roll)?.title ?? roll.period_name;
  return (
    <Button
      kind="quiet"
      icon="question"
      label={`${question(roll)} ${what}, ${roll.period_name}`}
      onPress={() => {
        asked.value = roll.roll_id;
      }}
    />
  );
}

/** The answer, over the screen that asked. */
export function WhySheet() {
  const roll = asked.value === null ? undefined : rollById(asked.value);
  const words = roll && whyNotOf(roll);
  if (!roll || !words) return null;
  const close = () => {
    asked.value = null;
  };
  const what = [sectionOf(roll)?.title, roll.period_name].filter(Boolean).join(" · ");
  return (
    <Sheet title={question(roll)} sub={what} onClose={close}>
      <WhyNotWords of={words} />
      <Button kind="plain" wide onPress={close}>
        {t`Close`}
      </Button>
    </Sheet>
  );
}

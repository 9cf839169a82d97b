/** A roll that is due is told on every screen but its own and the day's list (rule N14). */

import { computed } from "@preact/signals";
import { dueNow, dueSaid, dueWords } from "../core/due.ts";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import type { Roll } from "../wire.ts";
import { openOn, route } from "./route.ts";
import { minute, ownEntries, school, today } from "./state.ts";
import { at } from "./times.ts";

/** The list of today shows it already, and so does its own screen. */
export const dueElsewhere = computed((): readonly Roll[] => {
  const { value } = route;
  const isListed = value.screen === "today" && (value.on ?? today.value) === today.value;
  if (isListed || !school.value) return [];
  const here = value.screen === "roll" ? value.roll_id : null;
  const due = dueNow(school.value.rolls, ownEntries.value, today.value, minute.value);
  return due.filter(({ roll_id }) => roll_id !== here);
});

export const dueForEars = computed(() => dueSaid(dueElsewhere.value, minute.value));

export function DueBanner() {
  const rolls = dueElsewhere.value;
  const words = dueWords(rolls, minute.value, at);
  if (!words) return null;
  const only = rolls.length === 1 ? rolls[0] : undefined;
  return (
    <Banner
      kind="held"
      icon="clock"
      action={
        <Button kind="plain" size="strip" onPress={() => openOn(only?.roll_id ?? null)}>
          {only ? t`Take roll` : t`See them`}
        </Button>
      }
    >
      <b>{words.first}</b> {words.more}
    </Banner>
  );
}

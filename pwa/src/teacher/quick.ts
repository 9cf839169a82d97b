/** Rolls that were all present within two seconds for weeks: asked of the school, shown here first. */

import { computed, signal } from "@preact/signals";
import { newOpId } from "../device/clock.ts";
import { quickHabits, quickShown } from "../device/later-api.ts";
import type { QuickHabit } from "../wire.ts";
import { session } from "./state.ts";

const known = signal<{ readonly staff_id: string; readonly habits: readonly QuickHabit[] } | null>(
  null,
);
const read = signal<ReadonlySet<string>>(new Set());

/** What a habit was when it was read here: with another roll it is told again. */
const place = ({ key, on }: QuickHabit): string => `${key} ${on}`;

/** This person's, but for those that were read here. */
export const habits = computed((): readonly QuickHabit[] => {
  const { value } = known;
  if (value === null || value.staff_id !== session.value?.staff_id) return [];
  return value.habits.filter((one) => !read.value.has(place(one)));
});

export const haveRead = (one: QuickHabit): void => {
  read.value = new Set([...read.value, place(one)]);
};

/** Asks the school; without network nothing is shown, and nothing is noted. */
export async function fetchHabits(): Promise<void> {
  const who = session.peek();
  if (!who) return;
  const ending = await quickHabits(who.school_id, who.grant_id);
  if (ending.end !== "answered" || session.peek()?.staff_id !== who.staff_id) return;
  known.value = { staff_id: who.staff_id, habits: ending.answer.habits };
}

/** On the screen now: the school keeps since when, once. */
export async function noteShown(one: QuickHabit): Promise<void> {
  const who = session.peek();
  if (!who || one.shown_on !== null) return;
  await quickShown(who.school_id, { line_id: newOpId(), key: one.key }, who.grant_id);
}

/** While Rollbook is open, the reminders that are shown follow what it knows (rule N8). */

import { computed, effect } from "@preact/signals";
import { tidy } from "../device/reminders.ts";
import { drafts, entries, school } from "./state.ts";

const PAUSE_MS = 500;

/** Rolls that the school has, whoever took them, or that it does not expect. */
const settled = computed(() => {
  const rolls = school.value?.rolls ?? [];
  const done = rolls.filter(({ state, expected }) => state !== "not_taken" || !expected);
  return new Set(done.map(({ roll_id }) => roll_id));
});

/** Follows the stores, once a page; a row of taps is looked at once. */
export function startTidying(): void {
  let waits: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const [rolls] = [settled.value, entries.value, drafts.value];
    clearTimeout(waits);
    waits = setTimeout(() => void tidy(rolls).catch(() => undefined), PAUSE_MS);
  });
}

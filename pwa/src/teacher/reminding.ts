/** While Rollbook is open, the reminders that are shown follow what it knows (rule N8). */

import { computed, effect } from "@preact/signals";
import { isAllowed } from "../device/reach.ts";
import { onNews } from "../device/tabs.ts";
import { drafts, entries, school } from "./state.ts";

const PAUSE_MS = 500;

/** Rolls that the school has, whoever took them, or that it does not expect. */
const settled = computed(() => {
  const rolls = school.value?.rolls ?? [];
  const done = rolls.filter(({ state, expected }) => state !== "not_taken" || !expected);
  return new Set(done.map(({ roll_id }) => roll_id));
});

/** Where nothing may be shown nothing has to be put right, and the part is not even fetched. */
async function tidy(rolls: ReadonlySet<string>): Promise<void> {
  if (!isAllowed()) return;
  const reminders = await import("../device/reminders.ts");
  await reminders.tidy(rolls);
}

let waits: ReturnType<typeof setTimeout> | undefined;

/** A row of taps is looked at once. */
function soon(): void {
  clearTimeout(waits);
  waits = setTimeout(() => void tidy(settled.peek()).catch(() => undefined), PAUSE_MS);
}

/** Follows the stores and what the worker shows, once a page. */
export function startTidying(): void {
  effect(() => {
    settled.value;
    entries.value;
    drafts.value;
    soon();
  });
  // Out of sight it stays: there a push has to leave something to see.
  onNews((news) => news === "reminded" && !document.hidden && soon());
}

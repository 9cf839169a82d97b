/** Whether this person is reminded on this tablet: what can be, and what she wished. */

import { computed, effect, signal } from "@preact/signals";
import type { Reach } from "../core/reach.ts";
import { isAllowed, reach as reachNow } from "../device/reach.ts";
import { contact, me, ownEntries, people, wall } from "./state.ts";

const HALF_A_DAY_MS = 12 * 3600_000;

export const reach = signal<Reach>(reachNow());
const allowed = signal(isAllowed());

/** The sheet about reminders is open. */
export const asksReminders = signal(false);

export const reminded = computed((): "on" | "off" | Exclude<Reach, "possible"> => {
  if (reach.value !== "possible") return reach.value;
  return me.value?.reminders?.wish === "on" && allowed.value ? "on" : "off";
});

/** Offered once, after the first roll that was saved here, where it can be had. */
export const offers = computed(
  () =>
    me.value !== null &&
    me.value.reminders === undefined &&
    ownEntries.value.length > 0 &&
    (reminded.value === "off" || reminded.value === "home_screen"),
);

/** Looks at the browser's permission, which may be changed outside this page. */
export function look(): void {
  reach.value = reachNow();
  allowed.value = isAllowed();
}

/** Who wishes what here, that the school answers, and the half of the day: then it is compared. */
const occasion = computed(() => {
  const wishes = people.value.map(({ staff_id, reminders }) => `${staff_id} ${reminders?.wish}`);
  const answers = contact.value.last !== null && contact.value.lostSince === null;
  return answers && allowed.value
    ? `${wishes.join()} ${Math.floor(wall.value / HALF_A_DAY_MS)}`
    : null;
});

/** Follows the browser's permission, and keeps the school's record true, at each start (N12). */
export function startReminders(): void {
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  effect(() => {
    if (occasion.value === null) return;
    void import("../device/push.ts").then((push) => push.keepReminded()).catch(() => undefined);
  });
}

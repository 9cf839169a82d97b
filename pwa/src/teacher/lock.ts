/**
 * When names are covered and when they close. Only for people with a PIN: without one there is
 * nothing that could open them again, and nobody else is meant to use the tablet.
 */

import { computed, effect, signal } from "@preact/signals";
import { ms } from "../core/dates.ts";
import { wallNow } from "../device/clock.ts";
import { leave } from "../device/people.ts";
import { tellTabs } from "../device/tabs.ts";
import { route } from "./route.ts";
import { locked, me, noteTrouble, now, ownEntries, people, session } from "./state.ts";

const IDLE_MS = 120_000;
const LOOK_MS = 1000;

/** away: somebody looked elsewhere · sent: the roll is with the school. */
export const curtain = signal<"away" | "sent" | null>(null);

let touched = wallNow();

const guards = computed(() => !locked.value && me.value?.lock === "pin");

/** Whose names are open. The same person read anew from the store is no hand on the tablet. */
const inside = computed(() => (locked.value ? null : (session.value?.staff_id ?? null)));

/** Closes the names in every tab of this tablet. */
export function lockNow(): void {
  curtain.value = null;
  tellTabs("lock");
}

/** A hand on the tablet: the two minutes begin anew. */
function touch(): void {
  touched = wallNow();
}

/** Whose day pass is over: her names go, offline too. */
const over = computed(() =>
  people.value.filter(({ until }) => until !== null && now.value >= ms(until)),
);

let ending: Promise<unknown> | null = null;

function endPasses(): void {
  if (ending || over.value.length === 0) return;
  ending = Promise.all(over.value.map(({ staff_id }) => leave(staff_id, "pass")))
    .catch(noteTrouble)
    .finally(() => {
      ending = null;
    });
}

function look(): void {
  endPasses();
  if (guards.value && wallNow() - touched >= IDLE_MS) lockNow();
}

function away(): void {
  if (guards.value) curtain.value ??= "away";
}

/** Who was away for long finds it locked; else the names are there again. */
function back(): void {
  look();
  if (curtain.value === "away") curtain.value = null;
}

/** What was on its way to the school when it was last looked at. */
let going: ReadonlySet<string> = new Set();

function coverAfterSending(): void {
  const before = going;
  const own = ownEntries.value;
  going = new Set(
    own.filter(({ step }) => step === "draft" || step === "sent").map(({ id }) => id),
  );
  const { value } = route;
  const open = value.screen === "roll" ? value.roll_id : null;
  const arrived = own.some(
    ({ id, roll_id, step }) => roll_id === open && step === "received" && before.has(id),
  );
  if (arrived && guards.value) curtain.value = "sent";
}

/** Sets the watch, once a page. */
export function startLock(): void {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"])
    addEventListener(kind, touch, { capture: true, passive: true });
  addEventListener("blur", away);
  addEventListener("focus", back);
  document.addEventListener("visibilitychange", () => (document.hidden ? away() : back()));
  effect(coverAfterSending);
  effect(() => {
    if (inside.value === null) curtain.value = null;
    else touch();
  });
  setInterval(look, LOOK_MS);
}

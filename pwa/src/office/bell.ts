/** Whether whoever is at this desk is reminded here of rolls that nobody took. */

import { computed, signal } from "@preact/signals";
import { clockTime } from "../core/dates.ts";
import type { Reach } from "../core/reach.ts";
import type { Reminds } from "../core/reach-words.ts";
import { TURN_FAILED } from "../core/reach-words.ts";
import { isOver, type TestFacts, testSteps } from "../core/test-words.ts";
import * as push from "../device/push.ts";
import { runTest } from "../device/push-test.ts";
import { askLeave, isAllowed, reach as reachNow } from "../device/reach.ts";
import { type DeskReminders, readMeta, writeMeta } from "../device/store.ts";
import { startWorker } from "../device/worker.ts";
import { instantNow, session } from "./desk.ts";

const reach = signal<Reach>(reachNow());
const allowed = signal(isAllowed());
const wish = signal(false);

/** The sheet is open. */
export const asksReminders = signal(false);
export const turning = signal(false);
export const turned = signal("");

const facts = signal<TestFacts | null>(null);
const zone = (): string => (session.value.at === "desk" ? session.value.who.school.zone : "UTC");
export const steps = computed(() =>
  facts.value ? testSteps(facts.value, (at) => clockTime(at, zone())) : [],
);
export const isTesting = computed(() => facts.value !== null && !isOver(steps.value));

export const reminds = computed((): Reminds => {
  if (reach.value !== "possible") return reach.value;
  return wish.value && allowed.value ? "on" : "off";
});

/** Her own wish at this desk; where nothing may be shown the browser's store is not even opened. */
async function wished(): Promise<DeskReminders | null> {
  const { value } = session;
  const known = isAllowed() ? await readMeta("desk_reminders") : null;
  return value.at === "desk" && known?.staff_id === value.who.me.staff_id ? known : null;
}

async function look(): Promise<void> {
  reach.value = reachNow();
  allowed.value = isAllowed();
  wish.value = (await wished()) !== null;
}

async function wisher(): Promise<push.Wisher | null> {
  if (session.value.at !== "desk") return null;
  const { staff_id } = session.value.who.me;
  const { school_id } = session.value.who.school;
  return push.ofDesk((await wished()) ?? { school_id, staff_id, told: null });
}

/** One change at a time; what fails is said. */
async function turn(change: (who: push.Wisher) => Promise<string>): Promise<void> {
  turning.value = true;
  turned.value = "";
  try {
    const who = await wisher();
    if (who) turned.value = await change(who);
  } catch {
    turned.value = TURN_FAILED.here;
  } finally {
    await look().catch(() => undefined);
    turning.value = false;
  }
}

/** By a press: the browser asks, its worker is put in place, then the school is told. */
export function turnOn(): Promise<void> {
  const leave = askLeave();
  return turn(async (who) => {
    const answer = await leave;
    if (answer !== "granted") return answer === "default" ? TURN_FAILED.dismissed : "";
    await startWorker(() => undefined);
    await navigator.serviceWorker.ready;
    const ended = await push.turnOn(who);
    if (ended.end === "refused") return ended.why;
    return ended.end === "on" ? "" : TURN_FAILED[ended.end];
  });
}

export const turnOff = (): Promise<void> =>
  turn(async (who) => {
    if (!(await push.turnOff(who))) return TURN_FAILED.unreachable;
    await push.keepReminded();
    return "";
  });

export async function test(): Promise<void> {
  const who = isTesting.value ? null : await wisher();
  if (!who) return;
  await runTest(who, reach.value, instantNow() - Date.now(), (found) => {
    facts.value = found;
  });
}

export function close(): void {
  asksReminders.value = false;
  turned.value = "";
  facts.value = null;
}

/** At each start: what the school knows of this browser is put right. */
export async function keepReminding(): Promise<void> {
  await look();
  const who = wish.value ? await wisher() : null;
  if (who) await push.keepReminded(who);
  await look();
}

/** Whoever signs out takes her wish along; the school has ended hers by then. */
export async function leaveReminders(): Promise<void> {
  if (!isAllowed()) return;
  await writeMeta("desk_reminders", null);
  await push.keepReminded();
  await look();
}

/**
 * When to send and to read: after each commit, at load, online, visible, pageshow, and by a timer
 * while anything is unsent. Background Sync helps where a browser has it; nothing depends on it.
 */

import { waitMs } from "../core/backoff.ts";
import { isUnsent } from "../core/entry.ts";
import { nextLeaves, released } from "../core/outbox.ts";
import { chance, wallNow } from "./clock.ts";
import { type FlushEnd, flush } from "./flush.ts";
import { leaveAll } from "./people.ts";
import { type PullEnd, pull } from "./pull.ts";
import { purgeCaches } from "./room.ts";
import * as store from "./store.ts";
import { tellTabs } from "./tabs.ts";

const DEBOUNCE_MS = 40;
const FEED_MS = 60_000;
const RECORD_MS = 2000;

/** A timer that keeps only its nearest appointment. */
class Appointment {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private at = Number.POSITIVE_INFINITY;

  constructor(private readonly work: () => void) {}

  in(ms: number): void {
    const at = wallNow() + ms;
    if (at >= this.at) return;
    clearTimeout(this.timer);
    this.at = at;
    this.timer = setTimeout(() => {
      this.at = Number.POSITIVE_INFINITY;
      this.work();
    }, ms);
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.at = Number.POSITIVE_INFINITY;
  }
}

let failures = 0;
let running: Promise<void> | null = null;
const sending = new Appointment(() => void run());
const reading = new Appointment(() => void read().catch(orLater(reading)));

const asked = (end: FlushEnd | PullEnd): number => ("retryS" in end ? end.retryS : 0);

/** Anything but an answer is a failure to count, and the next try waits longer. */
function delayAfter(end: FlushEnd | PullEnd): number {
  const fine = end.end === "sent" || end.end === "done" || end.end === "nothing";
  failures = fine ? 0 : failures + 1;
  return fine ? asked(end) * 1000 : waitMs(failures - 1, chance(), asked(end));
}

async function send(): Promise<void> {
  const end = await flush();
  const delay = delayAfter(end);
  const entries = await store.allEntries();
  const leaves = nextLeaves(entries, wallNow());
  if (leaves !== null) sending.in(leaves + 5);
  const waits = entries.some((entry) => isUnsent(entry) && entry.not_before === null);
  if (waits) sending.in(Math.max(delay, DEBOUNCE_MS));
  if (end.end === "sent") reading.in(asked(end) * 1000);
}

async function read(): Promise<void> {
  if (document.hidden) return;
  const end = await pull();
  if (end.end === "revoked") await obey();
  const entries = await store.allEntries();
  // What is carried for others may be of a section that this person never reads.
  const onTheWay = entries.some(({ step, carried }) => step === "received" && !carried);
  if (end.end === "done") {
    const next = onTheWay ? RECORD_MS : FEED_MS * (0.75 + chance() / 2);
    reading.in(Math.max(next, asked(end) * 1000));
  } else {
    reading.in(delayAfter(end) + RECORD_MS);
  }
  if (entries.some(isUnsent)) sending.in(DEBOUNCE_MS);
}

/** The office withdrew this tablet: what is owed is offered, then every name and key goes. */
async function obey(): Promise<void> {
  await flush();
  await leaveAll();
  await purgeCaches();
}

/** The store itself failed (a full tablet, a version that took it): later, like any failure. */
function orLater(appointment: Appointment): (error: unknown) => void {
  return () => {
    failures += 1;
    appointment.in(waitMs(failures, chance()) + RECORD_MS);
  };
}

async function run(): Promise<void> {
  running ??= send()
    .catch(orLater(sending))
    .finally(() => {
      running = null;
    });
  await running;
}

/** Something was committed: send soon. */
export function committed(): void {
  sending.in(DEBOUNCE_MS);
  void registerSync();
}

/** The road may be open again: try both ways at once, whatever the timers say. */
export function tryNow(): void {
  failures = 0;
  sending.in(0);
  reading.in(0);
}

/** The page goes away: what could still be undone leaves now. */
async function leave(): Promise<void> {
  await store.changeEntries(released).catch(orLater(sending));
  tellTabs("outbox");
  await run();
}

async function lost(): Promise<void> {
  await store.changeMeta("contact", (old) => ({
    last: old?.last ?? null,
    lostSince: old?.lostSince ?? wallNow(),
  }));
  tellTabs("outbox");
}

interface WithSync {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** A bonus of Chromium's: the worker may send when the network returns and no page is open. */
async function registerSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await (registration as WithSync | undefined)?.sync?.register("rollbook-flush").catch(() => {});
}

/** Sets the triggers, once a page. */
export function startEngine(): void {
  addEventListener("online", tryNow);
  addEventListener("offline", () => void lost().catch(orLater(reading)));
  addEventListener("pageshow", tryNow);
  addEventListener("pagehide", () => void leave());
  document.addEventListener("visibilitychange", () => (document.hidden ? void leave() : tryNow()));
  tryNow();
}

/**
 * Sends what waits, under one lock for all tabs and the worker: read what is ready, freeze it, send
 * it, apply each outcome. Nothing leaves the outbox without its own receipt.
 */

import { instant } from "../core/dates.ts";
import type { Entry } from "../core/entry.ts";
import {
  afterEpoch,
  batch,
  frozen,
  MOST_OPS,
  ready,
  refusedHere,
  settled,
} from "../core/outbox.ts";
import type { Push, PushAnswer } from "../wire.ts";
import { type Ending, push } from "./api.ts";
import { wallNow } from "./clock.ts";
import { noteStanding } from "./people.ts";
import * as store from "./store.ts";
import { tellTabs } from "./tabs.ts";

/** How a flush ended; `retryS` is the least the server asked to wait. */
export type FlushEnd =
  | { readonly end: "nothing" }
  | { readonly end: "sent"; readonly retryS: number }
  | { readonly end: "unreachable" | "outdated" | "refused" }
  | { readonly end: "busy"; readonly retryS: number }
  | { readonly end: "signin" | "ended" | "withdrawn" | "revoked" };

const APP = "2026.11";

async function message(entries: readonly Entry[], school: string): Promise<Push> {
  const epochs = await store.readMeta("epochs");
  return {
    protocol: 1,
    app: APP,
    device_id: (await store.readMeta("device_id")) ?? "",
    epoch: epochs?.[school] ?? null,
    client_time: instant(wallNow()),
    ops: entries.map(({ op }) => op),
  };
}

/**
 * Takes in which history the school is in. A new one puts every acknowledged op of that school
 * back in the queue (and its readers fetch everything anew); true when that happened.
 */
export async function honourEpoch(school: string, epoch: string): Promise<boolean> {
  const known = (await store.readMeta("epochs"))?.[school];
  if (known === epoch) return false;
  if (known !== undefined) {
    await store.changeEntries((entry) =>
      entry.school_id === school ? afterEpoch(entry, epoch) : entry,
    );
  }
  await store.changeMeta("epochs", (old) => ({ ...old, [school]: epoch }));
  return known !== undefined;
}

async function applyAnswer(school: string, answer: PushAnswer): Promise<void> {
  await store.changeEntries((entry) => settled(entry, answer));
  await store.writeMeta("safe_before", answer.safe_before);
  await honourEpoch(school, answer.epoch);
}

function settlesSome(entries: readonly Entry[], { results }: PushAnswer): boolean {
  const answered = new Set(results.map(({ id }) => id));
  return entries.some(({ id }) => answered.has(id));
}

/** A batch that is too much is halved; one op that is too much alone is refused here, and kept. */
async function shrink(entries: readonly Entry[], reason: string): Promise<number> {
  if (entries.length > 1) return Math.ceil(entries.length / 2);
  const id = entries[0]?.id;
  const at = instant(wallNow());
  await store.changeEntries((entry) => (entry.id === id ? refusedHere(entry, reason, at) : entry));
  return MOST_OPS;
}

/** Problems that are about the batch's contents rather than about who asks. */
const ABOUT_CONTENT = new Set([400, 422]);

type Round = FlushEnd | { readonly end: "again"; readonly most: number };

async function afterSending(
  entries: readonly Entry[],
  school: string,
  ending: Ending<PushAnswer>,
): Promise<Round> {
  switch (ending.end) {
    case "answered":
      await applyAnswer(school, ending.answer);
      // An answer about other ops than ours: asking again at once would never end.
      if (!settlesSome(entries, ending.answer)) return { end: "busy", retryS: 1 };
      return ending.answer.backoff_s > 0
        ? { end: "sent", retryS: ending.answer.backoff_s }
        : { end: "again", most: MOST_OPS };
    case "too_large":
      return { end: "again", most: await shrink(entries, "too_large") };
    case "refused":
      return ABOUT_CONTENT.has(ending.problem.status)
        ? { end: "again", most: await shrink(entries, "malformed") }
        : { end: "refused" };
    case "moved":
      if (!ending.epoch) return { end: "busy", retryS: 1 };
      await honourEpoch(school, ending.epoch);
      return { end: "again", most: MOST_OPS };
    default:
      return ending;
  }
}

async function round(most: number): Promise<Round> {
  const entries = batch(ready(await store.allEntries(), wallNow()), most);
  const school = entries[0]?.school_id;
  if (school === undefined) return { end: "nothing" };
  const going = new Set(entries.map(({ id }) => id));
  await store.changeEntries((entry) => (going.has(entry.id) ? frozen(entry) : entry));
  tellTabs("outbox");
  return afterSending(entries, school, await deliver(school, await message(entries, school)));
}

const OUT = new Set(["signin", "ended", "withdrawn", "revoked"]);

/**
 * In the name of whoever is at the tablet; where the school does not know that sign-in (any more),
 * by the tablet's own cookie: whose rolls they are stands in the ops, not in the session.
 */
async function deliver(school: string, body: Push): Promise<Ending<PushAnswer>> {
  const session = await store.readMeta("session");
  if (session?.state !== "ok" || session.school_id !== school) return push(school, body, null);
  const ending = await push(school, body, session.grant_id);
  if (!OUT.has(ending.end)) return ending;
  if (ending.end === "signin") await noteStanding(session.staff_id, "expired");
  return push(school, body, null);
}

async function noteLoss(end: FlushEnd): Promise<void> {
  if (end.end !== "unreachable") return;
  await store.changeMeta("contact", (old) => ({
    last: old?.last ?? null,
    lostSince: old?.lostSince ?? wallNow(),
  }));
}

async function rounds(): Promise<FlushEnd> {
  let sent = false;
  let most = MOST_OPS;
  for (;;) {
    const result = await round(most);
    if (result.end === "nothing") return sent ? { end: "sent", retryS: 0 } : result;
    if (result.end !== "again") return result;
    sent = true;
    most = result.most;
  }
}

/** Sends everything that may leave now. One flush at a time on the whole tablet. */
export async function flush(): Promise<FlushEnd> {
  const end = await navigator.locks.request("rollbook-flush", rounds);
  await noteLoss(end);
  if (end.end !== "nothing") tellTabs("outbox");
  return end;
}

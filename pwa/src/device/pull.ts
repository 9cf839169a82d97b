/** Reads the school's feed into the store; a changed scope or history fetches everything anew. */

import { endedBy, mayForget, seenIn } from "../core/outbox.ts";
import type { Bootstrap, Changes, HeldItem } from "../wire.ts";
import * as api from "./api.ts";
import { wallNow } from "./clock.ts";
import { honourEpoch } from "./flush.ts";
import { allPeople, leave, noteStanding, refreshed } from "./people.ts";
import { applyChanges, type Place, readPlace, readSchool, replaceSchool } from "./school.ts";
import * as store from "./store.ts";
import { tellTabs } from "./tabs.ts";
import { opened } from "./vault.ts";

export type PullEnd =
  | { readonly end: "done"; readonly retryS: number }
  | { readonly end: "unreachable" | "refused" | "outdated" }
  | { readonly end: "signin" | "ended" | "withdrawn" | "revoked" }
  | { readonly end: "busy"; readonly retryS: number };

/** "On the record": an op of this tablet that is in a roll of the school's own feed. */
async function noteRecorded(ops: ReadonlySet<string>): Promise<void> {
  const safe = await store.readMeta("safe_before");
  await store.changeEntries((entry) => {
    const next = seenIn(entry, ops);
    return mayForget(next, wallNow(), safe) ? null : next;
  });
}

function opsIn(rolls: readonly { readonly type?: string; readonly ops?: readonly string[] }[]) {
  return new Set(rolls.flatMap(({ ops }) => ops ?? []));
}

async function takeAll(all: Bootstrap): Promise<void> {
  await replaceSchool(all);
  await honourEpoch(all.school.school_id, all.epoch);
  await store.writeMeta("safe_before", all.safe_before);
  const { school_id, staff_id, grant_id, state } = await refreshed(all);
  await store.changeMeta("session", (old) =>
    old?.staff_id === staff_id ? { school_id, staff_id, grant_id, state } : old,
  );
  await noteRecorded(opsIn(all.rolls));
  await noteEnded(all.held ?? []);
  tellTabs("school");
}

/** Fetches everything; the first minute of a person here, and whenever the ground has shifted. */
async function fetchAll({ school_id, grant_id }: store.Session): Promise<PullEnd> {
  const ending = await api.bootstrap(school_id, grant_id);
  return ending.end === "answered" ? takeAll(ending.answer).then(() => DONE) : failed(ending);
}

const DONE: PullEnd = { end: "done", retryS: 0 };

function failed(ending: Exclude<api.Ending<unknown>, { end: "answered" }>): PullEnd {
  switch (ending.end) {
    case "busy":
      return ending;
    case "moved":
    case "too_large":
      return { end: "busy", retryS: 1 };
    default:
      return { end: ending.end };
  }
}

/** What the office did with what it held: the tablet's line turns accordingly. */
async function noteEnded(items: readonly HeldItem[]): Promise<void> {
  if (items.length > 0) await store.changeEntries((entry) => endedBy(entry, items));
}

/** What the feed had shown before its receipt came: another tablet had carried it, say. */
async function noteKnown(): Promise<void> {
  const entries = await store.allEntries();
  if (!entries.some(({ step, carried }) => step === "received" && !carried)) return;
  const known = await readSchool();
  if (known) await noteRecorded(opsIn(known.rolls));
}

async function takePage(
  who: store.Session,
  page: Changes,
  scope: string,
): Promise<PullEnd | "more"> {
  await honourEpoch(who.school_id, page.epoch);
  if (page.scope !== scope) return fetchAll(who);
  await applyChanges(page);
  await store.writeMeta("safe_before", page.safe_before);
  await noteRecorded(opsIn(page.changes.filter(({ type }) => type === "roll")));
  await noteEnded(page.changes.filter(({ type }) => type === "held") as HeldItem[]);
  if (page.changes.length > 0) tellTabs("school");
  if (page.more) return "more";
  await noteKnown();
  return { end: "done", retryS: page.backoff_s };
}

/** Where she stands in the school's present history; null where all has to be fetched. */
async function placeOf({ school_id }: store.Session): Promise<Place | null> {
  const place = await readPlace();
  const epoch = (await store.readMeta("epochs"))?.[school_id];
  return place && (epoch === undefined || place.epoch === epoch) ? place : null;
}

async function pages(who: store.Session): Promise<PullEnd> {
  for (;;) {
    if (opened()?.staff_id !== who.staff_id) return DONE;
    const place = await placeOf(who);
    if (!place) return fetchAll(who);
    const ending = await api.changes(who.school_id, place.cursor, who.grant_id);
    if (ending.end === "moved") {
      if (ending.epoch) await honourEpoch(who.school_id, ending.epoch);
      return fetchAll(who);
    }
    if (ending.end !== "answered") return failed(ending);
    const end = await takePage(who, ending.answer, place.scope);
    if (end !== "more") return end;
  }
}

/** What the school's word on one person's sign-in means for her names here. */
async function noteEnd(staffId: string, end: PullEnd): Promise<void> {
  if (end.end === "signin") await noteStanding(staffId, "expired");
  else if (end.end === "ended") await leave(staffId, "pass");
  else if (end.end === "withdrawn") await leave(staffId, "person");
  else if (end.end === "revoked") await noteStanding(staffId, "revoked");
  else if (end.end === "unreachable") {
    await store.changeMeta("contact", (old) => ({
      last: old?.last ?? null,
      lostSince: old?.lostSince ?? wallNow(),
    }));
  }
  tellTabs("outbox");
}

/** With the names closed nothing is read, but a withdrawn tablet or person has to hear of it. */
async function askStandings(): Promise<PullEnd> {
  let last: PullEnd = DONE;
  for (const { staff_id, grant_id, state, lock } of await allPeople()) {
    if (state !== "ok" && lock === "gone") continue;
    const ending = await api.standing(grant_id);
    const end = ending.end === "answered" ? DONE : failed(ending);
    await noteEnd(staff_id, end);
    if (end.end === "revoked" || end.end === "unreachable") return end;
    if (end.end === "busy") last = end;
  }
  return last;
}

/** Brings the person whose names are open up to date with her school; one tab at a time. */
export async function pull(): Promise<PullEnd> {
  const session = await store.readMeta("session");
  if (!session || opened()?.staff_id !== session.staff_id) return askStandings();
  const end = await navigator.locks.request("rollbook-pull", () => pages(session));
  await noteEnd(session.staff_id, end);
  return end;
}

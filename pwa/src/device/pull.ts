/** Reads the school's feed into the store; a changed scope or history fetches everything anew. */

import { mayForget, seenIn } from "../core/outbox.ts";
import type { Bootstrap, Changes } from "../wire.ts";
import * as api from "./api.ts";
import { wallNow } from "./clock.ts";
import { honourEpoch } from "./flush.ts";
import { applyChanges, readSchool, replaceSchool } from "./school.ts";
import * as store from "./store.ts";
import { tellTabs } from "./tabs.ts";

export type PullEnd =
  | { readonly end: "done"; readonly retryS: number }
  | { readonly end: "unreachable" | "signin" | "revoked" | "refused" | "outdated" }
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
  const { school_id } = all.school;
  await replaceSchool(all);
  await honourEpoch(school_id, all.epoch);
  await store.writeMeta("wants_bootstrap", false);
  await store.writeMeta("safe_before", all.safe_before);
  await store.changeMeta("session", () => ({
    school_id,
    staff_id: all.me.staff_id,
    grant_id: all.grant.grant_id,
    state: "ok",
  }));
  await noteRecorded(opsIn(all.rolls));
  tellTabs("school");
}

/** Fetches everything; the first minute of a tablet, and whenever its ground has shifted. */
async function fetchAll(school: string): Promise<PullEnd> {
  const ending = await api.bootstrap(school);
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

async function takePage(school: string, page: Changes, scope: string): Promise<PullEnd | "more"> {
  await honourEpoch(school, page.epoch);
  if (page.scope !== scope) return fetchAll(school);
  await applyChanges(page);
  await store.writeMeta("safe_before", page.safe_before);
  await noteRecorded(opsIn(page.changes.filter(({ type }) => type === "roll")));
  if (page.changes.length > 0) tellTabs("school");
  return page.more ? "more" : { end: "done", retryS: page.backoff_s };
}

async function pages(school: string): Promise<PullEnd> {
  for (;;) {
    const place = (await readSchool())?.place;
    if (!place || place.school.school_id !== school) return fetchAll(school);
    if (await store.readMeta("wants_bootstrap")) return fetchAll(school);
    const ending = await api.changes(school, place.cursor);
    if (ending.end === "moved") {
      if (ending.epoch) await honourEpoch(school, ending.epoch);
      return fetchAll(school);
    }
    if (ending.end !== "answered") return failed(ending);
    const end = await takePage(school, ending.answer, place.scope);
    if (end !== "more") return end;
  }
}

async function noteEnd(end: PullEnd): Promise<void> {
  if (end.end === "signin" || end.end === "revoked") {
    const state = end.end === "signin" ? "expired" : "revoked";
    await store.changeMeta("session", (old) => old && { ...old, state });
  } else if (end.end === "unreachable") {
    await store.changeMeta("contact", (old) => ({
      last: old?.last ?? null,
      lostSince: old?.lostSince ?? wallNow(),
    }));
  }
  tellTabs("outbox");
}

/** Brings this tablet up to date with the school it is signed in at; one tab at a time. */
export async function pull(): Promise<PullEnd> {
  const session = await store.readMeta("session");
  if (!session) return { end: "signin" };
  const end = await navigator.locks.request("rollbook-pull", () => pages(session.school_id));
  await noteEnd(end);
  return end;
}

/**
 * The store that must not lose anything: drafts, the outbox, and what this device is. Ids, presence,
 * times and sealed notes only; no student's name. Its schema never changes: each entry says its own
 * format. Every write is a strict transaction, and a promise here resolves when that is complete and
 * not before.
 */

import type { DBSchema, IDBPDatabase } from "idb";
import type { ClockState } from "../core/clock.ts";
import type { Draft } from "../core/draft.ts";
import type { Entry } from "../core/entry.ts";
import type { Person, Standing } from "../core/person.ts";
import type { Language } from "../core/t.ts";
import { Connection, whole } from "./connection.ts";
import { purgeCaches } from "./room.ts";

/** Who this tablet records for, and whether the school still knows the sign-in. */
export interface Session {
  readonly school_id: string;
  readonly staff_id: string;
  readonly grant_id: string;
  readonly state: Standing;
}

/** Why nobody is in any more, to be told on the screen until somebody has read it. */
export interface Farewell {
  /** device: the office withdrew the tablet · person: her leave · pass: it is over. */
  readonly what: "device" | "person" | "pass";
  readonly at: string;
}

/** Where a pressed reminder leads, kept before any page opens: iPadOS may open the start page. */
export interface Target {
  readonly to: string;
  /** Whose reminder it was: its tag says so without a name. */
  readonly tag: string;
  readonly at: string;
}

/** The last push that came here, by this tablet's own clock. */
export interface Reminded {
  readonly message_id: string | null;
  readonly kind: string;
  readonly at: string;
}

/** Who wishes to be reminded at the office desk of this browser, and where she is reached. */
export interface DeskReminders {
  readonly school_id: string;
  readonly staff_id: string;
  readonly told: string | null;
}

/** How this tablet's people like it. */
export interface Preferences {
  /** Single letters mark students while the grid has focus (WCAG 2.1.4). */
  readonly letters: boolean;
  readonly view: "tile" | "row" | null;
}

/** What this device knows of itself; each kept under its own name. */
export interface Meta {
  device_id: string;
  session: Session | null;
  /** Everybody who takes roll here. */
  people: readonly Person[];
  farewell: Farewell | null;
  /** The history each school was in when it last answered, by school. */
  epochs: Readonly<Record<string, string>>;
  clock: ClockState;
  /** Wall ms of the last answer, and since when there has been none. */
  contact: { readonly last: number | null; readonly lostSince: number | null };
  safe_before: string | null;
  preferences: Preferences;
  /** What the pages were last in; the worker says its reminders in it. */
  language: Language;
  target: Target | null;
  reminded: Reminded | null;
  desk_reminders: DeskReminders | null;
}

interface OutboxSchema extends DBSchema {
  outbox: { key: string; value: Entry };
  drafts: { key: string; value: Draft };
  meta: { key: string; value: { key: string; value: unknown } };
}

const STRICT = { durability: "strict" } as const;

function upgrade(db: IDBPDatabase<OutboxSchema>): void {
  db.createObjectStore("outbox", { keyPath: "id" });
  db.createObjectStore("drafts", { keyPath: "key" });
  db.createObjectStore("meta", { keyPath: "key" });
}

const connection = new Connection<OutboxSchema>("rollbook-outbox", 1, upgrade, purgeCaches);

export const closeStore = (): Promise<void> => connection.close();

export const allEntries = (): Promise<Entry[]> => connection.run((db) => db.getAll("outbox"));

export const allDrafts = (): Promise<Draft[]> => connection.run((db) => db.getAll("drafts"));

export async function readMeta<Name extends keyof Meta>(name: Name): Promise<Meta[Name] | null> {
  const row = await connection.run((db) => db.get("meta", name));
  return (row?.value as Meta[Name] | undefined) ?? null;
}

/** Changes one fact about this device, read and written in one transaction. */
export function changeMeta<Name extends keyof Meta>(
  name: Name,
  change: (old: Meta[Name] | null) => Meta[Name],
): Promise<Meta[Name]> {
  return connection.run(async (db) => {
    return whole(db.transaction("meta", "readwrite", STRICT), async (tx) => {
      const row = await tx.store.get(name);
      const value = change((row?.value as Meta[Name] | undefined) ?? null);
      await tx.store.put({ key: name, value });
      return value;
    });
  });
}

export const writeMeta = <Name extends keyof Meta>(name: Name, value: Meta[Name]) =>
  changeMeta(name, () => value);

/** One tap: the newest draft is read, changed and written in one transaction, so tabs agree. */
export function changeDraft(
  key: string,
  change: (old: Draft | null) => Draft | null,
): Promise<Draft | null> {
  return connection.run(async (db) => {
    return whole(db.transaction("drafts", "readwrite", STRICT), async (tx) => {
      const next = change((await tx.store.get(key)) ?? null);
      if (next) await tx.store.put(next);
      return next;
    });
  });
}

/** Submits: the op enters the outbox and the draft goes, together or not at all. */
export function submitDraft(
  key: string,
  build: (draft: Draft | null, entries: readonly Entry[]) => Entry | null,
): Promise<Entry | null> {
  return connection.run(async (db) => {
    return whole(db.transaction(["drafts", "outbox"], "readwrite", STRICT), async (tx) => {
      const draft = (await tx.objectStore("drafts").get(key)) ?? null;
      const entry = build(draft, await tx.objectStore("outbox").getAll());
      if (entry) {
        await tx.objectStore("outbox").add(entry);
        await tx.objectStore("drafts").delete(key);
      }
      return entry;
    });
  });
}

/** Takes a submission back while it has not left; false when it may have left already. */
export function takeBack(id: string, key: string): Promise<boolean> {
  return connection.run(async (db) => {
    return whole(db.transaction(["drafts", "outbox"], "readwrite", STRICT), async (tx) => {
      const entry = await tx.objectStore("outbox").get(id);
      const still = entry?.step === "draft";
      if (still) {
        await tx.objectStore("outbox").delete(id);
        const newer = await tx.objectStore("drafts").get(key);
        if (entry.undo && !newer) await tx.objectStore("drafts").put(entry.undo);
      }
      return still;
    });
  });
}

/** Passes every entry through a pure function and keeps what changed; null forgets the entry. */
export function changeEntries(change: (entry: Entry) => Entry | null): Promise<Entry[]> {
  return connection.run(async (db) => {
    return whole(db.transaction("outbox", "readwrite", STRICT), async (tx) => {
      const kept: Entry[] = [];
      for (const entry of await tx.store.getAll()) {
        const next = change(entry);
        if (next === null) await tx.store.delete(entry.id);
        else if (next !== entry) await tx.store.put(next);
        if (next) kept.push(next);
      }
      return kept;
    });
  });
}

/** Takes in entries that are not here yet: an answer of the inbox, a roll carried for somebody. */
export function addEntries(entries: readonly Entry[]): Promise<Entry[]> {
  return connection.run(async (db) => {
    return whole(db.transaction("outbox", "readwrite", STRICT), async (tx) => {
      const known = new Set(await tx.store.getAllKeys());
      const fresh = entries.filter(({ id }) => !known.has(id));
      for (const entry of fresh) await tx.store.add(entry);
      return fresh;
    });
  });
}

/**
 * The store that can be fetched again: names, sections, rolls, calendar. Losing it costs a
 * download, never a mark.
 */

import type { DBSchema, IDBPDatabase } from "idb";
import type {
  Bootstrap,
  Calendar,
  Change,
  Changes,
  Horizon,
  Me,
  Roll,
  SchoolFacts,
  Section,
} from "../wire.ts";
import { Connection, whole } from "./connection.ts";
import { purgeCaches } from "./room.ts";

/** Whose school this is, and how far its feed was read. */
export interface Place {
  readonly me: Me;
  readonly school: SchoolFacts;
  readonly cursor: string;
  readonly scope: string;
  readonly horizon: Horizon;
}

/** Everything a screen needs, in memory. */
export interface School {
  readonly place: Place;
  readonly calendar: Calendar;
  readonly sections: readonly Section[];
  readonly rolls: readonly Roll[];
}

interface SchoolSchema extends DBSchema {
  place: { key: string; value: { key: string; value: unknown } };
  sections: { key: string; value: Section };
  rolls: { key: string; value: Roll };
}

const STORES = ["place", "sections", "rolls"] as const;

function upgrade(db: IDBPDatabase<SchoolSchema>): void {
  db.createObjectStore("place", { keyPath: "key" });
  db.createObjectStore("sections", { keyPath: "section_id" });
  db.createObjectStore("rolls", { keyPath: "roll_id" });
}

const connection = new Connection<SchoolSchema>("rollbook-school", 1, upgrade, purgeCaches);

export const closeSchool = (): Promise<void> => connection.close();

export function readSchool(): Promise<School | null> {
  return connection.run(async (db) => {
    const tx = db.transaction(STORES, "readonly");
    const [place, calendar, sections, rolls] = await Promise.all([
      tx.objectStore("place").get("place"),
      tx.objectStore("place").get("calendar"),
      tx.objectStore("sections").getAll(),
      tx.objectStore("rolls").getAll(),
    ]);
    if (!place || !calendar) return null;
    return {
      place: place.value as Place,
      calendar: calendar.value as Calendar,
      sections,
      rolls,
    };
  });
}

/** Replaces everything: another person, another scope, another history. */
export function replaceSchool(all: Bootstrap): Promise<void> {
  const { me, school, cursor, scope, horizon, calendar, sections, rolls } = all;
  return connection.run(async (db) => {
    return whole(db.transaction(STORES, "readwrite"), async (tx) => {
      for (const name of STORES) await tx.objectStore(name).clear();
      const place: Place = { me, school, cursor, scope, horizon };
      await tx.objectStore("place").put({ key: "place", value: place });
      await tx.objectStore("place").put({ key: "calendar", value: calendar });
      for (const section of sections) await tx.objectStore("sections").put(section);
      for (const roll of rolls) await tx.objectStore("rolls").put(roll);
    });
  });
}

/** A calendar in the feed may name only the days that changed. */
function merged(old: Calendar, news: Calendar): Calendar {
  const days = new Map(old.days.map((day) => [day.on, day]));
  for (const day of news.days) days.set(day.on, day);
  return { ...news, days: [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1)) };
}

async function apply(
  stores: {
    calendar: (news: Calendar) => Promise<unknown>;
    section: (news: Section) => Promise<unknown>;
    roll: (news: Roll) => Promise<unknown>;
  },
  change: Change,
): Promise<void> {
  if (change.type === "roll") await stores.roll(change);
  else if (change.type === "section") await stores.section(change);
  else if (change.type === "calendar") await stores.calendar(change);
}

/** Takes in one page of the feed together with its cursor; what it does not know it ignores. */
export function applyChanges(page: Changes): Promise<void> {
  return connection.run(async (db) => {
    return whole(db.transaction(STORES, "readwrite"), async (tx) => {
      const row = await tx.objectStore("place").get("place");
      const known = await tx.objectStore("place").get("calendar");
      let calendar = known?.value as Calendar;
      const stores = {
        roll: (news: Roll) => tx.objectStore("rolls").put(news),
        section: (news: Section) => tx.objectStore("sections").put(news),
        calendar: async (news: Calendar) => {
          calendar = merged(calendar, news);
        },
      };
      for (const change of page.changes) await apply(stores, change);
      const place: Place = { ...(row?.value as Place), cursor: page.cursor };
      await tx.objectStore("place").put({ key: "place", value: place });
      await tx.objectStore("place").put({ key: "calendar", value: calendar });
    });
  });
}

/** Forgets every name, at a sign-out by a person. */
export function forgetSchool(): Promise<void> {
  return connection.run(async (db) => {
    return whole(db.transaction(STORES, "readwrite"), async (tx) => {
      for (const name of STORES) await tx.objectStore(name).clear();
    });
  });
}

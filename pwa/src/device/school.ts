/**
 * A person's school: names, sections, rolls, calendar, each piece sealed before it is written. The
 * pieces are few (facts, sections, a day's rolls), so that a cold start opens two dozen and no more.
 */

import type {
  Bootstrap,
  Calendar,
  Changes,
  HeldItem,
  Horizon,
  Me,
  Roll,
  SchoolFacts,
  Sealing,
  Section,
  SlipKey,
} from "../wire.ts";
import { whole } from "./connection.ts";
import { seal, unseal } from "./seal.ts";
import { connection, ofPerson, type SealedRow } from "./sealed.ts";
import { type Opened, opened } from "./vault.ts";

/** Whose school this is, and how far its feed was read. */
export interface Place {
  readonly me: Me;
  readonly school: SchoolFacts;
  readonly cursor: string;
  readonly scope: string;
  readonly horizon: Horizon;
  /** The history that the cursor belongs to. */
  readonly epoch: string;
  /** What notes are sealed to. */
  readonly sealing: Sealing;
  /** What signs the front desk's slips; none where the school was fetched by an older app. */
  readonly slip_keys?: readonly SlipKey[];
}

/** Everything a screen needs, in memory. */
export interface School {
  readonly place: Place;
  readonly calendar: Calendar;
  readonly sections: readonly Section[];
  readonly rolls: readonly Roll[];
  /** Her own entries that the office held, also how they ended. */
  readonly held: readonly HeldItem[];
}

interface Facts {
  readonly place: Place;
  readonly calendar: Calendar;
}

const FACTS = "facts";
const SECTIONS = "sections";
const ROLLS = "rolls/";
const HELD = "held";
const MOST_HELD = 200;

async function sealed(who: Opened, name: string, value: unknown): Promise<SealedRow> {
  const key = `${who.staff_id}/${name}`;
  return { key, ...(await seal(who.key, key, value)) };
}

async function read<Value>(who: Opened, name: string): Promise<Value | null> {
  const row = await connection.run((db) => db.get("sealed", `${who.staff_id}/${name}`));
  return row ? unseal<Value>(who.key, row.key, row) : null;
}

/** Null where nobody's names are open, or hers have not come yet, or cannot be opened. */
export async function readSchool(): Promise<School | null> {
  const who = opened();
  if (!who) return null;
  const rows = await connection.run((db) => db.getAll("sealed", ofPerson(who.staff_id)));
  try {
    const pieces = await Promise.all(rows.map((row) => unseal<unknown>(who.key, row.key, row)));
    return assembled(new Map(rows.map(({ key }, n) => [key, pieces[n]])), who.staff_id);
  } catch {
    return null;
  }
}

function assembled(pieces: ReadonlyMap<string, unknown>, staffId: string): School | null {
  const facts = pieces.get(`${staffId}/${FACTS}`) as Facts | undefined;
  if (!facts) return null;
  const days = [...pieces].filter(([key]) => key.startsWith(`${staffId}/${ROLLS}`));
  return {
    ...facts,
    sections: (pieces.get(`${staffId}/${SECTIONS}`) ?? []) as Section[],
    rolls: days.flatMap(([, rolls]) => rolls as Roll[]),
    held: (pieces.get(`${staffId}/${HELD}`) ?? []) as HeldItem[],
  };
}

/** Where the reader stands, without opening everything. */
export async function readPlace(): Promise<Place | null> {
  const who = opened();
  const facts = who && (await read<Facts>(who, FACTS).catch(() => null));
  return facts?.place ?? null;
}

function byDay(rolls: readonly Roll[]): Map<string, Roll[]> {
  const days = new Map<string, Roll[]>();
  for (const roll of rolls) days.set(roll.on, [...(days.get(roll.on) ?? []), roll]);
  return days;
}

/** Replaces everything of the person whose names are open. */
export async function replaceSchool(all: Bootstrap): Promise<void> {
  const who = opened();
  if (who?.staff_id !== all.me.staff_id) return;
  const { calendar, sections, rolls } = all;
  const { me, school, cursor, scope, horizon, epoch, sealing, slip_keys } = all;
  const place: Place = { me, school, cursor, scope, horizon, epoch, sealing, slip_keys };
  const rows = await Promise.all([
    sealed(who, FACTS, { place, calendar } satisfies Facts),
    sealed(who, SECTIONS, sections),
    ...[...byDay(rolls)].map(([on, some]) => sealed(who, ROLLS + on, some)),
  ]);
  rows.push(...(await newHeld(who, all.held ?? [])));
  await connection.run((db) =>
    whole(db.transaction("sealed", "readwrite"), async (tx) => {
      const held = await tx.store.get(`${who.staff_id}/${HELD}`);
      await tx.store.delete(ofPerson(who.staff_id));
      if (held) await tx.store.put(held);
      for (const row of rows) await tx.store.put(row);
    }),
  );
}

/** A calendar in the feed may name only the days that changed. */
function merged(old: Calendar, news: Calendar): Calendar {
  const days = new Map(old.days.map((day) => [day.on, day]));
  for (const day of news.days) days.set(day.on, day);
  return { ...news, days: [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1)) };
}

const replaced = <Thing>(
  old: readonly Thing[],
  news: readonly Thing[],
  id: (one: Thing) => string,
) => [...new Map([...old, ...news].map((one) => [id(one), one])).values()];

async function newRolls(who: Opened, changes: Changes["changes"]): Promise<SealedRow[]> {
  const rolls = changes.filter((change) => change.type === "roll");
  return Promise.all(
    [...byDay(rolls)].map(async ([on, news]) => {
      const old = (await read<Roll[]>(who, ROLLS + on)) ?? [];
      return sealed(
        who,
        ROLLS + on,
        replaced(old, news, ({ roll_id }) => roll_id),
      );
    }),
  );
}

async function newSections(who: Opened, changes: Changes["changes"]): Promise<SealedRow[]> {
  const news = changes.filter((change) => change.type === "section");
  if (news.length === 0) return [];
  const old = (await read<Section[]>(who, SECTIONS)) ?? [];
  const all = replaced(old, news, ({ section_id }) => section_id);
  return [await sealed(who, SECTIONS, all)];
}

async function newHeld(who: Opened, changes: Changes["changes"]): Promise<SealedRow[]> {
  const news = changes.filter((change) => change.type === "held");
  if (news.length === 0) return [];
  const old = (await read<HeldItem[]>(who, HELD)) ?? [];
  const all = replaced(old, news, ({ op_id }) => op_id);
  return [await sealed(who, HELD, all.slice(-MOST_HELD))];
}

/** Takes in one page of the feed together with its cursor; what it does not know it ignores. */
export async function applyChanges(page: Changes): Promise<void> {
  const who = opened();
  const facts = who && (await read<Facts>(who, FACTS));
  if (!who || !facts) return;
  const calendars = page.changes.filter((change) => change.type === "calendar");
  const calendar = calendars.reduce<Calendar>(merged, facts.calendar);
  const place: Place = { ...facts.place, cursor: page.cursor };
  const rows = [
    ...(await newRolls(who, page.changes)),
    ...(await newSections(who, page.changes)),
    ...(await newHeld(who, page.changes)),
    await sealed(who, FACTS, { place, calendar } satisfies Facts),
  ];
  await connection.run((db) =>
    whole(db.transaction("sealed", "readwrite"), async (tx) => {
      for (const row of rows) await tx.store.put(row);
    }),
  );
}

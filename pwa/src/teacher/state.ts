/** What the screens show, as signals; the truth is in the two stores and is read anew on news. */

import { computed, signal } from "@preact/signals";
import { type ClockState, NEW_CLOCK, noted, observed, schoolNow } from "../core/clock.ts";
import { schoolDate } from "../core/dates.ts";
import type { Draft } from "../core/draft.ts";
import type { Entry } from "../core/entry.ts";
import type { Person } from "../core/person.ts";
import { forTheStore, inThisRun, newDeviceId, readClocks } from "../device/clock.ts";
import { StorageFull, StoreClosed } from "../device/connection.ts";
import { readNotes } from "../device/notes.ts";
import { adoptOlder } from "../device/people.ts";
import { readSchool, type School } from "../device/school.ts";
import * as store from "../device/store.ts";
import { type News, onNews } from "../device/tabs.ts";
import { close, follow, onClose, opened } from "../device/vault.ts";

export const school = signal<School | null>(null);
export const entries = signal<readonly Entry[]>([]);
export const drafts = signal<ReadonlyMap<string, Draft>>(new Map());
export const session = signal<store.Session | null>(null);
/** Everybody who takes roll on this tablet. */
export const people = signal<readonly Person[]>([]);
/** Somebody's turn it is, and her names are closed. */
export const locked = signal(false);
/** Why nobody is in any more. */
export const farewell = signal<store.Farewell | null>(null);
export const contact = signal<store.Meta["contact"]>({ last: null, lostSince: null });
export const clock = signal<ClockState>(NEW_CLOCK);
export const preferences = signal<store.Preferences>({ letters: true, view: null });
/** null while the stores are being read for the first time. */
export const loaded = signal(false);
/** What went wrong last; `what` is the tap that the tablet could not keep, if it was one. */
export const trouble = signal<{
  readonly kind: "full" | "closed" | "fault";
  readonly what: string;
} | null>(null);
/** The tap that is not saved. */
export const unsaved = computed(() => trouble.value?.what || null);
export const unprotected = signal(false);
export const updateWaits = signal(false);

const TICK_MS = 1000;
const ticking = signal(readClocks());

/** The school's time as well as this tablet knows it, ms; moves once a second. */
export const now = computed(() => schoolNow(clock.value, ticking.value));
export const minute = computed(() => Math.floor(now.value / 60_000) * 60_000);
export const zone = computed(() => school.value?.place.school.zone ?? "UTC");
export const today = computed(() => schoolDate(minute.value, zone.value));
export const wall = computed(() => ticking.value.wall);

/** The person whose turn it is. */
export const me = computed(
  () => people.value.find(({ staff_id }) => staff_id === session.value?.staff_id) ?? null,
);
/** The entries of the person whose turn it is, oldest first. */
export const ownEntries = computed(() =>
  entries.value
    .filter(({ staff_id }) => staff_id === session.value?.staff_id)
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
);

/** What this person may look into: her own, and what was carried here for nobody of this tablet. */
export const keptHere = computed(() =>
  entries.value.filter(
    ({ staff_id, carried }) => carried === true || staff_id === session.value?.staff_id,
  ),
);

async function readOutbox(): Promise<void> {
  const [all, who, met, measured] = await Promise.all([
    store.allEntries(),
    store.readMeta("session"),
    store.readMeta("contact"),
    store.readMeta("clock"),
  ]);
  entries.value = all;
  session.value = who;
  if (met) contact.value = met;
  if (measured) clock.value = inThisRun(measured);
}

const isMine = ({ staff_id }: { readonly staff_id: string }): boolean =>
  staff_id === opened()?.staff_id;

/** The notes that this person may read here: of her drafts, and of what she submitted. */
function notesIn(own: readonly Draft[], sent: readonly Entry[]): string[] {
  const drafted = [...own, ...sent.flatMap(({ undo }) => undo ?? [])];
  const said = drafted.flatMap(({ said }) => Object.values(said));
  return [
    ...said.flatMap(({ note }) => note ?? []),
    ...sent.flatMap(({ notes }) => Object.values(notes ?? {})),
  ];
}

/** Only hers, and only while her names are open: a lock meanwhile is the last word. */
async function readDrafts(): Promise<void> {
  const reader = opened();
  const own = (await store.allDrafts()).filter(isMine);
  await readNotes(notesIn(own, entries.value.filter(isMine)));
  if (opened() === reader) drafts.value = new Map(own.map((draft) => [draft.key, draft]));
}

/** Opens the names of whoever's turn it is, if the tablet may do so by itself. */
async function readPeople(): Promise<void> {
  const who = await store.readMeta("session");
  await follow(who?.staff_id ?? null);
  people.value = (await store.readMeta("people")) ?? [];
  farewell.value = await store.readMeta("farewell");
  session.value = who;
  locked.value = who !== null && opened()?.staff_id !== who.staff_id;
}

/** What was read under a key that is closed by now is not shown. */
async function readNames(): Promise<void> {
  const reader = opened();
  const found = await readSchool();
  if (opened() === reader) school.value = found;
}

async function readAll(): Promise<void> {
  await Promise.all([readPeople(), readOutbox()]);
  const [wishes] = await Promise.all([store.readMeta("preferences"), readNames(), readDrafts()]);
  if (wishes) preferences.value = wishes;
}

/** Every name leaves the screen and the memory of this page. */
function shut(): void {
  if (session.value === null || locked.value) return;
  locked.value = true;
  close();
}

/** With the key goes what it opened, whoever comes next and however fast. */
function forget(): void {
  school.value = null;
  drafts.value = new Map();
}

async function hear(news: News): Promise<void> {
  if (news === "target" || news === "reminded") return;
  if (news === "lock") shut();
  else if (news === "outbox") await readOutbox();
  else if (news === "drafts") await readOutbox().then(readDrafts);
  else await readAll();
}

function tick(): void {
  const reading = readClocks();
  const before = clock.value;
  const next = observed(before, reading);
  const kept = forTheStore(next);
  const isNews = next.suspect !== before.suspect || next.wallSeen !== before.wallSeen;
  if (isNews) void store.changeMeta("clock", (old) => noted(old, kept)).catch(noteTrouble);
  if (next !== before) clock.value = next;
  if (!document.hidden) ticking.value = reading;
}

/** Reads both stores, then follows them. A store that another version closed means: reload. */
export async function startState(): Promise<void> {
  await store.changeMeta("device_id", (old) => old ?? newDeviceId());
  onClose(forget);
  await adoptOlder();
  await readAll();
  loaded.value = true;
  onNews((news) => void hear(news).catch(noteTrouble));
  setInterval(tick, TICK_MS);
}

function kindOf(error: unknown): "full" | "closed" | "fault" {
  if (error instanceof StoreClosed) return "closed";
  return error instanceof StorageFull ? "full" : "fault";
}

/** The tile stays as it was, and the bar says why. */
export function noteTrouble(error: unknown, what = ""): void {
  trouble.value = { kind: kindOf(error), what };
}

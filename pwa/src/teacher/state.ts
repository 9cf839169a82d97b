/** What the screens show, as signals; the truth is in the two stores and is read anew on news. */

import { computed, signal } from "@preact/signals";
import { type ClockState, NEW_CLOCK, observed, schoolNow } from "../core/clock.ts";
import { schoolDate } from "../core/dates.ts";
import type { Draft } from "../core/draft.ts";
import type { Entry } from "../core/entry.ts";
import { forTheStore, inThisRun, newDeviceId, readClocks } from "../device/clock.ts";
import { StoreClosed } from "../device/connection.ts";
import { readSchool, type School } from "../device/school.ts";
import * as store from "../device/store.ts";
import { type News, onNews } from "../device/tabs.ts";

export const school = signal<School | null>(null);
export const entries = signal<readonly Entry[]>([]);
export const drafts = signal<ReadonlyMap<string, Draft>>(new Map());
export const session = signal<store.Session | null>(null);
export const contact = signal<store.Meta["contact"]>({ last: null, lostSince: null });
export const clock = signal<ClockState>(NEW_CLOCK);
export const preferences = signal<store.Preferences>({ letters: true, view: null });
/** null while the stores are being read for the first time. */
export const loaded = signal(false);
/** The tablet could not keep the last tap, and why. */
export const trouble = signal<{ readonly kind: "full" | "closed"; readonly what: string } | null>(
  null,
);
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

/** The entries of the person whose tablet this is now, oldest first. */
export const ownEntries = computed(() =>
  entries.value
    .filter(({ staff_id }) => staff_id === session.value?.staff_id)
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
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

async function readDrafts(): Promise<void> {
  drafts.value = new Map((await store.allDrafts()).map((draft) => [draft.key, draft]));
}

async function readAll(): Promise<void> {
  const [found, wishes] = await Promise.all([
    readSchool(),
    store.readMeta("preferences"),
    readOutbox(),
    readDrafts(),
  ]);
  school.value = found;
  if (wishes) preferences.value = wishes;
}

async function hear(news: News): Promise<void> {
  if (news === "outbox") await readOutbox();
  else if (news === "drafts") await Promise.all([readDrafts(), readOutbox()]);
  else await readAll();
}

function tick(): void {
  const reading = readClocks();
  const before = clock.value;
  const next = observed(before, reading);
  const kept = forTheStore(next);
  if (next.suspect && !before.suspect) void store.writeMeta("clock", kept).catch(noteTrouble);
  if (next !== before) clock.value = next;
  if (!document.hidden) ticking.value = reading;
}

/** Reads both stores, then follows them. A store that another version closed means: reload. */
export async function startState(): Promise<void> {
  await store.changeMeta("device_id", (old) => old ?? newDeviceId());
  await readAll();
  loaded.value = true;
  onNews((news) => void hear(news).catch(noteTrouble));
  setInterval(tick, TICK_MS);
}

/** The tile stays as it was, and the bar says why. */
export function noteTrouble(error: unknown, what = ""): void {
  trouble.value = { kind: error instanceof StoreClosed ? "closed" : "full", what };
}

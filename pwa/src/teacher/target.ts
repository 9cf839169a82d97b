/**
 * Where a pressed reminder leads: written by the worker before anything opened, followed here once.
 * To a roll of somebody else than who is at the tablet leads that person's own lock (rule N10).
 */

import { effect, signal } from "@preact/signals";
import { ms } from "../core/dates.ts";
import type { Person } from "../core/person.ts";
import { wallNow } from "../device/clock.ts";
import * as store from "../device/store.ts";
import { onNews, tellTabs } from "../device/tabs.ts";
import { asksPass, asksSignIn, takeTurn } from "./door.ts";
import { openAt } from "./route.ts";
import { loaded, locked, noteTrouble, school, session } from "./state.ts";

const FRESH_MS = 15 * 60_000;

interface Pending {
  readonly to: string;
  /** Whose roll it is, if she is of this tablet. */
  readonly person: Person | undefined;
  /** Her turn was asked for: whoever unlocks instead goes where she likes. */
  readonly asked: boolean;
}

const pending = signal<Pending | null>(null);

/** The person whose turn a reminder asks for, by id. */
export const awaited = signal<string | null>(null);

/** Takes it out of the store, so that it is followed once. */
async function look(): Promise<void> {
  const found = await store.readMeta("target");
  if (!found) return;
  await store.writeMeta("target", null);
  const isFresh = wallNow() - ms(found.at) < FRESH_MS;
  if (!isFresh) return;
  const { personOf } = await import("../device/tags.ts");
  pending.value = { to: found.to, person: await personOf(found.tag), asked: false };
}

function ask(person: Person, now: Pending): void {
  pending.value = { ...now, asked: true };
  awaited.value = person.staff_id;
  asksSignIn.value = false;
  asksPass.value = false;
  if (session.value && !locked.value) tellTabs("lock");
  if (person.lock === "device") void takeTurn(person).catch(noteTrouble);
}

function end(): void {
  pending.value = null;
  awaited.value = null;
}

/** Somebody else is at the tablet, or nobody: her turn is asked for once. */
function toHer(person: Person, now: Pending): void {
  if (!now.asked) ask(person, now);
  else if (session.value && !locked.value) end();
}

/** One step on the way: her turn, her names, her sections, then the roll. */
function step(): void {
  const now = pending.value;
  if (!now || !loaded.value) return;
  const { person, to } = now;
  if (person && session.value?.staff_id !== person.staff_id) toHer(person, now);
  else if (!locked.value && school.value) {
    openAt(to);
    end();
  }
}

const seek = (): void => void look().catch(noteTrouble);

/** Looks at the start, when a reminder was pressed, and when the page is seen again. */
export function startTarget(): void {
  onNews((news) => news === "target" && seek());
  addEventListener("pageshow", seek);
  document.addEventListener("visibilitychange", () => !document.hidden && seek());
  effect(step);
  seek();
}

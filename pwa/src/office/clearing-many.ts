/** Several absences that get one reason: who is chosen, what was looked at, what can be undone. */

import { batch, computed, signal } from "@preact/signals";
import { newOpId } from "../device/clock.ts";
import type { ClearedMany, NewClearings, WaitingAbsence } from "../wire.ts";
import { ask } from "./api.ts";
import { beginClearing, clearOne, doing, queue } from "./clearing.ts";
import { savedWords, undoneWords } from "./clearing-words.ts";

export const MOST = 100;

export const keyOf = (one: WaitingAbsence): string => `${one.student.student_id} ${one.on}`;

const picked = signal<ReadonlySet<string>>(new Set());
export const isMany = signal(false);
export const looked = signal<{ asked: NewClearings; told: ClearedMany } | null>(null);

export interface Saved {
  readonly words: string;
  /** The reasons that one press takes back; none after that. */
  readonly given: readonly string[];
}
export const saved = signal<Saved | null>(null);

/** Those of the list that are chosen: who waits no more is chosen no more. */
export const chosen = computed(() => {
  const { value } = queue;
  if (value.is !== "here") return [];
  return value.answer.waiting.filter((one) => picked.value.has(keyOf(one)));
});

function setPicked(keys: Iterable<string>): void {
  batch(() => {
    picked.value = new Set(keys);
    looked.value = null;
  });
}

export function pick(one: WaitingAbsence): void {
  const keys = new Set(picked.peek());
  if (!keys.delete(keyOf(one))) keys.add(keyOf(one));
  setPicked(keys);
}

export const pickAll = (all: readonly WaitingAbsence[]): void =>
  setPicked(all.slice(0, MOST).map(keyOf));

export const pickNone = (): void => setPicked([]);

export function openMany(): void {
  batch(() => {
    clearOne(null);
    saved.value = null;
    isMany.value = true;
  });
}

export function closeMany(): void {
  batch(() => {
    isMany.value = false;
    looked.value = null;
  });
}

const at = (school: string, more = ""): string => `/schools/${school}/clearing/many${more}`;

type Shared = Omit<NewClearings, "preview" | "absences">;

/** Asks what would become of each; nothing is changed. */
export async function lookAtMany(school: string, shared: Shared): Promise<void> {
  looked.value = null;
  const absences = chosen.value.map((one) => ({
    clearing_id: newOpId(),
    student_id: one.student.student_id,
    on: one.on,
    seen: null,
  }));
  const asked = { ...shared, preview: true, absences };
  const told = await doing(ask<ClearedMany>(at(school), asked));
  if (told) looked.value = { asked, told };
}

/** Gives what was looked at, and could be given then. */
export async function giveMany(school: string): Promise<void> {
  const shown = looked.value;
  if (!shown) return;
  const absences = shown.told.lines
    .filter(({ made }) => made)
    .map(({ clearing_id, student, on, seen }) => ({
      clearing_id,
      student_id: student.student_id,
      on,
      seen,
    }));
  const told = await doing(
    ask<ClearedMany>(at(school), { ...shown.asked, preview: false, absences }),
  );
  if (!told) return;
  const given = told.lines.filter(({ made }) => made).map(({ clearing_id }) => clearing_id);
  closeMany();
  pickNone();
  saved.value = { words: savedWords(told), given };
  await beginClearing(school);
}

/** Takes back what was given at once; what somebody else ruled there meanwhile stays. */
export async function undoMany(school: string): Promise<void> {
  const given = saved.value?.given ?? [];
  const undone = given.map((clearing_id) => ({ undo_id: newOpId(), clearing_id }));
  const told = await doing(ask<ClearedMany>(at(school, "/undone"), { undone, note: null }));
  if (!told) return;
  saved.value = { words: undoneWords(told), given: [] };
  await beginClearing(school);
}

/** Nobody is at the desk: nothing of the school stays in the page. */
export function forgetMany(): void {
  closeMany();
  pickNone();
  saved.value = null;
}

/** One roll as it stands on this screen: from the stores' signals to lines, counts and leave. */

import { computed, signal } from "@preact/signals";
import { type Draft, draftKey } from "../core/draft.ts";
import type { Entry } from "../core/entry.ts";
import { changesOf, countsOf, enrolled, type Line, type Page, pageOf } from "../core/roll.ts";
import { type Leave, leaveFor, stepOf } from "../core/today.ts";
import { readClocks } from "../device/clock.ts";
import type { Roll, Section } from "../wire.ts";
import { route } from "./route.ts";
import { drafts, entries, minute, ownEntries, school, session, today } from "./state.ts";

/** Who was on the screen when a roll was opened here: others who join are not marked by silence. */
const opened = signal<{ readonly roll_id: string; readonly shown: readonly string[] } | null>(null);

/** The roll that nobody expects and that is taken all the same, by its id. */
export const insisted = signal<string | null>(null);

export interface OpenRoll {
  readonly roll: Roll;
  readonly section: Section;
  readonly draft: Draft | null;
  readonly page: Page;
  readonly entry: Entry | null;
  readonly leave: Leave;
  readonly shown: readonly string[];
}

export const rollById = (id: string): Roll | undefined =>
  school.value?.rolls.find(({ roll_id }) => roll_id === id);

export const sectionOf = (roll: Roll): Section | undefined =>
  school.value?.sections.find(({ section_id }) => section_id === roll.section_id);

export const myKey = (rollId: string): string => draftKey(session.value?.staff_id ?? "", rollId);

/** This person's entries about a roll, in the order they were made. */
export const entriesOf = (rollId: string): Entry[] =>
  ownEntries.value.filter(({ roll_id }) => roll_id === rollId);

export const stepFor = (roll: Roll) => stepOf(roll, ownEntries.value);

/** Builds the page of a roll from a draft and entries, be they the screen's or the store's. */
export function pageWith(
  roll: Roll,
  section: Section,
  draft: Draft | null,
  own: readonly Entry[],
  shown: readonly string[],
): Page {
  const students = enrolled(section.students, roll);
  return pageOf({ roll, students, entries: own, draft, shown });
}

/**
 * When each roll was first opened in this run of the app, by its monotonic clock. A roll that had
 * marks by then was begun before, and nobody knows when (null).
 */
const begun = new Map<string, number | null>();

/** How long taking a roll has taken here until now, ms; null where nobody knows. */
export function tookMs(rollId: string, mono: number): number | null {
  const at = begun.get(myKey(rollId)) ?? null;
  return at === null ? null : Math.max(0, Math.round(mono - at));
}

function begin(rollId: string): void {
  const key = myKey(rollId);
  if (!begun.has(key)) begun.set(key, drafts.value.has(key) ? null : readClocks().mono);
}

/** Remembers who is on the screen now, once for each opening, and when that was first. */
export function open(rollId: string): void {
  const roll = rollById(rollId);
  const section = roll && sectionOf(roll);
  if (!section || opened.value?.roll_id === rollId) return;
  const shown = enrolled(section.students, roll).map(({ student_id }) => student_id);
  begin(rollId);
  opened.value = { roll_id: rollId, shown };
}

export const close = (): void => {
  opened.value = null;
  insisted.value = null;
};

export const openRoll = computed((): OpenRoll | null => {
  const { value } = route;
  const roll = value.screen === "roll" ? rollById(value.roll_id) : undefined;
  const section = roll && sectionOf(roll);
  if (!roll || !section) return null;
  const draft = drafts.value.get(myKey(roll.roll_id)) ?? null;
  const own = entriesOf(roll.roll_id);
  const shown = opened.value?.shown ?? enrolledIds(section, roll);
  const page = pageWith(roll, section, draft, own, shown);
  const insists = draft !== null || insisted.value === roll.roll_id;
  const leave = leaveFor(roll, page.taken, today.value, minute.value, insists);
  return { roll, section, draft, page, entry: own.at(-1) ?? null, leave, shown };
});

function enrolledIds(section: Section, roll: Roll): string[] {
  return enrolled(section.students, roll).map(({ student_id }) => student_id);
}

export const tally = (lines: readonly Line[]) => ({
  counts: countsOf(lines),
  changes: changesOf(lines).length,
});

/** How many rolls wait on this tablet to be sent, whoever took them. */
export const waiting = computed(
  () => entries.value.filter(({ step }) => step === "draft" || step === "sent").length,
);

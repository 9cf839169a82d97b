/** The inbox of the person whose tablet this is now, from the tablet's own stores. */

import { computed, signal } from "@preact/signals";
import type { Said } from "../core/draft.ts";
import { countOf, type Inbox, type InboxFacts, inboxOf, type Question } from "../core/inbox.ts";
import { ownEntries, school, today, zone } from "./state.ts";

const facts = computed((): InboxFacts | null => {
  const here = school.value;
  if (!here) return null;
  const { rolls, sections, held, place } = here;
  return {
    rolls,
    sections,
    held,
    entries: ownEntries.value,
    me: place.me,
    today: today.value,
    zone: zone.value,
  };
});

export const inboxFacts = facts;

export const inbox = computed((): Inbox | null => facts.value && inboxOf(facts.value));

/** What the badge shows. */
export const needed = computed((): number => (inbox.value ? countOf(inbox.value) : 0));

/** The question whose sheet is open, and which sheet. */
export const asking = signal<{
  readonly sheet: "late" | "else";
  readonly question: Question;
  readonly first?: Said;
} | null>(null);

/** What was just answered, for the ear. */
export const lastAnswer = signal("");

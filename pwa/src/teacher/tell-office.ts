/** Tells the office what is open and what waits here: after a pause, and anew while it lasts. */

import { computed, effect, signal } from "@preact/signals";
import { wordsOf } from "../core/tablet-words.ts";
import { tellWords } from "../device/later-api.ts";
import { openRoll } from "./rollbook.ts";
import { contact, drafts, entries, school, session, wall } from "./state.ts";

const PAUSE_MS = 2000;
const LOOK_MS = 15_000;
const ANEW_MS = 100_000;

const hidden = signal(document.hidden);

const before = computed(() => {
  const open = openRoll.value;
  return open && open.leave.may === "take" && !hidden.value ? open.roll.roll_id : null;
});

const received = computed(
  () =>
    new Set(
      (school.value?.rolls ?? [])
        .filter(({ received_at }) => received_at !== null)
        .map(({ roll_id }) => roll_id),
    ),
);

const words = computed(() =>
  wordsOf({
    entries: entries.value.filter(({ school_id }) => school_id === session.value?.school_id),
    drafts: [...drafts.value.values()],
    grant: session.value?.grant_id ?? null,
    before: before.value,
    received: received.value,
    wall: wall.value,
  }),
);
/** As text, which changes only when what is said does. */
const wanted = computed(() => JSON.stringify(words.value));

const NOTHING = "[]";
let told = NOTHING;
let toldAt = 0;
let telling = false;
let timer: ReturnType<typeof setTimeout> | undefined;

const isNews = (): boolean => wanted.peek() !== told;

/** Something new is tried even where the network seems lost: a word may pass where a roll did not. */
function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void tell(), PAUSE_MS);
}

async function tell(): Promise<void> {
  const who = session.peek();
  if (!who || telling || document.hidden) return;
  const saying = wanted.peek();
  telling = true;
  // Where the sign-in ran out the tablet's own cookie speaks.
  const grant = who.state === "ok" ? who.grant_id : null;
  const ending = await tellWords(who.school_id, { words: words.peek() }, grant);
  telling = false;
  if (ending.end === "unreachable" || ending.end === "busy") return;
  told = saying;
  toldAt = wall.peek();
  if (isNews()) soon();
}

/** What was not heard, or not for a while. */
const isOwed = (): boolean => isNews() || (told !== NOTHING && wall.peek() - toldAt > ANEW_MS);

/** Sets the triggers, once a page. What fails is told when there is contact again. */
export function startTelling(): void {
  document.addEventListener("visibilitychange", () => {
    hidden.value = document.hidden;
  });
  effect(() => {
    if (wanted.value !== told) soon();
  });
  setInterval(() => {
    if (isOwed() && contact.peek().lostSince === null) void tell();
  }, LOOK_MS);
}

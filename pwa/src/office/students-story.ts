/** What happened to the mark that is chosen, fetched a moment after somebody stays on it. */

import { effect, signal } from "@preact/signals";
import { t } from "../core/t.ts";
import type { History } from "../wire.ts";
import * as api from "./api.ts";
import { asOf, type Loaded, session } from "./desk.ts";
import { cells } from "./students-desk.ts";

export const story = signal<Loaded<History> | null>(null);
let waiting: ReturnType<typeof setTimeout> | undefined;
const STAYS_MS = 250;

async function fetchStory(roll_id: string): Promise<void> {
  const who = session.peek();
  if (who.at !== "desk") return;
  const at = asOf.peek();
  const answer = await api.history(who.who.school.school_id, roll_id, at);
  if (cells.peek()[0]?.roll.roll_id !== roll_id || asOf.peek() !== at) return;
  if (answer.end === "answered") story.value = { is: "here", answer: answer.answer };
  else if (story.peek()?.is !== "here")
    story.value = { is: "failed", why: t`What happened cannot be fetched now.` };
}

/** Follows what is chosen while the page is shown; the answer stops it. */
export const followStory = (): (() => void) =>
  effect(() => {
    const roll = cells.value[0]?.roll;
    clearTimeout(waiting);
    const shown = story.peek();
    const isSame = shown?.is === "here" && shown.answer.roll.roll_id === roll?.roll_id;
    if (!roll) story.value = null;
    else {
      if (!isSame) story.value = { is: "loading" };
      waiting = setTimeout(() => void fetchStory(roll.roll_id), STAYS_MS);
    }
  });

/** The timetable at this desk: what was fetched of it, for which dates, and one date in full. */

import { batch, signal } from "@preact/signals";
import type { Timetable, TimetableDay } from "../wire.ts";
import type { Loaded } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";
import * as api from "./timetable-api.ts";

/** What stays on the screen while newer facts come. */
export const timetable = signal<Loaded<Timetable>>({ is: "loading" });
/** Dates that were asked for and are not here yet; null: nothing is awaited. */
export const awaited = signal<string | null>(null);
export const day = signal<Loaded<TimetableDay>>({ is: "loading" });

interface Asked {
  readonly school: string;
  readonly from: string;
  readonly to: string;
  readonly isWhole: boolean;
}

let asked: Asked | null = null;
let newest = 0;

/** Fetches dates from–to; `isWhole`: also the deadlines that are over. */
export async function fetchTimetable(
  school: string,
  from: string,
  to: string,
  isWhole = false,
): Promise<void> {
  asked = { school, from, to, isWhole };
  awaited.value = from;
  await fetchAgain();
}

/** The same dates as before, as they are now. */
export async function fetchAgain(): Promise<void> {
  if (!asked) return;
  const { school, from, to, isWhole } = asked;
  newest += 1;
  const mine = newest;
  const answer = await api.timetableOf(school, from, to, isWhole);
  if (mine !== newest) return;
  batch(() => {
    awaited.value = null;
    timetable.value =
      answer.end === "answered"
        ? { is: "here", answer: answer.answer }
        : { is: "failed", why: whyNot(answer) };
  });
}

let shownDay: string | null = null;

/** Fetches one date in full; what is shown of the same date stays until it is here. */
export async function fetchDay(school: string, on: string): Promise<void> {
  if (shownDay !== on) day.value = { is: "loading" };
  shownDay = on;
  const answer = await api.timetableDay(school, on);
  if (shownDay !== on) return;
  day.value =
    answer.end === "answered"
      ? { is: "here", answer: answer.answer }
      : { is: "failed", why: whyNot(answer) };
}

/** Nobody is at the desk any more. */
export function forgetTimetable(): void {
  asked = null;
  shownDay = null;
  newest += 1;
  batch(() => {
    timetable.value = { is: "loading" };
    day.value = { is: "loading" };
    awaited.value = null;
  });
}

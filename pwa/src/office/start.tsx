/** The office page in its language: starts the clock, looks who is here, and follows the day while somebody is. */

import { computed, effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { keepReminding } from "./bell.ts";
import { forgetClearing } from "./clearing.ts";
import { forgetMany } from "./clearing-many.ts";
import { forgetContested } from "./contested-desk.ts";
import { forgetRadar } from "./contradictions.ts";
import { done } from "./contradictions-steps.ts";
import { arrive, asOf, session, tick } from "./desk.ts";
import { forgetFiles } from "./files-desk.ts";
import { forgetFrontDesk } from "./front-desk.ts";
import { forgetHeld } from "./held-desk.ts";
import { followDay, showPast, stopFollowing } from "./live.ts";
import { reminders } from "./reminders-desk.ts";
import { forgetReports } from "./reports.ts";
import { followPanel } from "./roll.ts";
import { followAddress, route } from "./route.ts";
import { forgetStudents } from "./students-desk.ts";
import { forgetTimetable } from "./timetable.ts";

const TICK_MS = 10_000;
/** On the other pages the feed goes on with the day that the board showed last. */
let lastDay: string | null = null;
const day = computed(() => {
  const { page, part } = route.value;
  if (page === "board") lastDay = part;
  return lastDay;
});
const school = computed(() => {
  const who = session.value;
  return who.at === "desk" ? who.who.school.school_id : null;
});

/** Nobody is at the desk: nothing of the school stays in the page. */
function putAllAway(): void {
  stopFollowing();
  forgetContested();
  forgetHeld();
  forgetTimetable();
  forgetStudents();
  forgetFiles();
  reminders.value = { is: "loading" };
  forgetReports();
  forgetFrontDesk();
  forgetRadar();
  forgetClearing();
  forgetMany();
  done.value = null;
}

/** Everything that follows the day, for as long as the page is open. */
export function start(): void {
  render(<App />, document.body);
  addEventListener("hashchange", followAddress);
  setInterval(tick, TICK_MS);
  effect(() => {
    const [here, on] = [school.value, day.value];
    if (here) queueMicrotask(() => followDay(here, on));
    else queueMicrotask(putAllAway);
  });
  effect(() => {
    const [here, at, { page, part }] = [school.value, asOf.value, route.value];
    if (here && at && page === "board") queueMicrotask(() => void showPast(here, part, at));
  });
  effect(() => {
    route.value;
    if (school.value) queueMicrotask(followPanel);
  });
  effect(() => {
    if (session.value.at === "desk") void keepReminding().catch(() => undefined);
  });
  void arrive();
}

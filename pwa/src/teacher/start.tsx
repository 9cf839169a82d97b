/** The teacher's page in its language: read the stores, draw, then go and see what the school says. */

import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import { inSession } from "../core/today.ts";
import { startEngine } from "../device/engine.ts";
import { isProtected } from "../device/keep.ts";
import { startWorker } from "../device/worker.ts";
import { App } from "./app.tsx";
import { startLock } from "./lock.ts";
import { startReminders } from "./reminders.ts";
import { startTidying } from "./reminding.ts";
import { isFreshStart, openOn } from "./route.ts";
import {
  entries,
  now,
  ownEntries,
  school,
  startState,
  today,
  unprotected,
  updateWaits,
} from "./state.ts";
import { startTelling } from "./tell-office.ts";

/** While a meeting runs the app opens on its roll, and Today is one step back. */
function openClassInSession(): void {
  if (!isFreshStart() || !school.value) return;
  const roll = inSession(school.value.rolls, ownEntries.value, today.value, now.value);
  openOn(roll?.roll_id ?? null);
}

/** At a start with everything here, and after a sign-in as soon as the sections have come. */
const openWhenKnown = (): (() => void) =>
  effect(() => {
    if (school.value) untracked(openClassInSession);
  });

export async function start(): Promise<void> {
  const place = document.getElementById("app");
  if (!place) return;
  await startState();
  openWhenKnown();
  render(<App />, place);
  startEngine();
  startLock();
  void import("./target.ts").then((part) => part.startTarget());
  startTidying();
  startTelling();
  startReminders();
  void startWorker(() => {
    updateWaits.value = true;
  }).catch(() => undefined);
  unprotected.value = entries.value.length > 0 && (await isProtected()) === false;
}

/** Which screen a person sees; every screen is a function of the signals. */

import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { applyUpdate } from "../device/worker.ts";
import { idleMs } from "./actions.ts";
import { Announcer } from "./announcer.tsx";
import { Curtain } from "./curtain.tsx";
import { asksPass, asksPin, asksSignIn } from "./door.ts";
import { Getting } from "./getting.tsx";
import { later } from "./later.tsx";
import { curtain } from "./lock.ts";
import { asksReminders } from "./reminders.ts";
import { RollScreen } from "./roll.tsx";
import { route } from "./route.ts";
import { sheetOf } from "./sheet-of.ts";
import { shownCode } from "./shown-code.ts";
import { loaded, locked, me, school, session, updateWaits } from "./state.ts";
import { Today } from "./today.tsx";

const Doorway = later(() => import("./doorway.tsx").then((part) => part.Doorway));
const InboxScreen = later(() => import("./inbox.tsx").then((part) => part.InboxScreen));
const CarryScreen = later(() => import("./seldom.ts").then((part) => part.CarryScreen));
const Tray = later(() => import("./seldom.ts").then((part) => part.Tray));
const Mine = later(() => import("./seldom.ts").then((part) => part.Mine));
const Weeks = later(() => import("./seldom.ts").then((part) => part.Weeks));
const ShowCode = later(() => import("./seldom.ts").then((part) => part.ShowCode));
const RemindersSheet = later(() => import("./seldom.ts").then((part) => part.RemindersSheet));

const QUIET_MS = 5000;
const QUIET_ON_A_ROLL_MS = 60_000;

/** A reload closes the names of a person with a PIN, so hers waits until they are closed anyway. */
function isQuiet(): boolean {
  if (me.value?.lock === "pin" && !locked.value) return false;
  const quiet = route.value.screen === "roll" ? QUIET_ON_A_ROLL_MS : QUIET_MS;
  return document.hidden || (idleMs() > quiet && sheetOf.value === null);
}

/** A newer Rollbook takes over when nothing was tapped for a while; the reload keeps the screen. */
function useQuietUpdate(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (updateWaits.value && isQuiet()) void applyUpdate();
    }, 1000);
    return () => clearInterval(timer);
  }, []);
}

const isAtTheDoor = computed(
  () =>
    asksPass.value ||
    asksSignIn.value ||
    asksPin.value !== null ||
    locked.value ||
    session.value === null ||
    route.value.screen === "pass",
);

function Shown() {
  if (!loaded.value) return null;
  if (isAtTheDoor.value) return <Doorway />;
  if (!school.value) return <Getting />;
  switch (route.value.screen) {
    case "pass":
      return null;
    case "roll":
      return <RollScreen key={route.value.roll_id} />;
    case "tray":
      return <Tray />;
    case "inbox":
      return <InboxScreen />;
    case "mine":
      return <Mine />;
    case "weeks":
      return <Weeks />;
    case "carry":
      return <CarryScreen />;
    case "today":
      return <Today />;
  }
}

export function App() {
  useQuietUpdate();
  return (
    <>
      <div
        class={curtain.value ? "shown shown-covered" : "shown"}
        aria-hidden={curtain.value ? "true" : undefined}
      >
        <Shown />
        {shownCode.value && <ShowCode />}
        {asksReminders.value && !isAtTheDoor.value && <RemindersSheet />}
        <Announcer />
      </div>
      {curtain.value && <Curtain />}
    </>
  );
}

/** Which screen a person sees; every screen is a function of the signals. */

import { useEffect } from "preact/hooks";
import { applyUpdate } from "../device/worker.ts";
import { idleMs } from "./actions.ts";
import { Announcer } from "./announcer.tsx";
import { asksSignIn } from "./door.ts";
import { Getting } from "./getting.tsx";
import { RollScreen } from "./roll.tsx";
import { route } from "./route.ts";
import { SignInScreen } from "./sign-in.tsx";
import { loaded, school, session, updateWaits } from "./state.ts";
import { sheetOf } from "./student-sheet.tsx";
import { Today } from "./today.tsx";
import { Tray } from "./tray.tsx";

const QUIET_MS = 5000;
const QUIET_ON_A_ROLL_MS = 60_000;

function isQuiet(): boolean {
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

function Shown() {
  if (!loaded.value) return null;
  if (asksSignIn.value || !session.value) return <SignInScreen />;
  if (!school.value) return <Getting />;
  switch (route.value.screen) {
    case "roll":
      return <RollScreen key={route.value.roll_id} />;
    case "tray":
      return <Tray />;
    case "today":
      return <Today />;
  }
}

export function App() {
  useQuietUpdate();
  return (
    <>
      <Shown />
      <Announcer />
    </>
  );
}

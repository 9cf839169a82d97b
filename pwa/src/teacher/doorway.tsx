/** Before anybody's names: who comes, who goes, and whose turn it is. */

import { asksPass, asksPin, asksSignIn } from "./door.ts";
import { FarewellScreen } from "./farewell.tsx";
import "./lock.css";
import { LockScreen } from "./lock-screen.tsx";
import { PassScreen } from "./pass.tsx";
import { PinSet } from "./pin-set.tsx";
import { route } from "./route.ts";
import { SignInScreen } from "./sign-in.tsx";
import { farewell, locked, people, session } from "./state.ts";

export function Doorway() {
  if (asksPass.value || route.value.screen === "pass") return <PassScreen />;
  if (asksSignIn.value) return <SignInScreen />;
  if (!session.value && farewell.value) return <FarewellScreen />;
  if (!session.value) return people.value.length > 0 ? <LockScreen /> : <SignInScreen />;
  if (locked.value) return <LockScreen />;
  return asksPin.value ? <PinSet /> : null;
}

/** Signing in, taking turns and signing out. None of it ever stands before a roll's delivery. */

import { batch, signal } from "@preact/signals";
import { grantsFor, needsPin, type Person } from "../core/person.ts";
import { t } from "../core/t.ts";
import * as api from "../device/api.ts";
import { tryNow } from "../device/engine.ts";
import { honourEpoch } from "../device/flush.ts";
import { entered, leave, turnTo } from "../device/people.ts";
import { type PullEnd, pull } from "../device/pull.ts";
import * as store from "../device/store.ts";
import { tellTabs } from "../device/tabs.ts";
import type { SchoolName, SignedIn } from "../wire.ts";
import { forgetPlace } from "./route.ts";
import { entries, me, people, session } from "./state.ts";

/** The sign-in shows, although the tablet knows its person: the session ran out, or another comes. */
export const asksSignIn = signal(false);
/** Who signs in, where that is known. */
export const signsIn = signal<Person | null>(null);
/** The way in with a day pass shows. */
export const asksPass = signal(false);
/**
 * A PIN is being chosen. must: others keep names here · first: somebody else is to be added ·
 * may: she wants one.
 */
export const asksPin = signal<"must" | "first" | "may" | null>(null);
/** Fetching everything did not work yet, and how it ended. */
export const fetchTrouble = signal<PullEnd["end"] | null>(null);

const SAID: Partial<Record<string, string>> = {
  unreachable: t`The school does not answer. Signing in needs the network, this once.`,
  signin: t`The name or the password is not right.`,
  busy: t`The school asks for a moment. Wait a little and try again.`,
  revoked: t`The office has taken this tablet's leave away. Ask the office.`,
  ended: t`This pass has ended. The office can give you another.`,
  outdated: t`This tablet runs an old Rollbook. Close every tab of it and open it again.`,
};

async function enter(answer: SignedIn): Promise<void> {
  const before = session.value?.staff_id;
  const { staff_id } = await entered(answer);
  if (before !== staff_id) forgetPlace();
  await store.writeMeta("farewell", null);
  await honourEpoch(answer.school.school_id, answer.epoch);
  const all = (await store.readMeta("people")) ?? [];
  const known = all.find((person) => person.staff_id === staff_id);
  batch(() => {
    asksSignIn.value = false;
    asksPass.value = false;
    signsIn.value = null;
    asksPin.value = known?.lock !== "pin" && needsPin(all, staff_id) ? "must" : null;
  });
  tellTabs("who");
  await fetchSchool();
  tryNow();
}

/** Why somebody is not in: a sentence, and the schools where one of several has to be chosen. */
export interface Turned {
  readonly why: string;
  readonly schools: readonly SchoolName[];
}

function turned(ending: Exclude<api.Ending<SignedIn>, { end: "answered" }>): Turned {
  const problem = "problem" in ending ? ending.problem : null;
  const said = ending.end === "signin" && problem?.code !== "wrong_code" ? null : problem?.detail;
  return {
    why: said || (SAID[ending.end] ?? t`That did not work.`),
    schools: problem?.schools ?? [],
  };
}

/** Signs in, at one of several schools where it was chosen; null when all went well. */
export async function signIn(
  username: string,
  password: string,
  schoolId?: string,
): Promise<Turned | null> {
  const device_id = (await store.readMeta("device_id")) ?? "";
  const chosen = schoolId === undefined ? {} : { school_id: schoolId };
  const grants = grantsFor(people.value, entries.value, username);
  const held = grants.length > 0 ? { grants } : {};
  const ending = await api.signIn({ username, password, device_id, ...chosen, ...held });
  if (ending.end !== "answered") return turned(ending);
  await enter(ending.answer);
  return null;
}

/** Begins with a day pass; null when all went well. */
export async function redeem(code: string): Promise<Turned | null> {
  const device_id = (await store.readMeta("device_id")) ?? "";
  const ending = await api.redeemPass({ code, device_id });
  if (ending.end !== "answered") return turned(ending);
  await enter(ending.answer);
  return null;
}

/** The first minute of a tablet: everything it needs to work for days without a network. */
export async function fetchSchool(): Promise<void> {
  fetchTrouble.value = null;
  const end = await pull();
  fetchTrouble.value = end.end === "done" ? null : end.end;
}

/** It is this person's turn; her names are open already, or the tablet opens them by itself. */
export async function takeTurn(person: Person): Promise<void> {
  if (session.value?.staff_id !== person.staff_id) forgetPlace();
  await turnTo(person);
  tellTabs("who");
  tryNow();
}

/** Asks for the password of a person of the list, or of somebody new. */
export function askSignIn(person: Person | null): void {
  signsIn.value = person;
  asksSignIn.value = true;
}

/** Somebody else takes roll here too: first what is open closes, and only a PIN opens it again. */
export function addSomebody(): void {
  if (me.value?.lock !== "pin") {
    asksPin.value = "first";
    return;
  }
  asksPin.value = null;
  tellTabs("lock");
  askSignIn(null);
}

/** Her names leave this tablet. What waits to be sent stays, and goes by itself. */
export async function signOut(): Promise<void> {
  const who = session.value;
  if (!who) return;
  await api.signOut(who.grant_id);
  await leave(who.staff_id);
  forgetPlace();
}

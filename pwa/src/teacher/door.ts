/** Signing in and out. A sign-in is needed once; afterwards it never stands before a roll. */

import { signal } from "@preact/signals";
import * as api from "../device/api.ts";
import { tryNow } from "../device/engine.ts";
import { honourEpoch } from "../device/flush.ts";
import { type PullEnd, pull } from "../device/pull.ts";
import { forgetSchool } from "../device/school.ts";
import * as store from "../device/store.ts";
import { tellTabs } from "../device/tabs.ts";
import type { SchoolName, SignedIn } from "../wire.ts";
import { forgetPlace } from "./route.ts";
import { school } from "./state.ts";

/** The sign-in shows, although the tablet knows its person: the session ran out. */
export const asksSignIn = signal(false);
/** Fetching everything did not work yet, and how it ended. */
export const fetchTrouble = signal<PullEnd["end"] | null>(null);

const SAID: Partial<Record<string, string>> = {
  unreachable: "The school does not answer. Signing in needs the network, this once.",
  signin: "The name or the password is not right.",
  busy: "The school asks for a moment. Wait a little and try again.",
  revoked: "The office has taken this tablet's leave away. Ask the office.",
  outdated: "This tablet runs an old Rollbook. Close every tab of it and open it again.",
};

async function enter(answer: SignedIn): Promise<void> {
  const { school_id } = answer.school;
  const staff_id = answer.me.staff_id;
  const before = school.value?.place;
  if (before && before.me.staff_id !== staff_id) {
    await forgetSchool();
    forgetPlace();
  }
  await store.writeMeta("session", {
    school_id,
    staff_id,
    grant_id: answer.grant.grant_id,
    state: "ok",
  });
  await honourEpoch(school_id, answer.epoch);
  tellTabs("who");
}

/** Why somebody is not in: a sentence, and the schools where one of several has to be chosen. */
export interface Turned {
  readonly why: string;
  readonly schools: readonly SchoolName[];
}

function turned(ending: Exclude<api.Ending<SignedIn>, { end: "answered" }>): Turned {
  const problem = ending.end === "refused" ? ending.problem : null;
  return {
    why: problem?.detail || (SAID[ending.end] ?? "That did not work."),
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
  const ending = await api.signIn({ username, password, device_id, ...chosen });
  if (ending.end !== "answered") return turned(ending);
  await enter(ending.answer);
  asksSignIn.value = false;
  await fetchSchool();
  tryNow();
  return null;
}

/** The first minute of a tablet: everything it needs to work for days without a network. */
export async function fetchSchool(): Promise<void> {
  fetchTrouble.value = null;
  const end = await pull();
  fetchTrouble.value = end.end === "done" ? null : end.end;
}

/** Forgets every name on this tablet. What waits to be sent stays, and goes with the next sign-in. */
export async function signOut(): Promise<void> {
  await api.signOut();
  await forgetSchool();
  await store.writeMeta("session", null);
  forgetPlace();
  tellTabs("who");
}

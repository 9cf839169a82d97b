/** What the desk knows: who is here, the day's board, how live it is, and what is being looked at. */

import { batch, computed, signal } from "@preact/signals";
import { ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Board, HeldItem, History, SignedInAs } from "../wire.ts";
import * as api from "./api.ts";
import { blocksOf, countsOf, type Filter, headlineOf, meetingsOf } from "./board.ts";
import { callsOf } from "./calling.ts";
import { readInstant } from "./past.ts";
import { route } from "./route.ts";

/** Who is at the desk. `wrong_role`: a teacher, who is told so. */
export type Session =
  | { readonly at: "unknown" }
  | { readonly at: "unreachable" }
  | { readonly at: "door"; readonly notice: string | null }
  | { readonly at: "wrong_role"; readonly who: SignedInAs }
  | { readonly at: "desk"; readonly who: SignedInAs };

/** `since`: when the server was last heard, where it is not now. */
export type Liveness =
  | { readonly is: "starting" }
  | { readonly is: "live" }
  | { readonly is: "lost"; readonly since: number };

export type Panel =
  | { readonly shows: "nothing" }
  | { readonly shows: "roll"; readonly roll_id: string }
  | { readonly shows: "teacher"; readonly staff_id: string }
  | { readonly shows: "held"; readonly op_id: string }
  | { readonly shows: "day"; readonly on: string };

export type Loaded<Answer> =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly why: string }
  | { readonly is: "here"; readonly answer: Answer };

export const session = signal<Session>({ at: "unknown" });
export const board = signal<Board | null>(null);
export const boardFailed = signal<string | null>(null);
export const liveness = signal<Liveness>({ is: "starting" });
export const panel = signal<Panel>({ shows: "nothing" });
export const history = signal<Loaded<History>>({ is: "loading" });
export const held = signal<readonly HeldItem[]>([]);
export const filter = signal<Filter | null>(null);
/** The server's time as far as this desk can tell; moves every ten seconds. */
export const now = signal(Date.now());
let offset = 0;

/** Whether who is here may change anything: an auditor only reads. */
export const mayChange = computed(
  () => session.value.at === "desk" && session.value.who.me.role !== "auditor",
);
/** The past instant that the address names; null is now. */
export const asOf = computed(() => readInstant(route.value.query["at"]));
export const pastBoard = signal<Loaded<Board>>({ is: "loading" });
/** What the board shows: the live one, or as it was known at that instant. */
export const shownBoard = computed(() => {
  if (asOf.value === null) return board.value;
  return pastBoard.value.is === "here" ? pastBoard.value.answer : null;
});
/** The instant at which everything is looked at. */
export const instant = computed(() => (asOf.value === null ? now.value : ms(asOf.value)));

export const meetings = computed(() =>
  shownBoard.value ? meetingsOf(shownBoard.value, instant.value) : [],
);
export const blocks = computed(() =>
  shownBoard.value ? blocksOf(shownBoard.value, meetings.value, instant.value) : [],
);
export const counts = computed(() => countsOf(meetings.value));
export const headline = computed(() =>
  shownBoard.value ? headlineOf(shownBoard.value, blocks.value, instant.value) : null,
);
/** Nobody is called about the past. */
export const calls = computed(() =>
  board.value && asOf.value === null ? callsOf(board.value, blocks.value, now.value) : [],
);

/** The server's time at this moment, as far as this desk can tell. */
export const instantNow = (): number => Date.now() + offset;

export function tick(): void {
  now.value = instantNow();
}

export function heardAt(serverTime: string): void {
  offset = ms(serverTime) - Date.now();
  tick();
}

const DEVICE = "rollbook-office-device";

/** This browser, for the record of who signed in where. */
export function deskDevice(): string {
  const known = localStorage.getItem(DEVICE);
  if (known) return known;
  const made = crypto.randomUUID();
  localStorage.setItem(DEVICE, made);
  return made;
}

function welcome(who: SignedInAs): void {
  session.value = who.me.role === "teacher" ? { at: "wrong_role", who } : { at: "desk", who };
}

/** Looks whether somebody is signed in already. */
export async function arrive(): Promise<void> {
  const answer = await api.me();
  if (answer.end === "answered") welcome(answer.answer);
  else if (answer.end === "signin") session.value = { at: "door", notice: null };
  else session.value = { at: "unreachable" };
}

/** A sentence where signing in failed, schools where one of several has to be chosen. */
export interface Turned {
  readonly why: string;
  readonly schools: readonly { school_id: string; name: string }[];
}

export async function signIn(
  username: string,
  password: string,
  school_id?: string,
): Promise<Turned | null> {
  const chosen = school_id ? { school_id } : {};
  const who = {
    username,
    password,
    device_id: deskDevice(),
    device_label: t`Office desk`,
    ...chosen,
  };
  const answer = await api.signIn(who);
  if (answer.end === "answered") {
    welcome(answer.answer);
    return null;
  }
  if (answer.end === "signin" || answer.end === "refused") {
    const { problem } = answer;
    return { why: problem.detail, schools: problem.schools ?? [] };
  }
  if (answer.end === "busy")
    return {
      why: t`Too many tries, or the server is busy. Wait a little, then try again.`,
      schools: [],
    };
  return { why: t`The server does not answer. Is the network on?`, schools: [] };
}

export async function signOut(): Promise<void> {
  await api.signOut();
  leave(null);
}

/** Back to the door: nothing of the school stays on the screen. */
export function leave(notice: string | null): void {
  batch(() => {
    session.value = { at: "door", notice };
    board.value = null;
    boardFailed.value = null;
    pastBoard.value = { is: "loading" };
    history.value = { is: "loading" };
    held.value = [];
    panel.value = { shows: "nothing" };
    liveness.value = { is: "starting" };
  });
}

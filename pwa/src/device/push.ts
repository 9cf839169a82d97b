/**
 * Being reminded on this device. All its people share the browser's one subscription; the school
 * keeps a line for each of them.
 */

import type { Person, Reminders } from "../core/person.ts";
import { type Renewal, renewal, type Subscribed } from "../core/reach.ts";
import { type Language, spoken } from "../core/t.ts";
import type { Problem, PushState, PushTest } from "../wire.ts";
import { type Ending, endPush, pushState, subscribePush, testPush } from "./api.ts";
import { allPeople, noteReminders } from "./people.ts";
import { fromBase64Url, toBase64Url } from "./seal.ts";
import { type DeskReminders, readMeta, writeMeta } from "./store.ts";

/** A closed network answers nothing, and the browser waits for ever. */
const PATIENCE_MS = 20_000;

/** How turning it on ended; `refused` comes with the school's words. */
export type TurnedOn =
  | { readonly end: "on" | "no_service" | "unreachable" }
  | { readonly end: "refused"; readonly why: string };

async function manager(): Promise<PushManager | null> {
  return (await navigator.serviceWorker?.getRegistration())?.pushManager ?? null;
}

function described(subscription: PushSubscription | null): Subscribed | null {
  if (!subscription) return null;
  const key = subscription.options?.applicationServerKey;
  return {
    endpoint: subscription.endpoint,
    key: key ? toBase64Url(new Uint8Array(key)) : null,
  };
}

/** A subscription by this key; null where the browser's push service does not answer. */
async function subscribed(push: PushManager, key: string): Promise<PushSubscription | null> {
  await (await push.getSubscription())?.unsubscribe();
  const asked = push.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64Url(key) });
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  return Promise.race([asked, late]).catch(() => null);
}

/** Somebody who wishes to be reminded in this browser: one of the tablet's people, or the desk's. */
export interface Wisher {
  readonly school_id: string;
  /** Null speaks by the browser's own cookie, as the desk does. */
  readonly grant_id: string | null;
  /** The endpoint by which the school reaches her here. */
  readonly told: string | null;
  /** What she reads here; the school's own words come in it. */
  readonly language: Language;
  readonly note: (reminders: Reminders) => Promise<unknown>;
}

export const ofPerson = (person: Person): Wisher => ({
  school_id: person.school_id,
  grant_id: person.grant_id,
  told: person.reminders?.told ?? null,
  language: person.language ?? spoken(),
  note: (news) => noteReminders(person.staff_id, news),
});

/** Whoever is at the office desk of this browser; she is no tablet's. */
export const ofDesk = ({ school_id, staff_id, told }: DeskReminders): Wisher => ({
  school_id,
  grant_id: null,
  told,
  language: spoken(),
  note: ({ wish, told: now }) =>
    writeMeta("desk_reminders", wish === "on" ? { school_id, staff_id, told: now } : null),
});

async function wishers(): Promise<Wisher[]> {
  const people = (await allPeople()).filter(({ reminders }) => reminders?.wish === "on");
  return people.map(ofPerson);
}

/** Tells the school where somebody is reached here. */
async function tell(
  { school_id, grant_id, language, note }: Wisher,
  subscription: PushSubscription,
  keyId: string,
): Promise<Ending<PushState>> {
  const { keys } = subscription.toJSON();
  const ending = await subscribePush(school_id, grant_id, {
    endpoint: subscription.endpoint,
    p256dh: keys?.["p256dh"] ?? "",
    auth: keys?.["auth"] ?? "",
    key_id: keyId,
    language,
  });
  if (ending.end === "answered") await note({ wish: "on", told: subscription.endpoint });
  return ending;
}

interface Asked {
  readonly who: Wisher;
  readonly state: PushState;
  readonly next: Renewal;
}

async function ask(who: Wisher, here: Subscribed | null): Promise<Asked | null> {
  const ending = await pushState(who.school_id, who.grant_id);
  if (ending.end !== "answered") return null;
  return { who, state: ending.answer, next: renewal(ending.answer, here, who.told, who.language) };
}

/** Puts right what differs; whoever could not be asked about is left as she is. */
async function settle(push: PushManager, wishing: readonly Wisher[]): Promise<void> {
  const old = await push.getSubscription();
  const asked = await Promise.all(wishing.map((who) => ask(who, described(old))));
  const found = asked.filter((one) => one !== null);
  const newer = found.find(({ next }) => next === "anew");
  const now = newer ? await subscribed(push, newer.state.public) : old;
  for (const { who, state, next } of found) {
    if (next === "off") await who.note({ wish: "off", told: null });
    else if (now && (next === "tell" || newer)) await tell(who, now, state.key_id);
  }
}

const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> =>
  navigator.locks.request("rollbook-reminders", work) as Promise<Answer>;

/**
 * Compares, for everybody here who wishes to be reminded, the browser's subscription with the
 * school's record; the last to leave takes it along (N12, N13). For the desk only its own page asks:
 * elsewhere the cookie may be somebody else's.
 */
export const keepReminded = (desk?: Wisher): Promise<void> =>
  inTurn(async () => {
    const push = await manager();
    if (!push || Notification.permission !== "granted") return;
    const wishing = [...(await wishers()), ...(desk ? [desk] : [])];
    if (wishing.length > 0) await settle(push, wishing);
    else if ((await readMeta("desk_reminders")) === null)
      await (await push.getSubscription())?.unsubscribe();
  });

/** The school's sentence about what it did not take. */
function whyNot({ errors, detail }: Problem): string {
  const said = errors?.["endpoint"];
  return Array.isArray(said) && typeof said[0] === "string" ? said[0] : detail;
}

/**
 * Turns reminders on for somebody, the browser's permission being given. The subscription is made
 * anew, since an old one may be dead; the others of this browser move with it.
 */
export const turnOn = (who: Wisher): Promise<TurnedOn> =>
  inTurn(async () => {
    const push = await manager();
    const state = await pushState(who.school_id, who.grant_id);
    if (state.end !== "answered") return { end: "unreachable" };
    const { public: key, key_id } = state.answer;
    const others = await wishers();
    const now = push && (await subscribed(push, key));
    if (!now) return { end: "no_service" };
    const told = await tell(who, now, key_id);
    for (const other of others) if (other.grant_id !== who.grant_id) await tell(other, now, key_id);
    if (told.end === "answered") return { end: "on" };
    if (told.end !== "refused") return { end: "unreachable" };
    return { end: "refused", why: whyNot(told.problem) };
  });

/** Turns them off for somebody; false where the school could not be told. */
export async function turnOff({ school_id, grant_id, note }: Wisher): Promise<boolean> {
  const ending = await endPush(school_id, grant_id);
  if (ending.end === "answered") await note({ wish: "off", told: null });
  return ending.end === "answered";
}

/** Whether the browser has a subscription at all. */
export const isSubscribed = async (): Promise<boolean> =>
  Boolean(await (await manager())?.getSubscription());

export const sendTest = ({ school_id, grant_id }: Wisher): Promise<Ending<PushTest>> =>
  testPush(school_id, grant_id);

/**
 * Reminders on this tablet's screen: the worker shows them, and whoever learns more, page or worker,
 * puts right what is shown. Needs nobody's names and no network.
 */

import { schoolNow } from "../core/clock.ts";
import { instant } from "../core/dates.ts";
import type { Reminder } from "../core/push.ts";
import type { Here } from "../core/reminder.ts";
import { type Moment, type Notice, noticeOf, type Road } from "../core/reminder-words.ts";
import { directionOf, spoken } from "../core/t.ts";
import { inThisRun, readClocks, wallNow } from "./clock.ts";
import * as store from "./store.ts";
import { tellTabs } from "./tabs.ts";
import { languageFor, personOf } from "./tags.ts";

/** What lies behind a notification, to judge it again and to know where it leads. */
export interface Behind {
  readonly reminder: Reminder;
  readonly target: string;
}

const NOTHING_SETTLED: ReadonlySet<string> = new Set();

const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

async function momentOf({ tag }: Reminder, road: Road): Promise<Moment> {
  const reading = readClocks();
  const clock = await store.readMeta("clock");
  const now = clock ? schoolNow(inThisRun(clock), reading) : reading.wall;
  return { now, wall: reading.wall, zone: (await personOf(tag))?.zone ?? ownZone(), road };
}

async function noticeHere(
  reminder: Reminder,
  road: Road,
  settled: Here["settled"],
): Promise<Notice> {
  const [entries, drafts] = await Promise.all([store.allEntries(), store.allDrafts()]);
  return noticeOf(reminder, { entries, drafts, settled }, await momentOf(reminder, road));
}

/** What can be said where the tablet's own store fails: what the school said. */
const asSent = ({ title, body, lang, tag, target }: Reminder): Notice => ({
  what: null,
  title,
  body,
  lang,
  tag,
  target,
  silent: false,
});

/** The worker's own registration, or the page's. */
async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  const own = (globalThis as { readonly registration?: ServiceWorkerRegistration }).registration;
  return own ?? (await navigator.serviceWorker?.getRegistration());
}

/** Not every library of types knows `renotify`: a newer reminder by the same tag sounds again. */
type Options = NotificationOptions & { readonly renotify?: boolean };

function optionsOf(notice: Notice, reminder: Reminder, silent: boolean): Options {
  const behind: Behind = { reminder, target: notice.target };
  return {
    body: notice.body,
    tag: notice.tag,
    lang: notice.lang ?? spoken(),
    dir: directionOf(spoken()),
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    silent,
    renotify: !silent,
    data: behind,
  };
}

async function put(notice: Notice, reminder: Reminder, silent: boolean): Promise<void> {
  const place = await registration();
  await place?.showNotification(notice.title, optionsOf(notice, reminder, silent));
}

/** For the test, which asks whether a push came this far. */
export async function noteShown({ message_id, kind }: Reminder): Promise<void> {
  await store.writeMeta("reminded", { message_id, kind, at: instant(wallNow()) });
  tellTabs("reminded");
}

export const behind = (shown: Notification): Behind | null =>
  (shown.data as Behind | null | undefined) ?? null;

async function shownNow(): Promise<readonly Notification[]> {
  return (await (await registration())?.getNotifications?.()) ?? [];
}

/** The same words in the same place: shown again at once, some desktops would show both. */
async function stands({ title, body }: Notice, { tag }: Reminder): Promise<boolean> {
  const all = await shownNow().catch(() => []);
  return all.some((one) => one.tag === tag && one.title === title && one.body === body);
}

/**
 * Shows what a push comes to here, and after a try to send what became of it, if that is other
 * words. It shows something whatever the store does (N1).
 */
export async function show(reminder: Reminder, road: Road, quiet: boolean): Promise<void> {
  const notice = await noticeHere(reminder, road, NOTHING_SETTLED).catch(() => asSent(reminder));
  if (road !== null && (await stands(notice, reminder))) return;
  await put(notice, reminder, quiet || notice.silent);
}

/** How often it was tried in vain is no news to somebody who has nothing to do. */
const isNews = (notice: Notice, shown: Notification): boolean =>
  notice.title !== shown.title || (notice.what !== "saved" && notice.body !== shown.body);

async function tidyOne(shown: Notification, settled: Here["settled"]): Promise<void> {
  const reminder = behind(shown)?.reminder;
  if (reminder?.kind !== "reminder") return;
  const lost = (await store.readMeta("contact"))?.lostSince ?? null;
  const notice = await noticeHere(reminder, lost === null ? "nothing" : "unreachable", settled);
  if (notice.what === "received") shown.close();
  else if ((await languageFor(shown.tag)) === spoken() && isNews(notice, shown))
    await put(notice, reminder, true);
}

/**
 * Puts right what is shown: what only names received rolls goes, other words change in silence (N8),
 * for whoever reads the language that is spoken now: a shared tablet's people may read several.
 * The worker leaves alone what it has just shown, lest its push leaves nothing to see.
 */
export async function tidy(settled = NOTHING_SETTLED, except?: string): Promise<void> {
  for (const shown of await shownNow()) if (shown.tag !== except) await tidyOne(shown, settled);
}

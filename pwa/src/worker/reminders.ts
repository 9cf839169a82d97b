/// <reference lib="webworker" />
/** What the worker does with a push and with a press: it looks into the tablet's store first. */

import { instant } from "../core/dates.ts";
import { isUnsent } from "../core/entry.ts";
import { type Reminder, readPush, TODAY } from "../core/push.ts";
import type { Road } from "../core/reminder-words.ts";
import { wallNow } from "../device/clock.ts";
import { type FlushEnd, flush } from "../device/flush.ts";
import { behind, noteShown, show, tidy } from "../device/reminders.ts";
import * as store from "../device/store.ts";
import { tellTabs } from "../device/tabs.ts";
import { inEachLanguage, speakTo } from "./language.ts";

declare const self: ServiceWorkerGlobalScope;

/** Where the browser shows Declarative Web Push itself it hands over the notification alone. */
interface Pushed {
  readonly data: PushMessageData | null;
  readonly notification?: Notification & { readonly navigate?: string };
}

function contentOf({ data, notification }: Pushed): unknown {
  if (!notification) return data?.json();
  const { title, body, lang, tag, data: within, navigate } = notification;
  return { notification: { title, body, lang, tag, data: within, navigate } };
}

function read(event: Pushed): Reminder {
  const { origin } = self.location;
  try {
    return readPush(contentOf(event), origin);
  } catch {
    return readPush(null, origin);
  }
}

const ROADS: Partial<Record<FlushEnd["end"], Road>> = {
  nothing: "nothing",
  sent: "sent",
  unreachable: "unreachable",
  busy: "busy",
  signin: "signin",
};

async function isInView(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: "window" });
  return windows.some(({ visibilityState }) => visibilityState === "visible");
}

/** Tries to send what waits; null where nothing does. */
async function deliver(): Promise<Road> {
  const entries = await store.allEntries();
  if (!entries.some(isUnsent)) return null;
  const { end } = await flush();
  return ROADS[end] ?? "other";
}

/**
 * Shows at once, then sends what waits and says what became of it by the same tag. Nothing of it is
 * closed here, for a push that leaves nothing to see costs the permission; a page in view does (N6).
 */
export async function reminded(event: Pushed): Promise<void> {
  const reminder = read(event);
  await speakTo(reminder.tag);
  await show(reminder, null, await isInView().catch(() => false));
  await noteShown(reminder).catch(() => undefined);
  const road = await deliver().catch((): Road => null);
  if (road !== null) await show(reminder, road, true);
  await inEachLanguage(() => tidy(undefined, reminder.tag));
  tellTabs("reminded");
}

const DESK = "/office/";

/** A window that shows the page a path belongs to: the tablet's or the office desk; for null any. */
async function windowFor(target: string | null): Promise<WindowClient | undefined> {
  const pages = target === null ? ["/", DESK] : [target.startsWith(DESK) ? DESK : "/"];
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.find(({ url }) => pages.includes(new URL(url).pathname));
}

/** Keeps where it leads before anything opens, then brings Rollbook forward or opens it. */
export async function pressed(shown: Notification): Promise<void> {
  shown.close();
  const known = behind(shown);
  const isTest = known?.reminder.kind === "test";
  const to = known?.target ?? TODAY;
  if (!isTest && !to.startsWith(DESK)) {
    await store.writeMeta("target", { to, tag: shown.tag, at: instant(wallNow()) });
    tellTabs("target");
  }
  const open = await windowFor(isTest ? null : to);
  const focused = await open?.focus().catch(() => null);
  if (!focused) await self.clients.openWindow(to);
}

/// <reference lib="webworker" />
/** What the worker does with a push and with a press: it looks into the tablet's store first. */

import { instant } from "../core/dates.ts";
import { isUnsent } from "../core/entry.ts";
import { type Reminder, readPush, TODAY } from "../core/push.ts";
import type { Road } from "../core/reminder-words.ts";
import { wallNow } from "../device/clock.ts";
import { type FlushEnd, flush } from "../device/flush.ts";
import { behind, close, noteShown, show, tidy } from "../device/reminders.ts";
import * as store from "../device/store.ts";
import { tellTabs } from "../device/tabs.ts";

declare const self: ServiceWorkerGlobalScope;

/** Where the browser shows Declarative Web Push itself it hands over the notification alone. */
interface Pushed {
  readonly data: PushMessageData | null;
  readonly notification?: Notification & { readonly navigate?: string };
}

function contentOf({ data, notification }: Pushed): unknown {
  if (!notification) return data?.json();
  const { title, body, tag, data: within, navigate } = notification;
  return { notification: { title, body, tag, data: within, navigate } };
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
 * Shows at once, then sends what waits and says what became of it by the same tag. Closed again only
 * with Rollbook in view: elsewhere a push that leaves nothing to see costs the permission (N6).
 */
export async function reminded(event: Pushed): Promise<void> {
  const reminder = read(event);
  const inView = await isInView().catch(() => false);
  let notice = await show(reminder, null, inView);
  await noteShown(reminder).catch(() => undefined);
  const road = await deliver().catch((): Road => null);
  if (road !== null) notice = await show(reminder, road, true);
  if (notice.what === "received" && inView) await close(notice.tag);
  await tidy(undefined, notice.tag);
}

const DESK = "/office/";

/** A window that shows the page a path belongs to: the tablet's or the office desk. */
async function windowFor(target: string): Promise<WindowClient | undefined> {
  const page = target.startsWith(DESK) ? DESK : "/";
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.find(({ url }) => new URL(url).pathname === page);
}

/** Keeps where it leads before anything opens, then brings Rollbook forward or opens it. */
export async function pressed(shown: Notification): Promise<void> {
  shown.close();
  const to = behind(shown)?.target ?? TODAY;
  if (!to.startsWith(DESK)) {
    await store.writeMeta("target", { to, tag: shown.tag, at: instant(wallNow()) });
    tellTabs("target");
  }
  const open = await windowFor(to);
  const focused = await open?.focus().catch(() => null);
  if (!focused) await self.clients.openWindow(to);
}

/// <reference lib="webworker" />
/**
 * The service worker: keeps the shell so that the app opens with no network, sends what waits when
 * the browser says that the network is back, and shows reminders. It never stores an answer of the
 * API.
 */

import { flush } from "../device/flush.ts";
import { tidy } from "../device/reminders.ts";
import { inEachLanguage } from "./language.ts";
import { pressed, reminded } from "./reminders.ts";

declare const self: ServiceWorkerGlobalScope;

const SHELL = `rollbook-shell-${__BUILD__}`;
/** Fonts and pictures: the app works without them, so a full tablet may drop them. */
const EXTRAS = `rollbook-extras-${__BUILD__}`;

const isShell = (url: string): boolean =>
  url === "/" || /\.(?:js|css|html|webmanifest)$/u.test(url);

async function keep(cache: string, urls: readonly string[]): Promise<void> {
  const requests = urls.map((url) => new Request(url, { cache: "reload" }));
  await (await caches.open(cache)).addAll(requests);
}

/** The shell must be whole; the rest is welcome. No skipWaiting: a page is never changed under a hand. */
async function install(): Promise<void> {
  await keep(SHELL, __PRECACHE__.filter(isShell));
  await keep(
    EXTRAS,
    __PRECACHE__.filter((url) => !isShell(url)),
  ).catch(() => undefined);
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("rollbook-") && !name.endsWith(__BUILD__));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** This worker's own shell first: one revision, whole, whatever the network does. */
async function shell(request: Request): Promise<Response> {
  const wanted = request.mode === "navigate" ? "/" : request;
  for (const name of [SHELL, EXTRAS]) {
    const kept = await caches.match(wanted, { cacheName: name });
    if (kept) return kept;
  }
  return fetch(request);
}

function isOurs(request: Request): boolean {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return false;
  return request.mode === "navigate" ? pathname === "/" : __PRECACHE__.includes(pathname);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => {
  if (data === "take-over") void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(shell(event.request));
});

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

self.addEventListener("sync" as "message", (event) => {
  const { tag } = event as unknown as SyncEvent;
  if (tag === "rollbook-flush") event.waitUntil(flush().then(() => inEachLanguage(tidy)));
});

self.addEventListener("push", (event) => event.waitUntil(reminded(event)));
self.addEventListener("notificationclick", (event) => event.waitUntil(pressed(event.notification)));

/** Making room on a full tablet. Only what the app can do without goes: never the outbox. */

/** Fonts and pictures; the shell stays, or the app would not start offline. */
const EXTRAS = "rollbook-extras-";

export async function purgeCaches(): Promise<void> {
  if (typeof caches === "undefined") return;
  const names = (await caches.keys()).filter((name) => name.startsWith(EXTRAS));
  await Promise.all(names.map((name) => caches.delete(name)));
}

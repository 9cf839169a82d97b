/** Asking the browser to keep this tablet's store, and knowing whether it said yes. */

/** null where the browser cannot say. */
export async function isProtected(): Promise<boolean | null> {
  return (await navigator.storage?.persisted?.()) ?? null;
}

/** Asks after the first saved roll: browsers grant it to pages that are really used. */
export async function askProtection(): Promise<boolean | null> {
  const already = await isProtected();
  if (already !== false) return already;
  return (await navigator.storage?.persist?.()) ?? null;
}

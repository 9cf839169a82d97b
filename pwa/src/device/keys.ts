/**
 * The key to each person's names. It lies here wrapped: by the tablet's own key, which no script
 * can read, or by a PIN. Whoever loses it signs in again; the outbox never needs one.
 */

import { MOST_TRIES } from "../core/person.ts";
import { whole } from "./connection.ts";
import { type Bytes, randomBytes } from "./seal.ts";
import { connection, STRICT, type Wrap } from "./sealed.ts";

const ROUNDS = 600_000;
const DEVICE = "device";
const AES = { name: "AES-GCM", length: 256 } as const;
const WRAPS: KeyUsage[] = ["wrapKey", "unwrapKey"];
const SEALS: KeyUsage[] = ["encrypt", "decrypt"];

const wrapOf = async (staffId: string): Promise<Wrap | undefined> =>
  (await connection.run((db) => db.get("keys", staffId))) as Wrap | undefined;

const keep = (staffId: string, wrap: Wrap): Promise<unknown> =>
  connection.run((db) =>
    whole(db.transaction("keys", "readwrite", STRICT), (tx) => tx.store.put(wrap, staffId)),
  );

/** The tablet's own key; made at the first need, and the same for two tabs that need it at once. */
async function deviceKey(): Promise<CryptoKey> {
  const known = await connection.run((db) => db.get("keys", DEVICE));
  if (known) return known as CryptoKey;
  const made = (await crypto.subtle.generateKey(AES, false, WRAPS)) as CryptoKey;
  return connection.run((db) =>
    whole(db.transaction("keys", "readwrite", STRICT), async (tx) => {
      const other = (await tx.store.get(DEVICE)) as CryptoKey | undefined;
      if (!other) await tx.store.put(made, DEVICE);
      return other ?? made;
    }),
  );
}

async function pinKey(pin: string, salt: Bytes): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(pin);
  const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, base, AES, false, WRAPS);
}

async function wrapped(key: CryptoKey, by: Wrap["by"], outer: CryptoKey, salt: Bytes) {
  const iv = randomBytes(12);
  const inner = await crypto.subtle.wrapKey("raw", key, outer, { name: "AES-GCM", iv });
  return { by, iv, wrapped: inner, salt, tries: 0 } satisfies Wrap;
}

const unwrapped = ({ wrapped: inner, iv }: Wrap, outer: CryptoKey, toMove: boolean) =>
  crypto.subtle.unwrapKey("raw", inner, outer, { name: "AES-GCM", iv }, AES, toMove, SEALS);

/** A new key for this person, opened by the tablet itself; an older one is gone. */
export async function newKey(staffId: string): Promise<CryptoKey> {
  const key = (await crypto.subtle.generateKey(AES, true, SEALS)) as CryptoKey;
  const wrap = await wrapped(key, "device", await deviceKey(), new Uint8Array());
  await keep(staffId, wrap);
  return unwrapped(wrap, await deviceKey(), false);
}

/** Null where there is no key, or one that only a PIN opens. */
export async function keyByDevice(staffId: string): Promise<CryptoKey | null> {
  const wrap = await wrapOf(staffId);
  if (wrap?.by !== "device") return null;
  return unwrapped(wrap, await deviceKey(), false).catch(() => null);
}

export type Tried =
  | { readonly end: "open"; readonly key: CryptoKey }
  | { readonly end: "wrong"; readonly left: number }
  /** Five wrong ones: the wrapped key is deleted. */
  | { readonly end: "gone" };

/** Counts a try before it is made: pulling the plug gives no more of them. */
function countTry(staffId: string): Promise<Wrap | null> {
  return connection.run((db) =>
    whole(db.transaction("keys", "readwrite", STRICT), async (tx) => {
      const wrap = (await tx.store.get(staffId)) as Wrap | undefined;
      if (wrap?.by !== "pin") return null;
      if (wrap.tries >= MOST_TRIES) {
        await tx.store.delete(staffId);
        return null;
      }
      const next = { ...wrap, tries: wrap.tries + 1 };
      await tx.store.put(next, staffId);
      return next;
    }),
  );
}

/** Tries a PIN; five wrong ones in a row delete the key. */
export async function keyByPin(staffId: string, pin: string, toMove = false): Promise<Tried> {
  const wrap = await countTry(staffId);
  if (!wrap) return { end: "gone" };
  const key = await unwrapped(wrap, await pinKey(pin, wrap.salt), toMove).catch(() => null);
  if (key) {
    await keep(staffId, { ...wrap, tries: 0 });
    return { end: "open", key };
  }
  if (wrap.tries < MOST_TRIES) return { end: "wrong", left: MOST_TRIES - wrap.tries };
  await forgetKey(staffId);
  return { end: "gone" };
}

/** From now on this PIN opens the key, and nothing else. False where the key cannot be had. */
export async function lockByPin(staffId: string, pin: string, former?: string): Promise<boolean> {
  const wrap = await wrapOf(staffId);
  if (!wrap) return false;
  const key = await movable(staffId, wrap, former);
  if (!key) return false;
  const salt = randomBytes(16);
  await keep(staffId, await wrapped(key, "pin", await pinKey(pin, salt), salt));
  return true;
}

async function movable(staffId: string, wrap: Wrap, former?: string): Promise<CryptoKey | null> {
  if (wrap.by === "device") return unwrapped(wrap, await deviceKey(), true).catch(() => null);
  const tried = await keyByPin(staffId, former ?? "", true);
  return tried.end === "open" ? tried.key : null;
}

export const forgetKey = (staffId: string): Promise<void> =>
  connection.run((db) =>
    whole(db.transaction("keys", "readwrite", STRICT), (tx) => tx.store.delete(staffId)),
  );

/**
 * Whose names are open in this page. One person at a time; the key is in memory only and goes with
 * a lock, a reload or another person. Delivery never asks here.
 */

import { whole } from "./connection.ts";
import { forgetKey, keyByDevice, keyByPin, lockByPin, newKey, type Tried } from "./keys.ts";
import { connection, ofPerson, STRICT } from "./sealed.ts";

export interface Opened {
  readonly staff_id: string;
  readonly key: CryptoKey;
}

let now: Opened | null = null;

/** Called when the names close, to drop what was read. */
const closing = new Set<() => void>();

export const opened = (): Opened | null => now;

export const onClose = (drop: () => void): void => {
  closing.add(drop);
};

export function close(): void {
  now = null;
  for (const drop of closing) drop();
}

function open(staffId: string, key: CryptoKey | null): boolean {
  if (now && now.staff_id !== staffId) close();
  now = key && { staff_id: staffId, key };
  return now !== null;
}

/** Opens this person's names if the tablet may do so by itself; whoever else was open is closed. */
export async function follow(staffId: string | null): Promise<boolean> {
  if (staffId !== null && now?.staff_id === staffId) return true;
  if (staffId === null) {
    close();
    return false;
  }
  return open(staffId, await keyByDevice(staffId));
}

/** After a sign-in: true where her names are here and open, false for a new and empty place. */
export async function begin(staffId: string): Promise<boolean> {
  if (await follow(staffId)) return true;
  await forgetNames(staffId);
  return !open(staffId, await newKey(staffId));
}

export async function tryPin(staffId: string, pin: string): Promise<Tried["end"] | number> {
  const tried = await keyByPin(staffId, pin);
  if (tried.end === "open") open(staffId, tried.key);
  if (tried.end === "gone") await forgetNames(staffId);
  return tried.end === "wrong" ? tried.left : tried.end;
}

export const setPin = (staffId: string, pin: string, former?: string): Promise<boolean> =>
  lockByPin(staffId, pin, former);

/** This person's names and the key to them; drafts and the outbox hold none and stay. */
export async function forgetNames(staffId: string): Promise<void> {
  if (now?.staff_id === staffId) close();
  await forgetKey(staffId);
  await connection.run((db) =>
    whole(db.transaction("sealed", "readwrite", STRICT), (tx) =>
      tx.store.delete(ofPerson(staffId)),
    ),
  );
}

/** Everybody's names and every key. */
export async function forgetAll(): Promise<void> {
  close();
  await connection.run((db) =>
    whole(db.transaction(["sealed", "keys"], "readwrite", STRICT), async (tx) => {
      await tx.objectStore("sealed").clear();
      await tx.objectStore("keys").clear();
    }),
  );
}

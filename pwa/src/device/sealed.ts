/**
 * The store that can be fetched again: every person's names, sealed, and the keys to them. Losing
 * it costs a download, never a mark. What older versions kept in clear goes with the upgrade.
 */

import type { DBSchema, IDBPDatabase } from "idb";
import { Connection } from "./connection.ts";
import { purgeCaches } from "./room.ts";
import type { Bytes, Sealed } from "./seal.ts";

/** A person's data key, wrapped by the tablet's own key or by her PIN. */
export interface Wrap {
  readonly by: "device" | "pin";
  readonly iv: Bytes;
  readonly wrapped: ArrayBuffer;
  /** Of the PIN; empty where the tablet itself opens it. */
  readonly salt: Bytes;
  readonly tries: number;
}

export interface SealedRow extends Sealed {
  /** "<staff id>/<what>": the name that the piece is bound to. */
  readonly key: string;
}

export interface SealedSchema extends DBSchema {
  sealed: { key: string; value: SealedRow };
  keys: { key: string; value: CryptoKey | Wrap };
}

function upgrade(db: IDBPDatabase<SealedSchema>): void {
  for (const name of [...db.objectStoreNames]) db.deleteObjectStore(name);
  db.createObjectStore("sealed", { keyPath: "key" });
  db.createObjectStore("keys");
}

export const connection = new Connection<SealedSchema>("rollbook-school", 2, upgrade, purgeCaches);

export const STRICT = { durability: "strict" } as const;

/** All that belongs to one person. */
export const ofPerson = (staffId: string): IDBKeyRange =>
  IDBKeyRange.bound(`${staffId}/`, `${staffId}/\uffff`);

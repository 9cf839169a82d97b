/** A database handle that outlives the browser's habit of killing connections in the background. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** Another tab runs a newer Rollbook and needs the store: this tab must reload, not swallow. */
export class StoreClosed extends Error {}

/** The tablet has no room left: what was tapped is not saved. */
export class StorageFull extends Error {}

type Upgrade<Schema extends DBSchema> = (db: IDBPDatabase<Schema>, old: number) => void;

const DEAD = new Set(["InvalidStateError", "UnknownError", "AbortError"]);

const nameOf = (error: unknown): string =>
  error instanceof Error || error instanceof DOMException ? error.name : "";

interface Transaction {
  readonly done: Promise<void>;
  abort(): void;
}

/** Does the work within a transaction, all of it or none: an error undoes what came before it. */
export async function whole<Tx extends Transaction, Answer>(
  tx: Tx,
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  // Its own rejection is the one thrown below, or follows from it.
  tx.done.catch(() => undefined);
  try {
    const answer = await work(tx);
    await tx.done;
    return answer;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It had ended already.
    }
    throw error;
  }
}

export class Connection<Schema extends DBSchema> {
  private handle: Promise<IDBPDatabase<Schema>> | null = null;
  private outdated = false;

  constructor(
    private readonly name: string,
    private readonly version: number,
    private readonly upgrade: Upgrade<Schema>,
    /** Frees what can be fetched again, when the tablet is full. */
    private readonly makeRoom: () => Promise<void> = async () => {},
  ) {}

  private open(): Promise<IDBPDatabase<Schema>> {
    if (this.outdated) throw new StoreClosed(this.name);
    this.handle ??= openDB<Schema>(this.name, this.version, {
      upgrade: (db, old) => this.upgrade(db, old),
      blocking: (_now, _wanted, event) => {
        this.outdated = true;
        (event.target as IDBDatabase).close();
      },
      terminated: () => {
        this.handle = null;
      },
    });
    return this.handle;
  }

  private async once<Answer>(work: (db: IDBPDatabase<Schema>) => Promise<Answer>): Promise<Answer> {
    try {
      return await work(await this.open());
    } catch (error) {
      if (nameOf(error) === "VersionError") throw new StoreClosed(this.name);
      throw error;
    }
  }

  private drop(): void {
    this.handle?.then((db) => db.close()).catch(() => undefined);
    this.handle = null;
  }

  /** Does the work; a dead connection is opened anew and a full tablet cleared, once each. */
  async run<Answer>(work: (db: IDBPDatabase<Schema>) => Promise<Answer>): Promise<Answer> {
    try {
      return await this.once(work);
    } catch (error) {
      if (nameOf(error) === "QuotaExceededError") await this.makeRoom();
      else if (DEAD.has(nameOf(error))) this.drop();
      else throw error;
    }
    try {
      return await this.once(work);
    } catch (error) {
      throw nameOf(error) === "QuotaExceededError" ? new StorageFull(this.name) : error;
    }
  }

  async close(): Promise<void> {
    const handle = this.handle;
    this.handle = null;
    await handle?.then((db) => db.close());
  }
}

/** What a person may do with a roll that the school holds or refused. */

import { instant } from "../core/dates.ts";
import type { Entry } from "../core/entry.ts";
import { exportFile, frozen, offeredAgain } from "../core/outbox.ts";
import { t } from "../core/t.ts";
import { wallNow } from "../device/clock.ts";
import { committed } from "../device/engine.ts";
import { saveFile } from "../device/files.ts";
import * as store from "../device/store.ts";
import { tellTabs } from "../device/tabs.ts";
import { inTurn } from "./actions.ts";

async function change(id: string, work: (entry: Entry) => Entry | null): Promise<void> {
  await inTurn(t`the change`, async () => {
    await store.changeEntries((entry) => (entry.id === id ? work(entry) : entry));
    tellTabs("outbox");
  });
}

/** Offers it to the school once more. */
export async function retry({ id }: Entry): Promise<void> {
  await change(id, offeredAgain);
  committed();
}

/** Only a person deletes, and only after being asked. */
export const discard = ({ id }: Entry): Promise<void> => change(id, () => null);

/** What leaves by code or file may reach the school that way: it is not undone here any more. */
export async function freeze(entries: readonly Entry[]): Promise<void> {
  const leaving = new Set(entries.map(({ id }) => id));
  await inTurn(t`the change`, async () => {
    await store.changeEntries((entry) => (leaving.has(entry.id) ? frozen(entry) : entry));
    tellTabs("outbox");
  });
}

/** Writes rolls to a file that the office can bring in; they stay here as they are. */
export async function handOver(entries: readonly Entry[]): Promise<void> {
  await freeze(entries);
  const at = instant(wallNow());
  const device = (await store.readMeta("device_id")) ?? "";
  saveFile(`rollbook-${at.slice(0, 10)}.json`, exportFile(entries, device, at));
}

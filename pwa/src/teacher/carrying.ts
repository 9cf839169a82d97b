/** Taking a carried roll in: from the camera's frames or a file's text to this tablet's outbox. */

import { carriedEntry, type Gathered, gathered, opsIn, readFrame, wholeOf } from "../core/carry.ts";
import { instant } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { wallNow } from "../device/clock.ts";
import { committed } from "../device/engine.ts";
import { sumOf, unsqueezed } from "../device/squeeze.ts";
import * as store from "../device/store.ts";
import { tellTabs } from "../device/tabs.ts";
import { inTurn } from "./actions.ts";
import { session } from "./state.ts";

/** How it ended; `rolls` and `marks` are counted, nobody is named. */
export type Taken =
  | { readonly end: "taken"; readonly rolls: number; readonly marks: number }
  | { readonly end: "known" | "strange" | "unsaved" };

export function takenWords(taken: Taken): string {
  switch (taken.end) {
    case "taken":
      return t`${plural(taken.rolls, "roll")} with ${plural(taken.marks, "mark")} saved on this tablet. It goes to the school by itself, as its owner’s.`;
    case "known":
      return t`This tablet carries that roll already. Nothing was doubled.`;
    case "strange":
      return t`That is no roll that a tablet made. Show its code again, or make a new file.`;
    case "unsaved":
      return t`Not saved: this tablet has no room left.`;
  }
}

/** Ops as another tablet made them enter this one's outbox, each once. */
async function carry(json: unknown): Promise<Taken> {
  const who = session.value;
  const ops = opsIn(json);
  if (!who || !ops) return { end: "strange" };
  let end: Taken = { end: "unsaved" };
  await inTurn(t`the carried roll`, async () => {
    const at = instant(wallNow());
    const fresh = await store.addEntries(ops.map((op) => carriedEntry(op, who.school_id, at)));
    const marks = fresh.reduce((sum, { op }) => sum + op.marks.length, 0);
    end = fresh.length > 0 ? { end: "taken", rolls: fresh.length, marks } : { end: "known" };
    tellTabs("outbox");
    committed();
  });
  return end;
}

/** From the text of a file. */
export async function carryJson(text: string): Promise<Taken> {
  try {
    return await carry(JSON.parse(text));
  } catch {
    return { end: "strange" };
  }
}

async function carryPacked(text: string, sum: string): Promise<Taken> {
  if ((await sumOf(text)) !== sum) return { end: "strange" };
  try {
    return await carry(await unsqueezed(text));
  } catch {
    return { end: "strange" };
  }
}

/** What one opened camera has seen so far. */
export class Scan {
  private seen: Gathered | null = null;
  private done = false;

  constructor(
    private readonly say: (words: string) => void,
    private readonly end: (taken: Taken) => void,
  ) {}

  async see(text: string): Promise<void> {
    const frame = readFrame(text);
    if (!frame || this.done) return;
    this.seen = gathered(this.seen, frame);
    const { parts, of, sum } = this.seen;
    this.say(t`${parts.size} of ${plural(of, "part")} read. Keep holding.`);
    const whole = wholeOf(this.seen);
    if (whole === null) return;
    this.done = true;
    this.end(await carryPacked(whole, sum));
  }
}

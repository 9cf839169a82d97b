/** What this tablet tells the office of rolls that the school lacks (rule B1). Ids and times only. */

import type { TabletWord } from "../wire.ts";
import { instant, ms } from "./dates.ts";
import type { Draft } from "./draft.ts";
import { type Entry, isUnsent } from "./entry.ts";

export interface Facts {
  /** Of everybody on this tablet. */
  readonly entries: readonly Entry[];
  /** Of whoever's turn it is, under this leave. */
  readonly drafts: readonly Draft[];
  readonly grant: string | null;
  /** What is on the screen and may be taken; null while nobody looks. */
  readonly before: string | null;
  /** The rolls that the school has, as far as is known here. */
  readonly received: ReadonlySet<string>;
  /** This tablet's own clock, ms. */
  readonly wall: number;
}

/** What was submitted and waits; while it can still be undone somebody is at it. A time that nobody
 * can read is for the school to refuse, and no reason to say nothing of the others. */
function saidOf({ op, roll_id, not_before }: Entry, wall: number): TabletWord[] {
  if (!op.grant || Number.isNaN(ms(op.taken_at))) return [];
  const word = { roll_id, grant: op.grant };
  if (not_before !== null && not_before > wall) return [{ ...word, state: "open" }];
  const taken_at = instant(ms(op.taken_at) + (op.clock?.offset_ms ?? 0));
  return [{ ...word, state: "waiting", taken_at }];
}

const hasMarks = ({ said }: Draft): boolean => Object.keys(said).length > 0;

/** Each roll once, saved before open; in a fixed order, so that the same words read the same. */
export function wordsOf({ entries, drafts, grant, before, received, wall }: Facts): TabletWord[] {
  const waiting = entries.filter((entry) => isUnsent(entry) && !entry.carried);
  const open = [
    ...drafts.filter(hasMarks).map(({ roll_id }) => roll_id),
    ...(before === null ? [] : [before]),
  ];
  const said: TabletWord[] = [
    ...waiting.flatMap((entry) => saidOf(entry, wall)),
    ...(grant === null ? [] : open.map((roll_id) => ({ roll_id, grant, state: "open" as const }))),
  ];
  const words = new Map<string, TabletWord>();
  for (const word of said) {
    const known = words.get(word.roll_id);
    if (!known || (known.state === "open" && word.state === "waiting"))
      words.set(word.roll_id, word);
  }
  return [...words.values()]
    .filter(({ roll_id }) => !received.has(roll_id))
    .sort((a, b) => (a.roll_id < b.roll_id ? -1 : 1));
}

/**
 * What a reminder comes to on this tablet (rules N): the tablet's own store knows of a roll what the
 * school cannot know yet. Whoever of this tablet took it, a roll is one, so nobody is named.
 */

import { ms } from "./dates.ts";
import type { Draft } from "./draft.ts";
import { type Entry, isUnsent } from "./entry.ts";
import { type Reminder, type RollNamed, rollPath, TODAY } from "./push.ts";

/** What this tablet knows of rolls without anybody's key. */
export interface Here {
  readonly entries: readonly Entry[];
  readonly drafts: readonly Draft[];
  /** Rolls that the school has from others, or does not expect; empty where no names are open. */
  readonly settled: ReadonlySet<string>;
}

/** How a roll stands here, from what has to be done to what has not. */
export type Stands = "not_started" | "started" | "refused" | "saved" | "held" | "received";

export interface Standing {
  readonly roll: RollNamed;
  readonly stands: Stands;
  /** When it was saved here, by this tablet's own clock. */
  readonly saved_at: string | null;
}

/** Rolls are taken by a submission of presence: no note, no answer to a question of the inbox. */
function takes({ op, answers, ended }: Entry): boolean {
  const states = op.marks.some(({ presence }) => presence !== undefined && presence !== null);
  return op.kind === "submit" && states && !answers && ended !== "set_aside";
}

const isWithSchool = ({ step, ended }: Entry): boolean =>
  step === "received" || step === "recorded" || ended === "taken_over";

/** One roll: the school's having it comes before all else, then what still goes there by itself. */
export function standsHere(roll: RollNamed, { entries, drafts, settled }: Here): Standing {
  const own = entries.filter((entry) => entry.roll_id === roll.roll_id && takes(entry));
  const is = (stands: Stands, saved_at: string | null = null) => ({ roll, stands, saved_at });
  if (settled.has(roll.roll_id) || own.some(isWithSchool)) return is("received");
  const unsent = own.filter(isUnsent).at(-1);
  if (unsent) return is("saved", unsent.saved_at);
  if (own.some(({ step }) => step === "held")) return is("held");
  if (own.length > 0) return is("refused");
  const started = drafts.some(
    ({ roll_id, strokes }) => roll_id === roll.roll_id && strokes.length > 0,
  );
  return is(started ? "started" : "not_started");
}

/** What is said first of several: what waits for a person, then what waits for the network. */
const FIRST = ["take", "refused", "saved", "held", "received"] as const;

/** What there is to say, and of which rolls. */
export interface Said {
  readonly what: (typeof FIRST)[number];
  readonly of: readonly [Standing, ...Standing[]];
}

const isToTake = ({ stands }: Standing): boolean =>
  stands === "not_started" || stands === "started";

/** Null where it names no roll: then the school's own words are all there is. */
export function decide(rolls: readonly RollNamed[], here: Here): Said | null {
  const all = [...rolls]
    .sort((a, b) => ms(a.due_at) - ms(b.due_at))
    .map((roll) => standsHere(roll, here));
  for (const what of FIRST) {
    const [one, ...more] = all.filter((each) =>
      what === "take" ? isToTake(each) : each.stands === what,
    );
    if (one) return { what, of: [one, ...more] };
  }
  return null;
}

/** One roll opens itself, several the day's list. */
export function targetOf({ target }: Reminder, said: Said | null): string {
  if (!said) return target;
  return said.of.length === 1 ? rollPath(said.of[0].roll.roll_id) : TODAY;
}

/** Who may certify, lock or open a roll again, and the words for everybody else. */

import { t } from "../core/t.ts";
import type { Certification, Roll, SignedInAs } from "../wire.ts";

export interface RollAct {
  readonly how: Certification["how"];
  readonly words: string;
  readonly needsWhy: boolean;
}

const TAKEN: ReadonlySet<string> = new Set(["submitted", "corrected"]);

/** What an administrator may do with a roll in this state. */
export function actsOf(roll: Roll, who: SignedInAs): RollAct[] {
  if (who.me.role !== "administrator") return [];
  const { state, countersign } = roll;
  const certify: RollAct = {
    how: "certify",
    words: countersign ? t`Countersign` : roll.certified ? t`Certify anew` : t`Certify`,
    needsWhy: false,
  };
  const lock: RollAct = { how: "lock", words: t`Lock`, needsWhy: false };
  const reopen: RollAct = { how: "reopen", words: t`Open again`, needsWhy: true };
  if (state === "locked") return [reopen];
  const signed = state === "certified" || roll.certified !== null;
  return [...(TAKEN.has(state) ? [certify] : []), lock, ...(signed ? [reopen] : [])];
}

/** "Certified by D. Ruiz", and what that means for whoever wants a change. */
export function signedWords(roll: Roll, at: (instant: string) => string): string[] {
  const { state, certified, countersign } = roll;
  const signed = certified ? t`Certified by ${certified.by.name} at ${at(certified.at)}.` : null;
  if (state === "locked")
    return [signed, t`Locked: what comes is held.`].filter((one) => one !== null);
  if (countersign)
    return [t`Taken on a day pass, and uncertified until a teacher of the section countersigns.`];
  if (certified && state === "corrected")
    return [signed ?? "", t`The office changed it after that: it may be certified anew.`];
  return signed ? [signed] : [];
}

/** Who can, where the reader cannot. */
export const WHO_CAN = t`Certifying, locking and opening again: a teacher of the section signs, an administrator does all of it.`;

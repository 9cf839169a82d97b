/**
 * Notes as this tablet keeps them: sealed under their author's key before they are written. A draft
 * and an entry carry the sealed form; the words are in memory, and only while she is unlocked.
 */

import type { Sealing } from "../wire.ts";
import { fromBase64Url, seal, sealNote, toBase64Url, unseal } from "./seal.ts";
import { onClose, opened } from "./vault.ts";

const MARK = "n1.";
const ABOUT = "note";
const IV_BYTES = 12;

const words = new Map<string, string>();

onClose(() => words.clear());

/** Notes of older versions were kept as they were typed. */
const isSealed = (kept: string): boolean => kept.startsWith(MARK);

/** What the screen shows of a kept note; null where it cannot be read (any more). */
export const wordsOf = (kept: string | undefined): string | null =>
  kept === undefined ? null : (words.get(kept) ?? null);

/** Seals a note for this tablet. */
export async function keptNote(note: string): Promise<string> {
  const who = opened();
  if (!who) throw new Error("nobody's names are open");
  for (const [kept, known] of words) if (known === note) return kept;
  const { iv, data } = await seal(who.key, `${who.staff_id}/${ABOUT}`, note);
  const bytes = new Uint8Array(IV_BYTES + data.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(data), IV_BYTES);
  const kept = MARK + toBase64Url(bytes);
  if (opened() === who) words.set(kept, note);
  return kept;
}

async function readOne(kept: string): Promise<void> {
  const who = opened();
  if (!who || words.has(kept)) return;
  if (!isSealed(kept)) {
    words.set(kept, kept);
    return;
  }
  const bytes = fromBase64Url(kept.slice(MARK.length));
  const sealed = { iv: bytes.slice(0, IV_BYTES), data: bytes.slice(IV_BYTES).buffer };
  const note = await unseal<string>(who.key, `${who.staff_id}/${ABOUT}`, sealed).catch(() => null);
  if (note !== null && opened() === who) words.set(kept, note);
}

/** Makes kept notes readable in this page. */
export async function readNotes(kept: Iterable<string>): Promise<void> {
  await Promise.all([...kept].map(readOne));
}

/** The same notes for the school, by student; one that cannot be read any more is left out. */
export async function notesFor(
  school: Sealing,
  opId: string,
  kept: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  await readNotes(kept.values());
  const sealed = new Map<string, string>();
  for (const [student, token] of kept) {
    const note = wordsOf(token);
    if (note) sealed.set(student, await sealNote(school, note, opId, student));
  }
  return sealed;
}

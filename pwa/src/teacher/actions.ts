/**
 * What a tap does: a new value from core, kept by the store in a strict transaction, and only then
 * drawn. Taps wait for each other, so none is judged by an older screen.
 */

import { clockAt } from "../core/clock.ts";
import { instant } from "../core/dates.ts";
import { type Draft, newDraft, type Said, say, undo } from "../core/draft.ts";
import type { Entry } from "../core/entry.ts";
import { cleanNote } from "../core/note.ts";
import { type Line, tapped } from "../core/roll.ts";
import { type Hand, notesToSend, submission } from "../core/submission.ts";
import { t } from "../core/t.ts";
import { newOpId, readClocks, wallNow } from "../device/clock.ts";
import { committed } from "../device/engine.ts";
import { askProtection } from "../device/keep.ts";
import { keptNote, notesFor } from "../device/notes.ts";
import * as store from "../device/store.ts";
import { tellOthers, tellTabs } from "../device/tabs.ts";
import { entriesOf, myKey, type OpenRoll, openRoll, pageWith, tookMs } from "./rollbook.ts";
import { clock, drafts, noteTrouble, now, school, session, trouble, unprotected } from "./state.ts";

let last: Promise<unknown> = Promise.resolve();
let touched = 0;

/** Milliseconds since somebody last did something: an update waits for a pause. */
export const idleMs = (): number => wallNow() - touched;

/** One after the other; a failure is said and ends only itself. */
export function inTurn(what: string, work: () => Promise<void>): Promise<void> {
  touched = wallNow();
  const mine = last.then(work).then(
    () => {
      trouble.value = null;
    },
    (error: unknown) => noteTrouble(error, what),
  );
  last = mine;
  return mine;
}

function draw(key: string, draft: Draft | null): void {
  const next = new Map(drafts.value);
  if (draft) next.set(key, draft);
  else next.delete(key);
  drafts.value = next;
  tellOthers("drafts");
}

function lineIn(open: OpenRoll, draft: Draft | null, studentId: string): Line | undefined {
  const { roll, section, shown } = open;
  const page = pageWith(roll, section, draft, entriesOf(roll.roll_id), shown);
  return page.lines.find(({ student }) => student.student_id === studentId);
}

async function mark({ student }: Line, said: (line: Line) => Said): Promise<void> {
  const open = openRoll.value;
  if (!open || open.leave.may === "look") return;
  const { roll, shown } = open;
  const key = myKey(roll.roll_id);
  await inTurn(student.given_name, async () => {
    const at = instant(wallNow());
    const kept = await store.changeDraft(key, (old) => {
      const line = lineIn(open, old, student.student_id);
      const draft = old ?? newDraft(session.value?.staff_id ?? "", roll.roll_id, shown, at);
      return line ? say(draft, student.student_id, said(line), line.base, at) : old;
    });
    draw(key, kept);
  });
}

/** Here or not here. */
export const tap = (line: Line): Promise<void> => mark(line, tapped);

/** Any other word, chosen in the strip, in the sheet or by a key. */
export const sayOf = (line: Line, said: Said): Promise<void> => mark(line, () => said);

/** A note for the office, sealed before it is written; no words take an older one away. */
export async function noteOf(line: Line, text: string): Promise<void> {
  const clean = cleanNote(text);
  const note = clean ? await keptNote(clean) : undefined;
  await mark(line, ({ said }) => {
    const { note: _old, ...rest } = said;
    return note === undefined ? rest : { ...rest, note };
  });
}

/** Takes the last tap back. */
export async function undoTap(): Promise<void> {
  const key = openRoll.value?.draft?.key;
  if (!key) return;
  await inTurn(t`the undo`, async () => {
    const at = instant(wallNow());
    draw(key, await store.changeDraft(key, (old) => old && undo(old, at)));
  });
}

function handNow(
  open: OpenRoll,
  who: store.Session,
  op_id: string,
  sealed: ReadonlyMap<string, string>,
): Hand {
  const reading = readClocks();
  return {
    op_id,
    sealed,
    school_id: who.school_id,
    staff_id: who.staff_id,
    grant_id: who.grant_id,
    roster_rev: open.section.roster_rev,
    wall: reading.wall,
    now: now.value,
    clock: clockAt(clock.value, reading),
    took_ms: tookMs(open.roll.roll_id, reading.mono),
  };
}

/** The same notes, kept here in the same form. */
const same = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([student, kept]) => b.get(student) === kept);

/** Notes are sealed before the transaction; where another tab changed one meanwhile, once more. */
async function submitOnce(open: OpenRoll, who: store.Session): Promise<Entry | null> {
  const { roll, section, shown } = open;
  const key = myKey(roll.roll_id);
  const op_id = newOpId();
  let kept = notesToSend(open.page);
  for (;;) {
    const hand = handNow(open, who, op_id, await sealedFor(op_id, kept));
    const found = { notes: kept };
    const entry = await store.submitDraft(key, (draft, entries) => {
      const own = entries.filter(
        (other) => other.roll_id === roll.roll_id && other.staff_id === who.staff_id,
      );
      const page = pageWith(roll, section, draft, own, shown);
      found.notes = notesToSend(page);
      return same(found.notes, kept) ? submission(page, roll, draft, hand) : null;
    });
    if (same(found.notes, kept)) return entry;
    kept = found.notes;
  }
}

async function sealedFor(opId: string, kept: ReadonlyMap<string, string>) {
  const sealing = school.value?.place.sealing;
  return sealing && kept.size > 0 ? notesFor(sealing, opId, kept) : new Map<string, string>();
}

/** Submits what the screen shows. Durable at once; it leaves when the undo is over. */
export async function submit(): Promise<void> {
  const open = openRoll.value;
  const who = session.value;
  if (!open || !who || open.leave.may === "look") return;
  await inTurn(t`the roll`, async () => {
    const entry = await submitOnce(open, who);
    tellTabs("drafts");
    if (entry) committed();
    unprotected.value = (await askProtection()) === false;
  });
}

/** Undo within six seconds: the roll is a draft again, unless it may have left. */
export async function takeBack(entry: Entry): Promise<void> {
  await inTurn(t`the undo`, async () => {
    await store.takeBack(entry.id, myKey(entry.roll_id));
    tellTabs("drafts");
  });
}

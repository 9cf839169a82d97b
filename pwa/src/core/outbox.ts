/**
 * The outbox: an op leaves this tablet only by the school's acknowledgement or by a person's hand
 * (rules O). Pure: each function takes entries and gives entries.
 */

import type { HeldItem, Op, PushAnswer, Result } from "../wire.ts";
import { ms } from "./dates.ts";
import type { Answer, Entry } from "./entry.ts";
import { isUnsent } from "./entry.ts";

export const MOST_OPS = 50;
const MOST_BYTES = 200_000;
const RETENTION_MS = 21 * 24 * 3600_000;

/** Entries whose time has come, oldest first; op ids are sorted by birth. */
export function ready(entries: readonly Entry[], wall: number): Entry[] {
  return entries
    .filter((entry) => isUnsent(entry) && (entry.not_before === null || entry.not_before <= wall))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Milliseconds until the next held-back entry may leave; null when none waits for its undo. */
export function nextLeaves(entries: readonly Entry[], wall: number): number | null {
  const waits = entries
    .filter((entry) => isUnsent(entry) && entry.not_before !== null && entry.not_before > wall)
    .map(({ not_before }) => (not_before ?? wall) - wall);
  return waits.length > 0 ? Math.min(...waits) : null;
}

/** As many as one request may carry, all for one school. */
export function batch(entries: readonly Entry[], most = MOST_OPS): Entry[] {
  const school = entries[0]?.school_id;
  let bytes = 0;
  const fits = (entry: Entry) => {
    bytes += JSON.stringify(entry.op).length;
    return bytes <= MOST_BYTES;
  };
  const all = entries.filter(({ school_id }) => school_id === school).slice(0, most);
  return all.filter((entry, index) => fits(entry) || index === 0);
}

/** From here on an edit is a new op that names this one: these bytes may have left. */
export function frozen(entry: Entry): Entry {
  return entry.step === "draft" ? { ...entry, step: "sent", not_before: null, undo: null } : entry;
}

/** The page goes away: what could still be undone leaves now. */
export function released(entry: Entry): Entry {
  return isUnsent(entry) && entry.not_before !== null ? { ...entry, not_before: null } : entry;
}

function answerOf(result: Result): Answer {
  return {
    outcome: result.outcome,
    reason: result.reason,
    detail: result.detail,
    received_at: result.received_at,
    timeliness: result.roll?.timeliness ?? null,
    marks: result.marks.map(({ student_id, now, why }) => ({ student_id, now, why })),
  };
}

const STEPS = { accepted: "received", held: "held", refused: "refused" } as const;

/** What an entry is after its own result; an entry that was not answered stays as it is. */
export function settled(entry: Entry, answer: PushAnswer): Entry {
  const result = answer.results.find(({ id }) => id === entry.id);
  const step = result && STEPS[result.outcome];
  if (!result || !step) return entry;
  return { ...entry, step, answer: answerOf(result), epoch: answer.epoch };
}

/** An op that no request can carry: refused here, with words, and kept like any refused one. */
export function refusedHere(entry: Entry, reason: string, at: string): Entry {
  const answer: Answer = {
    outcome: "refused",
    reason,
    detail: null,
    received_at: at,
    timeliness: null,
    marks: [],
  };
  return { ...entry, step: "refused", answer };
}

/** A refused or held op is offered again because a person asked. */
export function offeredAgain(entry: Entry): Entry {
  const { ended: _another, ...rest } = entry;
  return { ...rest, step: "sent", not_before: null, undo: null, answer: null, epoch: null };
}

/** The office ended what it had held; an entry that it took in is seen in its roll like any. */
export function endedBy(entry: Entry, items: readonly HeldItem[]): Entry {
  const how = items.find(({ op_id }) => op_id === entry.id)?.resolution?.how;
  if (entry.step !== "held" || !how || how === entry.ended) return entry;
  if (how !== "accepted") return { ...entry, ended: how };
  const answer = entry.answer && { ...entry.answer, outcome: how, reason: null, detail: null };
  return { ...entry, step: "received", answer };
}

/**
 * The school's history is another one (restored from a backup, say): what the old one acknowledged
 * may be gone, so it is offered again. A refusal was a judgement on the op itself and stays.
 */
export function afterEpoch(entry: Entry, epoch: string): Entry {
  const acknowledged = ["received", "held", "recorded"].includes(entry.step);
  return acknowledged && entry.epoch !== epoch ? offeredAgain(entry) : entry;
}

/** On the record: the op was seen in the school's own feed. */
export function seenIn(entry: Entry, ops: ReadonlySet<string>): Entry {
  const waits = entry.step === "received" || entry.step === "held";
  return waits && ops.has(entry.id) ? { ...entry, step: "recorded" } : entry;
}

/** Kept 21 days and until a verified backup holds it; what is not on the record is never forgotten. */
export function mayForget(entry: Entry, wall: number, safeBefore: string | null): boolean {
  const done = entry.step === "received" || entry.step === "recorded" || entry.ended !== undefined;
  if (!done || !entry.answer) return false;
  const received = ms(entry.answer.received_at);
  return safeBefore !== null && received < ms(safeBefore) && wall - received > RETENTION_MS;
}

/** What a person may look at in the tray: held and refused ones, newest first. */
export function tray(entries: readonly Entry[]): Entry[] {
  return entries
    .filter(({ step, ended }) => (step === "held" || step === "refused") && !ended)
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** What the office held and ended otherwise than by taking it in: told until it is forgotten. */
export const over = (entries: readonly Entry[]): Entry[] =>
  entries.filter(({ ended }) => ended).sort((a, b) => (a.id < b.id ? 1 : -1));

export interface ExportFile {
  readonly rollbook_export: 1;
  readonly device_id: string;
  readonly exported_at: string;
  readonly ops: readonly Op[];
}

/** A file that the office can import: the ops as they are, and nobody's name. */
export function exportFile(entries: readonly Entry[], deviceId: string, at: string): ExportFile {
  return {
    rollbook_export: 1,
    device_id: deviceId,
    exported_at: at,
    ops: entries.map(({ op }) => op),
  };
}

/**
 * A roll on its way over another tablet, when its own reaches nobody: cut into frames that fit into
 * QR codes, gathered on the other side, and put into that tablet's outbox exactly as it was made.
 */

import type { Op } from "../wire.ts";
import type { Entry } from "./entry.ts";

/** What is packed: as the exported file, ids, presence and times, and sealed notes. */
export interface Carried {
  readonly rollbook_qr: 1;
  readonly device_id: string;
  readonly ops: readonly Op[];
}

export const packed = (entries: readonly Entry[], deviceId: string): Carried => ({
  rollbook_qr: 1,
  device_id: deviceId,
  ops: entries.map(({ op }) => op),
});

/** Codes of this size are read from a hand's breadth by the camera of any tablet. */
export const FRAME_CHARS = 640;
const MOST_FRAMES = 400;

export interface Frame {
  readonly part: number;
  readonly of: number;
  /** The first eight hex digits of the whole's SHA-256: which parts belong together. */
  readonly sum: string;
  readonly data: string;
}

/** `RB1.<part>.<of>.<sum>.<data>`, the parts counted from 1. */
export function framesOf(text: string, sum: string, most = FRAME_CHARS): string[] {
  const count = Math.max(1, Math.ceil(text.length / most));
  return Array.from(
    { length: count },
    (_, at) => `RB1.${at + 1}.${count}.${sum}.${text.slice(at * most, (at + 1) * most)}`,
  );
}

const FRAME = /^RB1\.(\d{1,3})\.(\d{1,3})\.([0-9a-f]{8})\.([\w-]+)$/u;

/** What a scanned code says, if it is one of ours. */
export function readFrame(text: string): Frame | null {
  const [, part, of, sum = "", data = ""] = FRAME.exec(text) ?? [];
  const [at, count] = [Number(part), Number(of)];
  return at >= 1 && at <= count && count <= MOST_FRAMES ? { part: at, of: count, sum, data } : null;
}

/** The parts of one roll that the camera has seen. */
export interface Gathered {
  readonly sum: string;
  readonly of: number;
  readonly parts: ReadonlyMap<number, string>;
}

/** Another roll's frame begins anew. */
export function gathered(old: Gathered | null, { sum, of, part, data }: Frame): Gathered {
  const same = old?.sum === sum && old.of === of;
  if (same && old.parts.has(part)) return old;
  return { sum, of, parts: new Map([...(same ? old.parts : []), [part, data]]) };
}

/** The whole, once every part was seen. */
export function wholeOf({ of, parts }: Gathered): string | null {
  if (parts.size < of) return null;
  return Array.from({ length: of }, (_, at) => parts.get(at + 1) ?? "").join("");
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (json: unknown): json is Fields => typeof json === "object" && json !== null;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** Only what says whose leave it was taken under can be delivered by others. */
function isOp(json: unknown): boolean {
  return (
    isFields(json) &&
    ID.test(String(json["id"])) &&
    typeof json["roll_id"] === "string" &&
    typeof json["grant"] === "string" &&
    Array.isArray(json["marks"])
  );
}

/** The ops of a scanned roll or of an exported file; null for anything else. */
export function opsIn(json: unknown): Op[] | null {
  if (!isFields(json) || !Array.isArray(json["ops"])) return null;
  if (json["rollbook_qr"] !== 1 && json["rollbook_export"] !== 1) return null;
  return json["ops"].length > 0 && json["ops"].every(isOp) ? (json["ops"] as Op[]) : null;
}

/** The line of the outbox for somebody else's roll: the op as it is, under its own leave. */
export function carriedEntry(op: Op, schoolId: string, at: string): Entry {
  return {
    v: 1,
    id: op.id,
    school_id: schoolId,
    roll_id: op.roll_id,
    staff_id: "",
    step: "sent",
    op,
    saved_at: at,
    not_before: null,
    undo: null,
    answer: null,
    epoch: null,
    carried: true,
  };
}

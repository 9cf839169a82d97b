import encodeQR from "qr";
import decodeQR from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { RUIZ, students } from "../../tests/cast.ts";
import { squeezed, sumOf, unsqueezed } from "../device/squeeze.ts";
import type { Op } from "../wire.ts";
import {
  carriedEntry,
  framesOf,
  type Gathered,
  gathered,
  opsIn,
  packed,
  readFrame,
  wholeOf,
} from "./carry.ts";
import { exportFile } from "./outbox.ts";

const uuid = (of: number): string => {
  const hex = (BigInt(of + 1) * 0x9e3779b97f4a7c15f39cc0605ceb41n).toString(16).padStart(32, "0");
  return hex.slice(-32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
};

/** A later submission of a whole roll: forty students, two heads each, a sealed note. */
const OP: Op = {
  id: uuid(1000),
  v: 1,
  kind: "submit",
  roll_id: uuid(1001),
  grant: uuid(1002),
  roster_rev: 17,
  taken_at: "2026-10-06T15:09:00.000Z",
  clock: { offset_ms: -12, uncertainty_ms: 9, server_seen_at: null, suspect: false },
  marks: Array.from({ length: 40 }, (_, at) => ({
    student_id: uuid(at),
    presence: at % 7 === 0 ? ("absent" as const) : ("present" as const),
    parents: [uuid(2000), uuid(2001)],
    ...(at === 7 ? { note_sealed: "A".repeat(300) } : {}),
  })),
};

const entry = carriedEntry(OP, "birch", "2026-10-06T15:09:00.000Z");

async function frames(): Promise<string[]> {
  const text = await squeezed(packed([entry], "device-1"));
  return framesOf(text, await sumOf(text));
}

/** The code as a camera's picture: four pixels a module, as RGBA. */
function picture(text: string): { width: number; height: number; data: Uint8ClampedArray } {
  const rows = encodeQR(text, "raw", { ecc: "low", border: 4, scale: 4 });
  const width = rows.length;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  rows.flat().forEach((dark, at) => {
    if (dark) data.fill(0, at * 4, at * 4 + 3);
  });
  return { width, height: width, data };
}

const scanned = (all: readonly string[]): Gathered | null =>
  all.reduce<Gathered | null>((old, text) => {
    const frame = readFrame(text);
    return frame ? gathered(old, frame) : old;
  }, null);

describe("a roll carried by code", () => {
  it("O11 forty students with parents and a sealed note come out as they went in", async () => {
    const made = await frames();
    expect(made.length).toBeLessThan(8);
    expect(Math.max(...made.map(({ length }) => length))).toBeLessThanOrEqual(1100);
    const read = made.map((text) => decodeQR(picture(text)));
    const whole = scanned([...read.slice(1), ...read])?.parts.size;
    expect(whole).toBe(made.length);
    const text = wholeOf(scanned(read.toReversed()) as Gathered);
    const ops = opsIn(await unsqueezed(text ?? ""));
    expect(ops).toEqual([OP]);
    expect(JSON.stringify(ops)).toBe(JSON.stringify([OP]));
  });

  it("says how far it is, and takes no part of another roll for its own", async () => {
    const made = await frames();
    const half = scanned(made.slice(0, 1)) as Gathered;
    expect(wholeOf(half)).toBeNull();
    const other = readFrame(`RB1.1.9.0badf00d.AAAA`);
    expect(other && gathered(half, other)).toMatchObject({ sum: "0badf00d", of: 9 });
  });

  it("ignores codes that are none of ours", () => {
    const strange = [
      "https://example.org",
      "RB1.0.3.0badf00d.AA",
      "RB1.4.3.0badf00d.AA",
      "RB1.1.1.x.AA",
    ];
    for (const text of strange) expect(readFrame(text)).toBeNull();
    for (const json of [null, 7, {}, { rollbook_qr: 1, ops: [] }, { rollbook_qr: 1, ops: [{}] }])
      expect(opsIn(json)).toBeNull();
    const { grant: _without, ...nobodys } = OP;
    expect(opsIn({ rollbook_qr: 1, ops: [nobodys] })).toBeNull();
  });

  it("O11 takes the exported file as well", () => {
    expect(opsIn(exportFile([entry], "device-1", OP.taken_at))).toEqual([OP]);
  });

  it("O7 carries nobody's name, and the carrier's line says whose it is by the leave alone", async () => {
    const text = JSON.stringify(packed([entry], "device-1"));
    for (const { given_name, family_name } of students()) {
      expect(text).not.toContain(given_name);
      expect(text).not.toContain(family_name);
    }
    expect(JSON.stringify(entry)).not.toContain(RUIZ);
    expect(entry).toMatchObject({
      staff_id: "",
      carried: true,
      step: "sent",
      op: { grant: OP.grant },
    });
  });
});

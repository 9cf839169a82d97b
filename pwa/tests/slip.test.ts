import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { base45 } from "../src/core/base45.ts";
import { readSlip, type Slip } from "../src/core/slip.ts";
import { isSigned } from "../src/device/slip.ts";

/** The server's tests write the same codes: tests/cases/slips.json. */

interface Case {
  readonly what: Slip["what"];
  readonly student_id: string;
  readonly line_id: string;
  readonly at: string;
  readonly text: string;
}

interface Cases {
  readonly school_id: string;
  readonly key_id: string;
  readonly public: string;
  readonly cases: readonly Case[];
}

const path = new URL("../../tests/cases/slips.json", import.meta.url);
const { school_id, cases, ...key }: Cases = JSON.parse(readFileSync(path, "utf8"));
const KEY = { key_id: key.key_id, public: key.public };
const OTHER = {
  key_id: key.key_id,
  public: "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU",
};
const FIRST = cases[0] as Case;

function whole(text: string): Slip {
  const slip = readSlip(text);
  if (!slip) throw new Error("no slip");
  return slip;
}

describe("a slip's code", () => {
  it("base45 is that of the RFC, and never throws", () => {
    const words = (text: string) => new TextDecoder().decode(base45(text) ?? undefined);
    expect(words("BB8")).toBe("AB");
    expect(words("%69 VD92EX0")).toBe("Hello!!");
    expect(words("UJCLQE7W581")).toBe("base-45");
    expect(base45("")).toEqual(new Uint8Array());
    for (const none of ["A", "GGW", "bb8", "BB8a", "::", "BB8::", "\u{1f600}", "AÄ"])
      expect(base45(none), none).toBeNull();
  });

  it.each(cases)("V11 says what the desk wrote: $what $at", async (one) => {
    const slip = whole(one.text);
    const { what, student_id, line_id, at } = slip;
    expect({ what, student_id, line_id, at }).toEqual({
      what: one.what,
      student_id: one.student_id,
      line_id: one.line_id,
      at: Date.parse(one.at),
    });
    expect(slip.key_tag).toBe(key.key_id.slice(-8));
    expect(slip.school_tag).toBe(school_id.slice(-8));
    expect(await isSigned(slip, school_id, [OTHER, KEY])).toBe(true);
    expect(await isSigned(slip, school_id, [OTHER])).toBe(false);
    expect(await isSigned(slip, school_id, [])).toBe(false);
    expect(await isSigned(slip, school_id.replace("5c", "5d"), [KEY])).toBe(false);
    expect(await isSigned(slip, school_id, [{ ...KEY, public: "?" }])).toBe(false);
  });

  it("V11.1 with any byte of it changed nobody signed it", async () => {
    const slip = whole(FIRST.text);
    const flipped = (bytes: Uint8Array, place: number) =>
      bytes.map((byte, at) => (at === place ? byte ^ 1 : byte));
    const forged = [
      ...Array.from(slip.facts, (_, place) => ({ ...slip, facts: flipped(slip.facts, place) })),
      ...Array.from(slip.signature, (_, place) => ({
        ...slip,
        signature: flipped(slip.signature, place),
      })),
    ];
    expect(forged).toHaveLength(111);
    for (const one of forged) expect(await isSigned(one, school_id, [KEY])).toBe(false);
  });

  it("V11.1 is read whole or not at all", () => {
    const { text } = FIRST;
    const strange = ["", "RBS1:", text.slice(0, -1), `${text}0`, text.slice(5), `${text}\n`];
    strange.push(text.replace("RBS1", "RBS2"), text.toLowerCase(), `${text.slice(0, -3)}:::`);
    strange.push(`RBS1:${"0".repeat(167)}`, `https://birch.example/${text}`);
    for (const one of strange) expect(readSlip(one), one).toBeNull();
  });
});

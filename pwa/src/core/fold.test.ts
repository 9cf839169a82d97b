import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blanks, type FoldedMark, type FoldOp, fold } from "./fold.ts";

interface Case {
  readonly id: string;
  readonly rules: readonly string[];
  readonly roster: readonly string[];
  readonly ops: readonly FoldOp[];
  readonly roll: unknown;
}

interface Table {
  readonly names: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

function named<T>(value: T, names: Readonly<Record<string, string>>): T {
  const text = JSON.stringify(value, (key, one) =>
    typeof one === "string" && key !== "says" ? (names[one] ?? one) : one,
  );
  return JSON.parse(text);
}

function casesIn(file: string): Case[] {
  const path = new URL(`../../../tests/cases/${file}`, import.meta.url);
  const table: Table = JSON.parse(readFileSync(path, "utf8"));
  return table.cases.map((one) => named(one, table.names));
}

const isEmpty = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0);

const plain = (mark: FoldedMark) =>
  Object.fromEntries(Object.entries(mark).filter(([, value]) => !isEmpty(value)));

function folded(ops: readonly FoldOp[], roster: readonly string[]) {
  const roll = fold(ops, roster);
  return { ...roll, marks: roll.marks.map(plain), not_enrolled: roll.not_enrolled.map(plain) };
}

describe.each(["fold.json", "fold_generated.json"])("%s", (file) => {
  const cases = casesIn(file);

  it("has cases", () => expect(cases.length).toBeGreaterThan(50));

  it.each(cases.map((one) => [one.rules.join(" "), one.id, one] as const))(
    "%s %s",
    (_r, _i, one) => {
      expect(folded(one.ops, one.roster)).toEqual(one.roll);
      const twice = [...one.ops, ...one.ops].reverse();
      expect(folded(twice, one.roster.toReversed())).toEqual(one.roll);
    },
  );
});

describe("F9.1 all present", () => {
  it("fills only who is displayed, without a mark and without a known absence", () => {
    expect(blanks(["Ana", "Ben", "Cleo"], ["Ben", "Dov"], ["Cleo"])).toEqual(["Ana"]);
  });
});

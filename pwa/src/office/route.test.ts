import { expect, test } from "vitest";
import { readRoute, spellRoute } from "./route.ts";

test("an address is read as the page, what of it, and what is open beside it", () => {
  expect(readRoute("")).toEqual({ page: "board", part: null, query: {} });
  expect(readRoute("#/contested")).toEqual({ page: "contested", part: null, query: {} });
  const found = readRoute("#/board/2026-11-23?roll=8a&at=2026-11-23T18%3A15%3A00.000Z");
  expect(found).toEqual({
    page: "board",
    part: "2026-11-23",
    query: { roll: "8a", at: "2026-11-23T18:15:00.000Z" },
  });
});

test("an address that is none leads to the board", () => {
  expect(readRoute("#/%E0%A4%A")).toEqual({ page: "board", part: null, query: {} });
});

test("what is spelled is read again", () => {
  const held = { page: "held", part: "01a", query: { at: "2026-11-23T18:15:00.000Z" } };
  expect(readRoute(spellRoute(held))).toEqual(held);
  expect(spellRoute({ page: "passes", part: null, query: {} })).toBe("#/passes");
});

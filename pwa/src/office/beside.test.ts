import { describe, expect, it } from "vitest";
import type { Aside } from "../wire.ts";
import { withAside } from "./beside.ts";
import { takeIn } from "./feed.ts";
import { at, board, boardRoll, roll } from "./sample.ts";

const WORD = { state: "open", at: at("8:05"), taken_at: null } as const;
const CALLED = { by_name: "R. Lind", at: at("8:20") };
const shown = board([
  boardRoll({ section_id: "8A", tablet: WORD }),
  boardRoll({ section_id: "8B", called: CALLED }),
]);

const aside = (more: Partial<Aside> = {}): Aside => ({
  epoch: "e",
  server_time: at("8:21"),
  on: "2026-11-23",
  aside: 7,
  rolls: [
    { roll_id: "8B/1", reminded: { count: 1, last_at: at("8:15") }, tablet: null, called: null },
  ],
  seen: [{ staff_id: "M. Ruiz", at: at("8:02") }],
  ...more,
});

describe("what stands beside the board", () => {
  it("replaces what stood there, also of rolls that are left out", () => {
    const next = withAside(shown, aside());
    expect(next.aside).toBe(7);
    expect(next.rolls.map(({ tablet }) => tablet)).toEqual([null, null]);
    expect(next.rolls.map(({ called }) => called)).toEqual([null, null]);
    expect(next.rolls.map(({ reminded }) => reminded.count)).toEqual([0, 1]);
    expect(next.teachers.map(({ seen_at }) => seen_at)).toEqual([null, null, at("8:02"), null]);
  });

  it("of another day changes nothing", () => {
    expect(withAside(shown, aside({ on: "2026-11-24" }))).toBe(shown);
  });

  it("is kept when the roll changes, which the feed tells without it", () => {
    const news = roll({ roll_id: "8B/1", section_id: "8B", seq: 9, state: "submitted" });
    const [, changed] = takeIn(shown, [news]).board.rolls;
    expect(changed?.state).toBe("submitted");
    expect(changed?.called).toEqual(CALLED);
  });
});

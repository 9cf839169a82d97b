import { describe, expect, it } from "vitest";
import type { Roll } from "../wire.ts";
import { ms } from "./dates.ts";
import { leaveFor } from "./today.ts";

const LOCKS = "2026-10-07T00:00:00.000Z";
const ROLL = {
  on: "2026-10-06",
  state: "not_taken",
  expected: true,
  opens_at: "2026-10-06T14:55:00.000Z",
  locks_at: LOCKS,
} as Roll;

const leave = (more: Partial<Roll>, now: number, taken = false) =>
  leaveFor({ ...ROLL, ...more }, taken, "2026-10-06", now);

describe("what may be done with a roll", () => {
  it("D17 a roll locks by the rule of its day, also where the tablet has not heard of it", () => {
    expect(leave({}, ms(LOCKS) - 1)).toEqual({ may: "take" });
    expect(leave({}, ms(LOCKS))).toEqual({ may: "look", why: "locked" });
    expect(leave({}, ms(LOCKS) - 1, true)).toEqual({ may: "correct" });
    expect(leave({}, ms(LOCKS), true)).toEqual({ may: "look", why: "locked" });
  });

  it("D17 what was opened again, or is not expected, is not locked by it", () => {
    expect(leave({ locks_at: null }, ms(LOCKS))).toEqual({ may: "take" });
    expect(leave({ expected: false }, ms(LOCKS))).toEqual({ may: "look", why: "exempt" });
  });

  it("Y2 a signature or a lock is told first", () => {
    expect(leave({ state: "certified" }, ms(LOCKS), true)).toEqual({
      may: "look",
      why: "certified",
    });
    expect(leave({ state: "locked" }, 0)).toEqual({ may: "look", why: "locked" });
  });
});

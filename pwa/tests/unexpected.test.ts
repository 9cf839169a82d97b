/** A roll that nobody expects: a trip, a holiday. */

import { describe, expect, it } from "vitest";
import { countsOf, pageOf, tapped } from "../src/core/roll.ts";
import { leaveFor, mayInsist } from "../src/core/today.ts";
import { voidWords } from "../src/core/void.ts";
import { drafted, facts, lineOf, NINE_PAST, roll, submitted } from "./cast.ts";

const trip = roll({ expected: false, void_reason: "trip" });
const EARLY = NINE_PAST - 60 * 60_000;

describe("a roll that nobody expects", () => {
  it("is only looked at, unless its teacher insists once it would be open", () => {
    const leave = (now: number, insists: boolean) => leaveFor(trip, false, trip.on, now, insists);
    expect(leave(NINE_PAST, false)).toEqual({ may: "look", why: "exempt" });
    expect(leave(NINE_PAST, true)).toEqual({ may: "take" });
    expect(leave(EARLY, true)).toEqual({ may: "look", why: "upcoming" });
  });

  it("can be insisted on that day only, and never where a roll is expected", () => {
    expect(mayInsist(trip, trip.on, NINE_PAST)).toBe(true);
    expect(mayInsist(trip, trip.on, EARLY)).toBe(false);
    expect(mayInsist(trip, "2026-10-07", NINE_PAST)).toBe(false);
    expect(mayInsist(roll(), trip.on, NINE_PAST)).toBe(false);
  });

  it("names only who was tapped: nobody is present by silence", () => {
    const all = facts({ roll: trip });
    const { lines } = pageOf(all);
    expect(countsOf(lines).unmarked).toBe(lines.length);
    const here = tapped(lineOf(all, "s01"));
    const draft = drafted(all, [["s01", here]]);
    const { marks } = submitted({ ...all, draft }).op;
    expect(marks).toEqual([{ student_id: "s01", presence: "present" }]);
  });

  it("says why in words", () => {
    const words = ["holiday", "no_meeting", "trip to the sea"].map((one) => voidWords(one, null));
    expect(words).toEqual(["holiday", "the section does not meet", "trip to the sea"]);
    expect(voidWords("exempt", "Assembly in the gym")).toBe("Assembly in the gym");
    expect(voidWords("holiday", "Thanksgiving")).toBe("holiday");
  });
});

import { describe, expect, it } from "vitest";
import type { DayTotals, SessionTotals, StudentDate } from "../wire.ts";
import { halvesOf, slotName, slotsWords, sumsOf, sumsShare } from "./attendance-words.ts";

const NO_DAYS: DayTotals = {
  in_person: 0,
  in_school_suspension: 0,
  study: 0,
  study_incomplete: 0,
  excused: 0,
  unexcused: 0,
  pending: 0,
  suspension: 0,
  undetermined: 0,
  attended: 0,
  absent: 0,
  expected: 0,
};
const SESSIONS: SessionTotals = {
  attended: 45,
  authorised: 2,
  unauthorised: 3,
  pending: 0,
  absent: 5,
  possible: 50,
};

describe("T10.2 where a school counts in sessions", () => {
  it("sums are of the possible ones, and of days elsewhere", () => {
    const days = { ...NO_DAYS, attended: 9, excused: 1, absent: 1, expected: 10 };
    expect(sumsOf({ days, sessions: null })).toMatchObject({ known: 10, attended: 9, excused: 1 });
    const sums = sumsOf({ days, sessions: SESSIONS });
    expect(sums).toMatchObject({ known: 50, absent: 5, excused: 2, unexcused: 3 });
    expect(sumsShare(sums)).toBe("90%");
  });

  it("a date has two halves, and what nobody took differs from what cannot be attended", () => {
    const date = (sessions: (string | null)[], halves: StudentDate["halves"]) =>
      halvesOf({ sessions, halves } as StudentDate);
    expect(date(["/", "O"], ["attended", "unauthorised"])).toEqual(["present", "unexcused"]);
    expect(date(["N", "M"], ["pending", "authorised"])).toEqual(["pending", "excused"]);
    expect(date([null, "#"], [null, null])).toEqual(["unknown", "other"]);
    expect(date([], [])).toEqual([]);
  });

  it("weekdays are told by mornings and afternoons", () => {
    const slots = [
      { weekday: 0, period: "AM", known: 20, absent: 1 },
      { weekday: 4, period: "PM", known: 20, absent: 3 },
    ];
    expect(slotsWords(slots, true)).toBe("Absent most often: Friday, afternoon, 3 of 20 sessions.");
    expect(slotName("AM", true)).toBe("Morning");
    expect(slotName("6", false)).toBe("6");
  });
});

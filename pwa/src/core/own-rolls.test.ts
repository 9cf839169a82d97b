import { describe, expect, it } from "vitest";
import type { OwnRoll } from "../wire.ts";
import { halfWords, metWords } from "./own-rolls.ts";

const ZONE = "America/Los_Angeles";

const roll = (more: Partial<OwnRoll>): OwnRoll => ({
  roll_id: "r",
  on: "2026-10-06",
  period_name: "Period 1",
  section_title: "8A",
  due_at: "2026-10-06T15:15:00.000Z",
  met: "late",
  taken_at: "2026-10-06T15:21:00.000Z",
  received_at: "2026-10-06T15:21:00.000Z",
  ...more,
});

describe("one's own rolls", () => {
  it.each([
    [roll({}), "Late: taken 8:21, was due 8:15."],
    [roll({ met: "not_taken", taken_at: null }), "Not taken, was due 8:15."],
    [
      roll({ met: "unproven" }),
      "Late, or in time and no clock can tell: taken 8:21, was due 8:15.",
    ],
    [roll({ taken_at: "2026-10-08T15:21:00.000Z" }), "Late: taken Oct 8, 8:21, was due 8:15."],
    [roll({ taken_at: "2026-10-07T05:00:00.000Z" }), "Late: taken 10:00, was due 8:15."],
  ])("%# are told without blame", (one, words) => {
    expect(metWords(one, ZONE)).toBe(words);
  });

  it.each([
    [null, ""],
    [0, "Half of them were taken within 1 minute of the bell."],
    [60, "Half of them were taken within 1 minute of the bell."],
    [61, "Half of them were taken within 2 minutes of the bell."],
  ])("with a median of %s say so", (seconds, words) => {
    expect(halfWords(seconds)).toBe(words);
  });
});

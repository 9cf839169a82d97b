import { expect, test } from "vitest";
import type { Week, WeekChange, WeekRoll } from "../wire.ts";
import { changeWords, nextDayWords, rollWords, signWords, standingWords } from "./week-words.ts";

const ZONE = "America/Los_Angeles";
const BY = { role: "office", name: "R. Lind", staff_id: "1" } as const;
const ROLL: WeekRoll = {
  roll_id: "r",
  on: "2026-10-06",
  period: "1",
  period_name: "Period 1",
  section_title: "8A",
  taken: true,
  taken_at: "2026-10-06T15:04:00.000Z",
  received_at: "2026-10-07T15:30:00.000Z",
  next_day: true,
  accepted: null,
  counts: { present: 27, late: 1, left_early: 0, absent: 2, elsewhere: 0, unmarked: 0 },
};
const WEEK: Week = {
  server_time: "2026-10-12T15:00:00.000Z",
  school: { school_id: "s", name: "Birch", zone: ZONE },
  person: { ...BY, role: "teacher" },
  week_on: "2026-10-05",
  to: "2026-10-11",
  over: true,
  words: "True.",
  meaning: "True.",
  digest: "0".repeat(64),
  rolls: [ROLL, { ...ROLL, taken: false }],
  signed: null,
};
const CHANGE: WeekChange = {
  roll_id: "r",
  student_name: "Elif Eriksen",
  by: BY,
  at: "2026-10-12T15:00:00.000Z",
  fact: "presence",
  old: "absent",
  new: "left_early",
  why: null,
};

test("C9 a roll that nobody took says so and counts nobody", () => {
  expect(rollWords(ROLL)).toBe("27 present, 2 absent, 1 late");
  expect(rollWords({ ...ROLL, taken: false })).toBe("Not taken");
});

test("C13 a roll of a later day is told with both times", () => {
  expect(nextDayWords(ROLL, ZONE)).toContain("Taken 8:04, received Wednesday, October 7, 8:30;");
  expect(nextDayWords({ ...ROLL, next_day: false }, ZONE)).toBe("");
});

test("C9 the button repeats what will be signed", () => {
  expect(signWords(WEEK)).toBe("Sign 2 rolls, 1 not taken");
});

test("C10 changes beside a signature are told as sentences, reasons without their words", () => {
  expect(changeWords(CHANGE, ZONE)).toBe(
    "R. Lind changed the mark of Elif Eriksen from absent to left early, Oct 12, 8:00.",
  );
  expect(changeWords({ ...CHANGE, fact: "reason", old: null, new: null }, ZONE)).toBe(
    "R. Lind changed the reason of Elif Eriksen, Oct 12, 8:00.",
  );
});

test("C9.1 a week that is not over says from when on it can be signed", () => {
  expect(standingWords({ ...WEEK, over: false }, ZONE)).toContain("from Monday on");
  expect(standingWords(WEEK, ZONE)).toBe("Not signed yet.");
});

import { describe, expect, it } from "vitest";
import { facts, NINE_PAST, roll, submitted, takenRoll } from "../../tests/cast.ts";
import type { Roll } from "../wire.ts";
import { dueNow, dueSaid, dueWords } from "./due.ts";
import { frozen, settled } from "./outbox.ts";

const MINUTE = 60_000;
const ON = "2026-10-06";
const ZERO = NINE_PAST - 9 * MINUTE;
const at = (instant: string) => (instant.includes("15:15") ? "8:15" : "9:15");

const second = (): Roll =>
  roll({
    roll_id: "roll-8b",
    period: "2",
    period_name: "Period 2",
    starts_at: "2026-10-06T16:00:00.000Z",
    due_at: "2026-10-06T16:15:00.000Z",
  });

const due = (
  rolls: readonly Roll[],
  minutes: number,
  entries = [] as ReturnType<typeof submitted>[],
) => dueNow(rolls, entries, ON, ZERO + minutes * MINUTE).map(({ roll_id }) => roll_id);

describe("N14 what is due while Rollbook is open", () => {
  it("N14 from five minutes before it is due until it closes", () => {
    expect([9, 10, 15, 60].map((minutes) => due([roll()], minutes).length)).toEqual([0, 1, 1, 1]);
    const closed = (Date.parse(roll().closes_at) - ZERO) / MINUTE;
    expect(due([roll()], closed - 1)).toHaveLength(1);
    expect(due([roll()], closed)).toHaveLength(0);
  });

  it("N14 no roll that was captured here, taken by somebody, not expected, or of another day", () => {
    const saved = submitted(facts());
    const held = settled(frozen(saved), {
      protocol: 1,
      epoch: "e1",
      server_time: "2026-10-06T15:12:00.000Z",
      backoff_s: 0,
      safe_before: null,
      session: "ok",
      results: [],
    });
    expect(due([roll()], 14, [saved])).toEqual([]);
    expect(due([roll()], 14, [held])).toEqual([]);
    expect(due([takenRoll(["op-1"])], 14)).toEqual([]);
    expect(due([roll({ expected: false })], 14)).toEqual([]);
    expect(due([roll({ on: "2026-10-05" })], 14)).toEqual([]);
  });

  it("N14 in words: one by its period and time, several by their periods", () => {
    const words = (rolls: Roll[], minutes: number) => dueWords(rolls, ZERO + minutes * MINUTE, at);
    expect(words([], 12)).toBeNull();
    expect(words([roll()], 12)).toEqual({ first: "Period 1 roll is due at 8:15.", more: "" });
    expect(words([roll()], 15)).toEqual({
      first: "Period 1 roll was due at 8:15.",
      more: "It still counts.",
    });
    expect(words([roll(), second()], 72)).toEqual({
      first: "2 rolls are due.",
      more: "Periods 1 and 2.",
    });
  });

  it("N14 for the ear at five minutes and at one, and once it is past", () => {
    const said = (minutes: number) => dueSaid([roll()], ZERO + minutes * MINUTE);
    expect([9, 10, 11, 13, 14, 15, 16].map(said)).toEqual([
      "",
      "Period 1 roll is due in 5 min",
      "",
      "",
      "Period 1 roll is due in 1 min",
      "Period 1 roll was due",
      "Period 1 roll was due",
    ]);
  });
});

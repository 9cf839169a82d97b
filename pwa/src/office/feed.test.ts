import { describe, expect, it } from "vitest";
import { takeIn } from "./feed.ts";
import { outcomeWords, readExport } from "./handover.ts";
import { at, board, boardRoll, heldItem, RUIZ, received, roll } from "./sample.ts";

const shown = board([boardRoll(), boardRoll({ section_id: "7C" })]);

describe("the feed", () => {
  it("replaces one roll in its place and leaves the rest", () => {
    const news = roll({
      seq: 2,
      state: "submitted",
      submitted_by: "ruiz",
      people: [RUIZ],
      unmarked: ["thao"],
      marks: [
        { student_id: "amara", presence: "present" },
        { student_id: "noa", presence: "absent" },
      ],
    });
    const taken = takeIn(shown, [news]);
    expect(taken.board.rolls.map(({ state }) => state)).toEqual(["submitted", "not_taken"]);
    expect(taken.board.rolls[0]).toMatchObject({
      by_name: "M. Ruiz",
      unmarked_count: 1,
      counts: { present: 1, absent: 1 },
    });
    expect(taken.board.rolls[0]).not.toHaveProperty("marks");
    expect([...taken.changed]).toEqual(["8A/1"]);
  });

  it("never puts an older state over a newer", () => {
    const newer = board([boardRoll({ seq: 9, ...received("8:06") })]);
    expect(takeIn(newer, [roll({ seq: 3 })]).board.rolls[0]?.state).toBe("submitted");
  });

  it("leaves another day's roll alone", () => {
    const taken = takeIn(shown, [roll({ on: "2026-11-20", state: "submitted", seq: 5 })]);
    expect([taken.stale, taken.changed.size]).toEqual([false, 0]);
  });

  it("asks for a fresh board where a roll of the day is new to it", () => {
    expect(takeIn(shown, [roll({ roll_id: "laid out just now" })]).stale).toBe(true);
  });

  it("notices a held item", () => {
    expect(takeIn(shown, [heldItem()])).toMatchObject({ held: true, stale: false });
  });
});

describe("a tablet's file", () => {
  it.each(["", "{", "[]", "null", '{"rollbook_export": 2}'])("%s is told apart", (text) => {
    expect(readExport(text)).toBeNull();
  });

  it("is told by its outcomes", () => {
    const result = {
      id: "op",
      reason: null,
      detail: null,
      seq: 1,
      received_at: at("9:00"),
      hash: "h",
      marks: [],
      roll: null,
    };
    const answer = {
      protocol: 1,
      epoch: "e",
      server_time: at("9:00"),
      backoff_s: 0,
      safe_before: null,
      session: "ok",
      results: [
        { ...result, outcome: "accepted", replayed: false },
        { ...result, outcome: "accepted", replayed: true },
        { ...result, outcome: "held", replayed: false },
      ],
    } as const;
    expect(outcomeWords({ ...answer, results: [...answer.results] })).toBe(
      "3 entries read: 1 now on the record, 1 there already, 1 held, listed here.",
    );
  });
});

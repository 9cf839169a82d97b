import { describe, expect, it } from "vitest";
import { changed, effect, move } from "./calendar-sample.ts";
import { aboutWords, effectWords } from "./moves.ts";
import { at, ZONE } from "./sample.ts";

const said = (more: Parameters<typeof changed>[0]) => effectWords(changed(more), ZONE);

describe("what a change moves", () => {
  it("says from when to when, what stays, and that reminders follow", () => {
    expect(said({ moves: [move()], kept_taken: [effect({ rolls: 12 })] })).toEqual([
      "24 rolls of Period 2 move from 9:13 to 9:26.",
      "12 rolls already taken stay as they are.",
      "Reminders move with them.",
    ]);
    expect(said({ moves: [move({ rolls: 1 })], kept_taken: [effect({ rolls: 1 })] })).toEqual([
      "1 roll of Period 2 moves from 9:13 to 9:26.",
      "1 roll already taken stays as it is.",
      "Reminders move with them.",
    ]);
  });

  it("puts the days together on which the same happens", () => {
    const next = move({
      on: "2026-11-25",
      due_before: at("9:13", "2026-11-25"),
      due_after: at("9:26", "2026-11-25"),
    });
    expect(said({ moves: [move(), next] })[0]).toBe(
      "48 rolls of Period 2 on 2 days from Nov 24 to Nov 25 move from 9:13 to 9:26.",
    );
    expect(aboutWords(changed({ moves: [move(), next] }))).toBe("2 days from Nov 24 to Nov 25");
    expect(aboutWords(changed({ moves: [move()] }))).toBe("Tuesday, November 24");
    expect(aboutWords(changed())).toBeNull();
  });

  it("says what changes where the deadline itself stays", () => {
    const same = move({ due_after: at("9:13", "2026-11-24"), what: ["late_at", "locks_at"] });
    expect(said({ moves: [same] })[0]).toBe(
      "24 rolls of Period 2 stay due at 9:13; what changes is until when they count as in time and when they lock.",
    );
  });

  it("says which rolls are expected no more and why, and which again", () => {
    const seventh = effect({ period_name: "Period 7", rolls: 8 });
    expect(said({ voided: [effect(), seventh] })).toEqual([
      "20 rolls (Period 6 and Period 7) are not expected any more: holiday.",
      "Nobody is reminded of what is not expected.",
    ]);
    expect(said({ expected_again: [effect({ void_reason: null })] })).toEqual([
      "12 rolls (Period 6) are expected again.",
    ]);
    expect(said({ added: [effect({ void_reason: null })] })).toEqual([
      "12 rolls (Period 6) are new.",
    ]);
    expect(said({ added: [effect({ void_note: "Recess" })] })).toEqual([
      "12 rolls (Period 6) are new, and not expected: holiday, Recess.",
    ]);
  });

  it("says that nothing moves, and that a list was cut short", () => {
    expect(said({})).toEqual(["No roll moves."]);
    const totals = { ...changed().totals, moved: 5400, dates: 120 };
    expect(said({ moves: [move()], cut: true, totals })).toContain(
      "That is not all: 5,400 rolls on 120 days in all.",
    );
  });
});

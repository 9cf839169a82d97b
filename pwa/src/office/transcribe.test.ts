import { describe, expect, it } from "vitest";
import type { Mark } from "../wire.ts";
import { at, roll, ZONE } from "./sample.ts";
import {
  alreadyWords,
  blank,
  blankRows,
  enterWords,
  knownWords,
  othersPresent,
  readTime,
  sheetOp,
  statedAt,
  wouldFill,
  write,
  writtenWords,
} from "./transcribe.ts";

const student = (student_id: string) => ({ student_id, given_name: student_id, family_name: "" });
const STUDENTS = ["amara", "kainoa", "noa", "thao"].map(student);
const RUIZ = { role: "teacher", name: "M. Ruiz", staff_id: "ruiz" } as const;
const ENTERING = {
  op_id: "op9",
  taken_at: at("15:30"),
  taken_by: "M. Ruiz",
  stated_at: at("8:06"),
};

describe("the boxes of a sheet", () => {
  it("begin blank: silence is never present (F9.2)", () => {
    expect(blank(blankRows(STUDENTS, [], []))).toHaveLength(4);
    expect(enterWords(blankRows(STUDENTS, [], []))).toBe("Nobody is entered yet");
  });

  it("are filled by 'others present' where they are blank and no absence is known (F9.1)", () => {
    const begun = write(blankRows(STUDENTS, ["thao"], []), "noa", "absent");
    expect(wouldFill(begun)).toBe(2);
    const filled = othersPresent(begun);
    expect(filled.map(({ written }) => written)).toEqual(["present", "present", "absent", null]);
    expect(knownWords(filled)).toContain("1 known absence left");
    expect(enterWords(filled)).toBe("Enter 2 present, 1 absent, leave 1 not marked");
    expect(enterWords(write(filled, "thao", "absent"))).toBe("Enter 2 present, 2 absent");
  });

  it("forget the minutes of somebody who is not late after all", () => {
    const late = write(blankRows(STUDENTS, [], []), "noa", "late", 9);
    expect(write(late, "noa", "present")[2]?.minutes).toBeNull();
    expect(write(late, "noa", "left_early", 35)[2]?.minutes).toBe(35);
  });
});

describe("the time on a sheet", () => {
  it.each([
    ["8:05", 485],
    ["805", 485],
    [" 14.05 ", 845],
    ["8:65", null],
    ["25:00", null],
    ["five past", null],
    ["", null],
  ])("%s", (text, minutes) => expect(readTime(text)).toBe(minutes));

  it("is the one nearest to the bell, in the school's zone", () => {
    expect(statedAt("8:06", at("8:00"), ZONE)).toBe(at("8:06"));
    expect(statedAt("1:05", at("13:00"), ZONE)).toBe(at("13:05"));
    expect(statedAt("12:10", at("12:05"), ZONE)).toBe(at("12:10"));
    expect(statedAt("0:10", at("23:30"), ZONE)).toBe(at("24:10"));
    expect(statedAt("soon", at("8:00"), ZONE)).toBeNull();
  });
});

describe("the op of a sheet", () => {
  it("says who took it, when by their word, and names nobody who was left blank", () => {
    const rows = write(write(blankRows(STUDENTS, [], []), "noa", "absent"), "kainoa", "late", 9);
    const op = sheetOp(rows, roll({ roll_id: "8A/1" }), ENTERING);
    expect(op).toMatchObject({
      kind: "submit",
      source: { how: "paper", taken_by: "M. Ruiz", stated_at: at("8:06") },
    });
    expect(op.marks).toEqual([
      { student_id: "kainoa", presence: "late", arrived_at: at("8:09") },
      { student_id: "noa", presence: "absent" },
    ]);
  });

  it("says when somebody left early, where the sheet says so", () => {
    const left = write(blankRows(STUDENTS, [], []), "noa", "left_early", 35);
    const rows = write(left, "thao", "left_early");
    const op = sheetOp(rows, roll(), ENTERING);
    expect(op.marks).toEqual([
      { student_id: "noa", presence: "left_early", left_at: at("8:35") },
      { student_id: "thao", presence: "left_early" },
    ]);
    expect(enterWords(rows)).toBe("Enter 2 left early, leave 2 not marked");
    expect(rows.map(writtenWords).slice(2)).toEqual(["Left early, after 35 min", "Left early"]);
  });

  it("names what stood on the screen as seen, and says nothing it does not know", () => {
    const marks: Mark[] = [
      { student_id: "noa", presence: "absent", heads: [1, 2] },
      { student_id: "amara", presence: "present" },
    ];
    const taken = roll({
      state: "submitted",
      received_at: at("8:07"),
      ops: ["a", "b", "c"],
      people: [RUIZ],
      marks,
    });
    const rows = othersPresent(blankRows(STUDENTS, [], marks));
    const op = sheetOp(rows, taken, { ...ENTERING, stated_at: null });
    expect(op.source).toEqual({ how: "paper", taken_by: "M. Ruiz" });
    expect(op.marks.map(({ parents }) => parents)).toEqual([
      ["a"],
      undefined,
      ["b", "c"],
      undefined,
    ]);
    expect(alreadyWords(taken, ZONE)).toContain("M. Ruiz is on this roll already, received 8:07.");
    expect(alreadyWords(roll(), ZONE)).toBeNull();
  });
});

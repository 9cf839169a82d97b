/** The grid as pure facts: lanes, order, what is chosen, and what is sent of it. */

import { describe, expect, it } from "vitest";
import type { Choosable, GridMark, GridRoll, GridSection, GridStudent } from "../wire.ts";
import {
  type Area,
  chosenCells,
  EMPTY,
  inOrder,
  isNamed,
  isShownBy,
  moved,
  NO_FILTER,
  orderOf,
  type Row,
  rowsOf,
  rulingOf,
  withRolls,
} from "./students.ts";
import { bulkRulings, found, PRESETS, suggested } from "./students-bulk.ts";
import { cellSays } from "./students-words.ts";

const ZONE = "America/Los_Angeles";
const NOW = Date.parse("2026-10-06T16:30:00.000Z");
const student = (num: number, given_name: string, family_name: string): GridStudent => ({
  num,
  student_id: `student-${num}`,
  given_name,
  family_name,
  grade: num === 3 ? "07" : "08",
});
const STUDENTS = [
  student(1, "Kainoa", "Keliʻihoʻomalu-Kahananui"),
  student(2, "José Ángel", "Fernández de Córdova"),
  student(3, "Noa", "Ben-David"),
];
const SECTIONS: GridSection[] = [
  { section_id: "8A", title: "8A", room: null, teacher_ids: ["ruiz"] },
  { section_id: "PE", title: "PE", room: null, teacher_ids: ["brandt"] },
];

function roll(period: string, presences: string, odd: GridMark[] = []): GridRoll {
  const hour = period === "1" ? "15" : "16";
  return {
    roll_id: `roll-${period}`,
    section_id: period === "1" ? "8A" : "PE",
    on: "2026-10-06",
    period,
    period_name: `Period ${period}`,
    seq: 5,
    state: presences.includes("p") ? "submitted" : "not_taken",
    expected: true,
    void_reason: null,
    void_note: null,
    starts_at: `2026-10-06T${hour}:00:00.000Z`,
    ends_at: `2026-10-06T${hour}:50:00.000Z`,
    opens_at: `2026-10-06T${hour}:00:00.000Z`,
    due_at: `2026-10-06T${hour}:15:00.000Z`,
    taken_at: null,
    received_at: null,
    by_name: null,
    ops: ["op-a", "op-b"],
    nums: [1, 2, 3],
    presences,
    odd,
    ahead: [],
  };
}

const rows = (...rolls: GridRoll[]): Row[] =>
  rowsOf({ students: STUDENTS, sections: SECTIONS, rolls });

const PERIODS = ["1", "2"].map((period) => ({
  period,
  name: `Period ${period}`,
  starts_at: "",
  ends_at: "",
  due_at: "",
  check_at: "",
}));

describe("a cell", () => {
  it("has both lanes, and names the ops that stand", () => {
    const odd = [{ num: 2, seen: "late" as const, office: "present" as const, heads: [0, 1] }];
    const [, second] = rows(roll("1", "ppa", odd));
    const [cell] = second?.cells.get("1") ?? [];
    expect(cell).toMatchObject({ seen: "late", office: "present", presence: "present" });
    expect(cell?.heads).toEqual(["op-a", "op-b"]);
    expect(cell && cellSays(cell, null, NOW, ZONE)).toBe("teacher saw late, office ruled present");
  });

  it("of whom nobody spoke has no heads", () => {
    const [first] = rows(roll("1", "-pp"));
    expect(first?.cells.get("1")?.[0]?.heads).toEqual([]);
  });
});

describe("the order", () => {
  it("has something to see first and stays as it was when marks change", () => {
    const odd = [{ num: 3, flags: ["contested", "safety"] }];
    const before = rows(roll("1", "pap", odd));
    const order = orderOf(before);
    expect(order).toEqual([3, 2, 1]);
    const after = rows(roll("1", "app"));
    expect(inOrder(after, order).map(({ student: one }) => one.num)).toEqual([3, 2, 1]);
  });

  it("shows only whom somebody asks for", () => {
    const all = rows(roll("1", "pal"), roll("2", "---"));
    const nums = (filter: Partial<typeof NO_FILTER>) =>
      all
        .filter((row) => isShownBy({ ...NO_FILTER, ...filter }, row, NOW))
        .map(({ student: one }) => one.num);
    expect(nums({ kind: "absent" })).toEqual([2]);
    expect(nums({ kind: "late" })).toEqual([3]);
    expect(nums({ kind: "missing" })).toEqual([1, 2, 3]);
    expect(nums({ grade: "07" })).toEqual([3]);
    expect(nums({ teacher: "nobody" })).toEqual([]);
    expect(nums({ find: "jos fer" })).toEqual([2]);
  });

  it("finds names without their accents and okinas", () => {
    const [kainoa, jose] = STUDENTS;
    expect(kainoa && isNamed(kainoa, "keliiho")).toBe(true);
    expect(jose && isNamed(jose, "angel cordova")).toBe(true);
    expect(jose && isNamed(jose, "cordova x")).toBe(false);
  });
});

describe("choosing", () => {
  const area: Area = { rows: rows(roll("1", "ppp"), roll("2", "ppp")), periods: PERIODS };
  const move = (key: string, more = {}) => ({ key, extends: false, far: false, page: 2, ...more });

  it("stays within the grid", () => {
    const first = moved(area, null, move("ArrowDown"));
    expect(first).toEqual({ num: 1, period: "1", from: null });
    expect(moved(area, first, move("ArrowUp"))).toEqual(first);
    const last = moved(area, first, move("End", { far: true }));
    expect(last).toEqual({ num: 3, period: "2", from: null });
    expect(moved(area, last, move("q"))).toBeNull();
  });

  it("takes everything between with shift", () => {
    const first = moved(area, null, move("ArrowDown"));
    const down = moved(area, first, move("ArrowDown", { extends: true }));
    const across = moved(area, down, move("ArrowRight", { extends: true }));
    expect(chosenCells(area, across)).toHaveLength(4);
  });
});

describe("what is sent", () => {
  it("is only what is said, at each meeting's own bell, with what its author saw", () => {
    const [first] = rows(roll("1", "ppp"));
    const [cell] = first?.cells.get("1") ?? [];
    const draft = { ...EMPTY, presence: "late" as const, minutes: 12, why: " The bus " };
    expect(cell && rulingOf(cell, "student-1", draft)).toEqual({
      roll_id: "roll-1",
      student_id: "student-1",
      seen: ["op-a"],
      presence: "late",
      arrived_at: "2026-10-06T15:12:00.000Z",
      why: "The bus",
    });
  });

  it("replaces rolls by newer ones only", () => {
    const grid = { rolls: [roll("1", "ppp")] } as Parameters<typeof withRolls>[0];
    const older = { ...roll("1", "aaa"), seq: 4 };
    const newer = { ...roll("1", "aaa"), seq: 6 };
    expect(withRolls(grid, [older]).rolls[0]?.presences).toBe("ppp");
    expect(withRolls(grid, [newer]).rolls[0]?.presences).toBe("aaa");
  });
});

describe("many at once", () => {
  const all = rows(roll("1", "ppp"), roll("2", "ppp"));
  const draft = { ...EMPTY, presence: "elsewhere" as const, why: "Museum" };

  it("says which names fit nobody or several", () => {
    const told = found(all, { by: "names", names: "kainoa\nXavier\nn" });
    expect(told.rows).toHaveLength(2);
    expect(told.unclear).toEqual(["Nobody here is named “Xavier”."]);
  });

  it("is about the chosen periods", () => {
    const whom = { by: "section", section_id: "8A" } as const;
    const sent = bulkRulings(all, { whom, periods: ["2"], draft, at: null, whole: "" });
    expect(sent.map(({ roll_id }) => roll_id)).toEqual(["roll-2", "roll-2", "roll-2"]);
  });

  it("of who came or left is about the meeting under way", () => {
    const at = Date.parse("2026-10-06T16:20:00.000Z");
    const whom = { by: "grade", grade: "07" } as const;
    const late = { ...draft, presence: "late" as const };
    const bulk = { whom, periods: ["1", "2"], draft: late, at, whole: "" };
    const [only, ...rest] = bulkRulings(all, bulk);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ roll_id: "roll-2", arrived_at: "2026-10-06T16:20:00.000Z" });
  });

  it("gives a reason to the meetings that they missed whole, and to nobody who was seen there", () => {
    const whom = { by: "section", section_id: "8A" } as const;
    const missed = rows(roll("1", "ap-"), roll("2", "ppp"));
    const late = { ...draft, presence: "late" as const };
    const came = Date.parse("2026-10-06T16:20:00.000Z");
    const bus = { whom, periods: ["1", "2"], draft: late, at: came, whole: "V" };
    const before = bulkRulings(missed, bus).filter(({ roll_id }) => roll_id === "roll-1");
    expect(
      before.map(({ student_id, presence, reason }) => [student_id, presence, reason]),
    ).toEqual([
      ["student-1", undefined, "V"],
      ["student-3", undefined, "V"],
    ]);
    const closed = rows(roll("1", "ppp"), roll("2", "a--"));
    const left = { ...draft, presence: "left_early" as const, reason: "M" };
    const noon = Date.parse("2026-10-06T15:30:00.000Z");
    const told = bulkRulings(closed, { ...bus, draft: left, at: noon });
    const said = told.map(({ roll_id, presence, reason }) => [roll_id, presence, reason]);
    expect(said.slice(0, 2)).toEqual([
      ["roll-1", "left_early", "M"],
      ["roll-2", undefined, "V"],
    ]);
    expect(said).toHaveLength(6);
  });

  it("suggests a code that says where they are, and never a suspension", () => {
    const code = (name: string, special: Choosable["special"]): Choosable =>
      ({ code: name, yours: true, where: "on_site", marks: ["elsewhere"], special }) as Choosable;
    const testing = PRESETS.find(({ name }) => name === "testing");
    const codes = [code("ISS", "in_school_suspension"), code("OF", null)];
    expect(testing && suggested(testing, codes)).toBe("OF");
  });
});

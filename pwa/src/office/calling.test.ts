import { describe, expect, it } from "vitest";
import type { Board, BoardRoll } from "../wire.ts";
import { blocksOf, meetingsOf } from "./board.ts";
import { callsOf } from "./calling.ts";
import { at, board, boardRoll, now, received } from "./sample.ts";

const SECOND = {
  period: "2",
  period_name: "Period 2",
  opens_at: at("8:53"),
  starts_at: at("8:58"),
  ends_at: at("9:48"),
  due_at: at("9:13"),
  late_at: at("9:13"),
};
const HOMEROOM = { period: "HR", period_name: "Homeroom", due_at: at("8:30"), late_at: at("8:30") };

const morning = (more: Partial<BoardRoll> = {}): Board =>
  board([
    boardRoll({ section_id: "8A", ...received("8:06") }),
    boardRoll({ section_id: "8B", ...SECOND }),
    boardRoll({ section_id: "7C", ...more }),
    boardRoll({ section_id: "7C", ...SECOND, ...more }),
    boardRoll({ section_id: "5A", ...HOMEROOM }),
  ]);

function calls(time: string, shown = morning(), seen = now(time)) {
  const blocks = blocksOf(shown, meetingsOf(shown, now(time)), now(time));
  return callsOf(shown, blocks, seen);
}

describe("the people to call", () => {
  it("are those with rolls not taken, the most first, with room and extension", () => {
    const said = calls("9:14").map(({ teacher, why }) => `${teacher.name}: ${why}`);
    expect(said).toEqual([
      "E. Sato: Periods 1 and 2. No tablet seen.",
      "L. Brandt: Homeroom. No tablet seen.",
      "M. Ruiz: Period 2. No tablet seen.",
    ]);
    expect(calls("9:14")[0]?.where).toBe("room 14, ext. 414");
  });

  it("are nobody while nothing is late", () => {
    expect(calls("8:10")).toEqual([]);
  });

  it("are told with their tablet and the reminders", () => {
    const told = morning({ reminded: { count: 2, last_at: at("9:13") } });
    const teachers = told.teachers.map((one) => ({ ...one, seen_at: at("9:02") }));
    expect(calls("9:14", { ...told, teachers })[0]?.why).toBe(
      "Periods 1 and 2. Reminded at 9:13. Tablet seen 9:02.",
    );
  });

  it("are not told about tablets of another day", () => {
    expect(calls("9:14", morning(), now("9:14") + 86_400_000)[0]?.why).toBe("Periods 1 and 2.");
  });

  it("B2.1 are done with when somebody called about each of their rolls", () => {
    const called = { by_name: "R. Lind", at: at("9:20") };
    expect(calls("9:21", morning({ called }))[0]?.called).toEqual(called);
    const some = morning();
    const rolls = some.rolls.map((roll) => (roll.period === "1" ? { ...roll, called } : roll));
    expect(calls("9:21", { ...some, rolls })[0]?.called).toBeNull();
  });

  it("are told where no reminder can reach them", () => {
    const told = morning();
    const teachers = told.teachers.map((one) => ({ ...one, reach: "none" as const }));
    expect(calls("9:14", { ...told, teachers })[1]?.why).toBe(
      "Homeroom. No reminder can reach this teacher. No tablet seen.",
    );
  });

  it("are nobody who has the roll open or saved", () => {
    const open = morning({ tablet: { state: "open", at: at("9:13"), taken_at: null } });
    expect(calls("9:14", open).map(({ teacher }) => teacher.name)).toEqual([
      "L. Brandt",
      "M. Ruiz",
    ]);
  });
});

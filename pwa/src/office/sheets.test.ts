import { describe, expect, it } from "vitest";
import type { Sheet } from "../wire.ts";
import { at } from "./sample.ts";
import { ALL, chosenOf, inTabletOrder, namesOf, pagesWords, periodsOf } from "./sheets.ts";

function sheet(more: Partial<Sheet>): Sheet {
  return {
    roll_id: `${more.section_title}/${more.period}`,
    section_title: "8A",
    room: "14",
    period: "1",
    period_name: `Period ${more.period ?? "1"}`,
    starts_at: at("8:00"),
    due_at: at("8:15"),
    teacher_names: ["M. Ruiz", "C. Okafor"],
    students: [],
    known: [],
    state: "not_taken",
    ...more,
  };
}

const student = (n: number) => ({ student_id: `${n}`, given_name: `G${n}`, family_name: "" });
const DAY = [
  sheet({ period: "2", starts_at: at("8:58"), teacher_names: ["L. Brandt"] }),
  sheet({ students: Array.from({ length: 36 }, (_, n) => student(n)) }),
  sheet({ section_title: "8B", students: [student(1)] }),
];

describe("the sheets of a day", () => {
  it("are chosen by period and by teacher", () => {
    expect(periodsOf(DAY).map(({ name }) => name)).toEqual(["Period 1", "Period 2"]);
    expect(namesOf(DAY)).toEqual(["C. Okafor", "L. Brandt", "M. Ruiz"]);
    expect(chosenOf(DAY, ALL)).toHaveLength(3);
    expect(chosenOf(DAY, { period: "1", teacher: "M. Ruiz" })).toHaveLength(2);
    expect(chosenOf(DAY, { period: "1", teacher: "L. Brandt" })).toHaveLength(0);
  });

  it("say how much paper they need: the thirty-sixth student begins a second page", () => {
    expect(pagesWords(DAY)).toBe("3 sheets, 4 pages");
    expect(pagesWords(DAY.slice(2))).toBe("1 sheet, 1 page");
  });

  it("list students as the tablet does", () => {
    const [ana, bo] = [
      { student_id: "1", given_name: "Ana", family_name: "Zephyr" },
      { student_id: "2", given_name: "Bo", family_name: "Abara" },
    ] as const;
    expect(inTabletOrder([bo, ana])).toEqual([ana, bo]);
  });
});

import { describe, expect, it } from "vitest";
import { keyTo, monthsOn, reachOf, schoolWeekdays, weeksOf } from "./calendar-month.ts";
import { band, bells, date, table } from "./calendar-sample.ts";
import {
  bandSentences,
  bellTime,
  dateWords,
  gradesWords,
  monthLead,
  rollsWords,
  usualBells,
} from "./calendar-words.ts";
import { becomesWords, changesOf, draftOf, forGrades, missingOf } from "./day-form.ts";

describe("a month", () => {
  it("shows whole weeks from Sunday, with the days of its neighbours", () => {
    const weeks = weeksOf("2026-11");
    expect(weeks).toHaveLength(5);
    expect(weeks[0]?.[0]).toBe("2026-11-01");
    expect(weeks.at(-1)?.at(-1)).toBe("2026-12-05");
    expect(reachOf("2026-10")).toEqual(["2026-09-27", "2026-10-31"]);
    expect(weeksOf("2026-02")).toHaveLength(4);
    expect(weeksOf("2026-12").at(-1)?.at(-1)).toBe("2027-01-02");
    for (const week of weeksOf("2026-03")) expect(week).toHaveLength(7);
  });

  it.each([
    ["ArrowLeft", "2026-11-01", "2026-10-31"],
    ["ArrowRight", "2026-11-30", "2026-12-01"],
    ["ArrowUp", "2026-11-03", "2026-10-27"],
    ["ArrowDown", "2026-11-24", "2026-12-01"],
    ["Home", "2026-11-25", "2026-11-22"],
    ["End", "2026-11-25", "2026-11-28"],
    ["PageDown", "2026-01-31", "2026-02-28"],
    ["PageUp", "2026-03-31", "2026-02-28"],
    ["Enter", "2026-11-25", null],
  ])("%s from %s leads to %s", (key, from, to) => {
    expect(keyTo(key, from)).toBe(to);
  });

  it("shift and Page Down is a year, and February 29 has no match", () => {
    expect(keyTo("PageDown", "2028-02-29", true)).toBe("2029-02-28");
    expect(monthsOn("2026-12-15", 1)).toBe("2027-01-15");
  });

  it("days from–to leave weekends out, but for the first that was chosen", () => {
    expect(schoolWeekdays("2026-11-26", "2026-12-01")).toEqual([
      "2026-11-26",
      "2026-11-27",
      "2026-11-30",
      "2026-12-01",
    ]);
    expect(schoolWeekdays("2026-11-28", "2026-11-28")).toEqual(["2026-11-28"]);
  });
});

describe("a date in words", () => {
  const TODAY = "2026-11-23";

  it("says what it is for each band of grades", () => {
    expect(bandSentences([band()])).toEqual(["Everybody: school day, Regular bells."]);
    expect(
      bandSentences([
        band({ closed_from_time: "12:00", note: "Water main" }),
        band({ grades: "6", kind: "holiday", schedule: null, note: "Camp" }),
      ]),
    ).toEqual([
      "Everybody: school day, Regular bells, school ends at 12:00, “Water main”.",
      "Grade 6: holiday, “Camp”.",
    ]);
    expect(bandSentences([])).toEqual(["Not on the calendar: no school, and no meetings."]);
    expect(gradesWords("6, 7,8")).toBe("grades 6, 7 and 8");
  });

  it("says how far its rolls are, as far as that can be said", () => {
    expect(rollsWords(date("2026-11-24"), TODAY)).toBe("240 rolls expected");
    expect(rollsWords(date(TODAY, { taken: 12, late: 3 }), TODAY)).toBe(
      "12 of 240 rolls taken, 3 not taken",
    );
    expect(rollsWords(date("2026-11-20", { taken: 238 }), TODAY)).toBe(
      "238 of 240 rolls taken, 2 not taken",
    );
    expect(rollsWords(date("2026-11-26", { expected: 0 }), TODAY)).toBeNull();
  });

  it("is read as one sentence in the grid", () => {
    expect(dateWords(TODAY, date(TODAY, { taken: 12 }), TODAY)).toBe(
      "Monday, November 23, today, school day, Regular bells, 12 of 240 rolls taken",
    );
    expect(dateWords("2026-11-28", date("2026-11-28", { bands: [], expected: 0 }), TODAY)).toBe(
      "Saturday, November 28, no school on the calendar",
    );
    expect(dateWords("2026-11-24", undefined, TODAY)).toBe("Tuesday, November 24");
  });

  it("leaves the bells of most days unsaid, and a month is a line", () => {
    expect(usualBells(table())).toBe("Regular");
    expect(usualBells({ schedules: [] })).toBeNull();
    expect(bellTime("00:05")).toBe("12:05");
    expect(bellTime("13:26")).toBe("1:26");
    const closed = date("2026-11-26", { bands: [band({ kind: "holiday" })], expected: 0 });
    expect(monthLead([date("2026-11-24"), closed])).toBe("1 school day, 240 rolls expected.");
    expect(monthLead([])).toBe("No school day on the calendar.");
  });
});

describe("a date being changed", () => {
  const ON = "2026-11-24";
  const regular = draftOf(band(), "Regular");

  it("begins with what it is", () => {
    expect(changesOf(regular, ON, table())).toEqual([
      {
        type: "day",
        on: ON,
        grades: "*",
        kind: "instructional",
        schedule: "Regular",
        day_label: null,
        note: null,
        closed_from_time: null,
      },
    ]);
    expect(draftOf(undefined, "Regular")).toEqual(regular);
  });

  it("a day without school has neither bells nor a label nor an early end", () => {
    const holiday = { ...regular, kind: "holiday", label: "A", closed: "12:00", note: " Recess " };
    expect(changesOf(holiday as typeof regular, ON, table())).toMatchObject([
      { kind: "holiday", schedule: null, day_label: null, closed_from_time: null, note: "Recess" },
    ]);
  });

  it("may be for a band of grades, in the order of the school's", () => {
    const some = { ...regular, isForAll: false, grades: new Set(["8", "6"]) };
    expect(changesOf(some, ON, table())).toMatchObject([{ grades: "6,8" }]);
    expect(becomesWords({ ...some, schedule: "Minimum day" })).toBe(
      "Minimum day for grades 8 and 6",
    );
    const bands = [band(), band({ grades: "6,8", schedule: "Minimum day" })];
    expect(forGrades(some, bands, ["6", "7", "8"], null).schedule).toBe("Minimum day");
    expect(forGrades(regular, [], ["6"], null)).toBe(regular);
  });

  it("may be the same for several days", () => {
    const week = { ...regular, kind: "holiday" as const, through: "2026-11-30" };
    expect(changesOf(week, ON, table()).map(({ on }) => on)).toEqual([
      "2026-11-24",
      "2026-11-25",
      "2026-11-26",
      "2026-11-27",
      "2026-11-30",
    ]);
  });

  it.each([
    [{ schedule: "" }, "Which bells?"],
    [{ isForAll: false }, "For whom?"],
    [{ through: "2026-11-20" }, "Until when?"],
    [{ through: "2028-11-20" }, "at most 200"],
  ])("says what is missing: %o", (some, says) => {
    expect(missingOf({ ...regular, ...some }, ON)).toContain(says);
    expect(missingOf(regular, ON)).toBeNull();
    expect(bells("Regular", 1).periods).toHaveLength(3);
  });
});

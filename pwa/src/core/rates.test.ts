import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Rate } from "../wire.ts";
import {
  added,
  dueOf,
  inTimeOf,
  NOTHING,
  percent,
  percentWords,
  receivedOf,
  running,
  weekOf,
  weeksOf,
} from "./rates.ts";

interface Case {
  readonly part: number;
  readonly whole: number;
  readonly percent: number | null;
}

const file = new URL("../../../tests/cases/rates.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf-8")) as { cases: Case[] };
const rate = (more: Partial<Rate>): Rate => ({ ...NOTHING, ...more });

describe("B5.3 percents", () => {
  it.each(cases)("of $part of $whole are $percent", (one) => {
    expect(percent(one.part, one.whole)).toBe(one.percent);
  });

  it("of nothing are a dash", () => {
    expect(percentWords(0, 0)).toBe("–");
    expect(percentWords(29, 30)).toBe("97%");
  });
});

describe("B5.1 shares", () => {
  it("are of what was due, without what is pending", () => {
    const day = rate({ on_time: 3, delivered_later: 1, late: 1, not_taken: 2, pending: 9 });
    expect([dueOf(day), inTimeOf(day), receivedOf(day)]).toEqual([7, 4, 5]);
  });
});

describe("weeks", () => {
  const days = [
    { on: "2026-10-02", partial: false, rate: rate({ on_time: 2 }) },
    { on: "2026-10-05", partial: false, rate: rate({ late: 1 }) },
    { on: "2026-10-06", partial: true, rate: rate({ on_time: 1, pending: 4 }) },
  ];

  it("begin on their Mondays, also on a Sunday and over a turn of the year", () => {
    expect(weekOf("2026-10-04")).toBe("2026-09-28");
    expect(weekOf("2027-01-01")).toBe("2026-12-28");
  });

  it("add up their days, and are partial with a partial day", () => {
    expect(weeksOf(days)).toEqual([
      { on: "2026-09-28", partial: false, rate: rate({ on_time: 2 }) },
      { on: "2026-10-05", partial: true, rate: rate({ on_time: 1, late: 1, pending: 4 }) },
    ]);
  });

  it("B5.4 have a trend of counts, so that a short week weighs less than a long one", () => {
    const trend = running(days, 2);
    expect(trend[0]).toEqual(rate({ on_time: 2 }));
    expect(trend[2]).toEqual(added(rate({ late: 1 }), rate({ on_time: 1, pending: 4 })));
  });
});

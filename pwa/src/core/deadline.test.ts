import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type Capture,
  correctedTakenAt,
  type DueTimes,
  minutesPast,
  standing,
  timeliness,
} from "./deadline.ts";

interface Facts {
  readonly area: string;
  readonly id: string;
  readonly rules: readonly string[];
  readonly gives: unknown;
  readonly times: DueTimes;
  readonly now: string;
  readonly submitted: boolean;
  readonly expected: boolean;
  readonly due_at: string;
  readonly grace_min?: number;
  readonly at: string;
  readonly received_at: string;
  readonly capture: Capture;
  readonly taken_at: string;
  readonly offset_ms: number;
  readonly server_seen_at: string | null;
  readonly uncertainty_ms: number;
}

const path = new URL("../../../tests/cases/deadline.json", import.meta.url);
const cases: readonly Facts[] = JSON.parse(readFileSync(path, "utf8")).cases;

/** A tablet gets it from the server. */
const lateAt = ({ due_at, grace_min = 0 }: Facts): string =>
  new Date(Date.parse(due_at) + grace_min * 60_000).toISOString();

/** What the tablet can answer; the rest needs the school's zone and is the server's. */
const ANSWERS: Readonly<Record<string, (of: Facts) => unknown>> = {
  standing: (of) => standing(of.times, Date.parse(of.now), of.submitted, of.expected),
  minutes_past: (of) => minutesPast(of.due_at, Date.parse(of.at)),
  timeliness: (of) => timeliness(lateAt(of), of.received_at, of.capture),
  corrected_taken_at: (of) => {
    const { taken_at, offset_ms, server_seen_at, received_at, uncertainty_ms } = of;
    const facts = [taken_at, offset_ms, server_seen_at, received_at, uncertainty_ms] as const;
    const [at, clamped] = correctedTakenAt(...facts);
    return { taken_at: new Date(at).toISOString(), clamped };
  },
};

describe.each(Object.entries(ANSWERS))("%s", (area, answer) => {
  const own = cases.filter((one) => one.area === area);

  it("has cases", () => expect(own.length).toBeGreaterThan(4));

  it.each(own.map((one) => [one.rules.join(" "), one.id, one] as const))("%s %s", (_r, _i, one) => {
    expect(answer(one)).toEqual(one.gives);
  });
});

it("leaves only zone questions to the server", () => {
  const others = new Set(cases.map(({ area }) => area).filter((area) => !(area in ANSWERS)));
  expect([...others].sort()).toEqual(["due_times", "next_day"]);
});

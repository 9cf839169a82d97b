import encodeQR from "qr";
import { describe, expect, it } from "vitest";
import {
  type Asked,
  endOf,
  issueOf,
  NOTHING_ASKED,
  type PassRoll,
  rollsOf,
  teachersOf,
  until,
} from "./pass-form.ts";
import { drawingOf } from "./pass-qr.tsx";
import { at, ZONE } from "./sample.ts";

function meeting(
  roll_id: string,
  starts: string,
  ends: string,
  ...teacher_names: string[]
): PassRoll {
  return {
    roll_id,
    section_title: roll_id,
    period_name: "Period",
    teacher_names,
    starts_at: at(starts),
    ends_at: at(ends),
  };
}

const DAY = [
  meeting("8B", "13:00", "13:48", "M. Ruiz"),
  meeting("8A", "8:00", "8:48", "M. Ruiz", "C. Okafor"),
  meeting("5A", "8:00", "8:48", "L. Brandt"),
];
const NEW: Asked = {
  ...NOTHING_ASKED,
  given: " Emi ",
  family: "Sato",
  chosen: new Set(["8A", "8B"]),
};

describe("a day pass being written", () => {
  it("knows who teaches that day, and what", () => {
    expect(teachersOf(DAY)).toEqual(["C. Okafor", "L. Brandt", "M. Ruiz"]);
    expect(rollsOf(DAY, "M. Ruiz").map(({ roll_id }) => roll_id)).toEqual(["8B", "8A"]);
  });

  it("ends a quarter of an hour after its last meeting, or when somebody says so", () => {
    expect(endOf([])).toBeNull();
    expect(until(DAY, ZONE)).toBe("2:03");
    const issue = issueOf({ ...NEW, until: "2:30" }, "2026-11-23", DAY, ZONE);
    expect(issue).toMatchObject({ body: { until_at: at("14:30") } });
  });

  it("is for a named person and listed meetings, in the order of the bells", () => {
    expect(issueOf(NEW, "2026-11-23", DAY, ZONE)).toEqual({
      is: "ready",
      body: { on: "2026-11-23", roll_ids: ["8A", "8B"], given_name: "Emi", family_name: "Sato" },
    });
    const staff = issueOf({ ...NEW, who: "staff", staff_id: "sato" }, "2026-11-23", DAY, ZONE);
    expect(staff).toMatchObject({ body: { staff_id: "sato" } });
    expect(staff).not.toHaveProperty("body.given_name");
  });

  it.each([
    ["name", { given: "" }],
    ["staff", { who: "staff" as const }],
    ["rolls", { chosen: new Set<string>() }],
    ["rolls", { chosen: new Set(["of another day"]) }],
    ["until", { until: "soon" }],
  ])("says that it lacks the %s", (what, changes) => {
    const issue = issueOf({ ...NEW, ...changes }, "2026-11-23", DAY, ZONE);
    expect(issue).toMatchObject({ is: "missing", what });
  });
});

describe("a QR code as one path", () => {
  it("draws exactly the dark modules", () => {
    const modules = encodeQR("https://rolls.example.org/#/pass/AAAAA-BBBBB", "raw");
    const drawn = [...drawingOf(modules).matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/gu)];
    const cells = new Set(
      drawn.flatMap(([, x, y, run]) =>
        Array.from({ length: Number(run) }, (_, n) => `${Number(x) + n} ${y}`),
      ),
    );
    const dark = modules.flatMap((row, y) => row.flatMap((is, x) => (is ? [`${x} ${y}`] : [])));
    expect([...cells].sort()).toEqual([...dark].sort());
  });
});

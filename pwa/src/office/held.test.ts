import { describe, expect, it } from "vitest";
import { plain, type Sentence } from "../core/spans.ts";
import { besides } from "./held-lines.ts";
import {
  canSentence,
  endedSentence,
  receivedSentence,
  spanWords,
  tookSentence,
  waitsSentence,
} from "./held-words.ts";
import { at, heldItem, LIND, received, roll, ZONE } from "./sample.ts";
import { heldReason } from "./words.ts";

const REASONS = [
  "certified",
  "locked",
  "not_enrolled",
  "no_school",
  "not_open",
  "roll_void",
  "unknown_roll",
  "grant_revoked",
  "grant_expired",
  "grant_unknown",
  "unsupported_kind",
  "server_error",
  "handed_over",
];

const said = (...sentences: Sentence[]): string => sentences.map(plain).join(" ");

describe("a held entry", () => {
  it("says who took what, when it came, and how much later", () => {
    const item = heldItem();
    expect(said(tookSentence(item, ZONE), receivedSentence(item, ZONE))).toBe(
      "M. Ruiz took 8A Mathematics, Period 1 on Monday, November 23, at 8:05 on tablet 14: " +
        "28 present, 2 absent. The school received it at 9:10, 1 h 5 min later.",
    );
  });

  it("names the student where it is about one, and the date where it came on another day", () => {
    const counts = { present: 0, late: 0, left_early: 0, absent: 1, elsewhere: 0 };
    const item = heldItem({
      counts,
      marks_count: 1,
      students: "Noa Ben-David",
      received_at: at("7:58", "2026-11-26"),
    });
    expect(said(tookSentence(item, ZONE), receivedSentence(item, ZONE))).toContain(
      "tablet 14: Noa Ben-David, absent. The school received it at Nov 26, 7:58, 2 days later.",
    );
  });

  it("of an unknown kind, roll and person is told in words", () => {
    const nothing = {
      author: null,
      section_title: null,
      period_name: null,
      on: null,
      device_label: null,
      counts: { present: 0, late: 0, left_early: 0, absent: 0, elsewhere: 0 },
      marks_count: 0,
    };
    expect(said(tookSentence(heldItem({ ...nothing, reason: "unsupported_kind" }), ZONE))).toBe(
      "Somebody the school does not know sent something that this Rollbook does not understand " +
        "yet at Nov 23, 8:05.",
    );
    expect(said(tookSentence(heldItem({ ...nothing, reason: "unknown_roll" }), ZONE))).toBe(
      "Somebody the school does not know took a roll that the school does not know, at Nov 23, 8:05.",
    );
  });

  it.each(REASONS)("waits with a sentence for %s, and says what can be done", (reason) => {
    expect(heldReason(reason)).toMatch(/\.$/u);
    const words = said(waitsSentence(heldItem({ reason })), canSentence(heldItem({ reason })));
    expect(words).not.toMatch(/_|null|undefined/u);
  });

  it("waits with the server's own words where this desk knows no reason of that name", () => {
    const item = heldItem({ reason: "brand_new", detail: "The roof is being mended." });
    expect(said(waitsSentence(item))).toBe("The roof is being mended.");
    expect(said(waitsSentence({ ...item, detail: "" }))).not.toContain("brand_new");
  });

  it("ends with who, when and why", () => {
    const by = { at: at("9:40"), by: LIND, why: "twice" };
    const set = heldItem({ resolution: { how: "set_aside", ...by } });
    expect(said(endedSentence(set, ZONE, "2026-11-23"))).toBe(
      "It was left out by R. Lind at 9:40: “twice”. The entry itself is kept.",
    );
    const heard = heldItem({
      resolution: { how: "accepted", at: at("9:40"), by: null, why: null },
    });
    expect(said(endedSentence(heard, ZONE, "2026-11-24"))).toBe(
      "It was heard again and is on its roll, by itself at Nov 23, 9:40.",
    );
  });

  it("stands beside its roll, those who differ first", () => {
    const student = (student_id: string, given_name: string) => ({
      student_id,
      given_name,
      family_name: "",
    });
    const lines = besides(
      {
        item: heldItem(),
        students: [student("noa", "Noa"), student("amara", "Amara")],
        marks: [
          { student_id: "amara", presence: "present" },
          { student_id: "noa", presence: "late", arrived_at: at("8:09") },
          { student_id: "stranger", presence: "absent" },
        ],
        roll: roll({
          ...received("8:12"),
          marks: [
            { student_id: "amara", presence: "present" },
            { student_id: "noa", presence: "absent" },
          ],
        } as Partial<ReturnType<typeof roll>>),
        choices: [],
        why_not: null,
      },
      ZONE,
    );
    expect(lines.map(({ name, says, stands }) => `${name}: ${says}, ${stands}`)).toEqual([
      "A student the school does not know: absent, nothing",
      "Noa: late, 9 min, absent",
      "Amara: present, present",
    ]);
  });
});

it("tells a span as a person would", () => {
  expect([61_000, 3_600_000, 3_900_000, 3 * 86_400_000].map(spanWords)).toEqual([
    "1 min",
    "1 h",
    "1 h 5 min",
    "3 days",
  ]);
});

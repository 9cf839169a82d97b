import { describe, expect, it } from "vitest";
import type { Roll, RollState } from "../wire.ts";
import { VOIDS } from "./void.ts";
import {
  type Block,
  blockOf,
  type Insisting,
  insistingOn,
  type WhyFacts,
  whyNot,
} from "./why-not.ts";

const BLOCKS: Readonly<Record<Block, true>> = {
  upcoming: true,
  exempt: true,
  certified: true,
  locked: true,
  day_over: true,
  not_here: true,
  pass_ended: true,
  leave_withdrawn: true,
  tablet_withdrawn: true,
};
const ALL_BLOCKS = Object.keys(BLOCKS) as Block[];
const REASONS = [...VOIDS, null, "assembly", "Trip to the observatory", "state_testing"];
const INSISTING: readonly Insisting[] = ["now", "later", "never"];

const FACTS: WhyFacts = {
  block: "upcoming",
  reason: null,
  note: null,
  opens: "8:55",
  bell: "9:00",
  ahead: 5,
  insisting: "never",
  isOver: false,
  next: null,
};

/** Every set of facts there is, but for the times in them. */
const EVERY: readonly WhyFacts[] = ALL_BLOCKS.flatMap((block) =>
  REASONS.flatMap((reason) =>
    INSISTING.flatMap((insisting) =>
      [true, false].flatMap((isOver) =>
        [null, "Wednesday, Oct 7, 8:55"].flatMap((next) =>
          [0, 5].map((ahead) => ({
            ...FACTS,
            block,
            reason,
            insisting,
            isOver,
            next,
            ahead,
            note: next && "Thanksgiving recess",
          })),
        ),
      ),
    ),
  ),
);

const SENTENCES = /^[A-Z][^_!]+[.]$/u;
const CODE = /_|\bnull\b|\bundefined\b|\bNaN\b|\bvoid\b|\bexempt\b/u;
const GENDERED = /\b(?:he|she|his|her|him|hers|himself|herself)\b/iu;
const NEVER_SAID = /\b(?:user|pupil|session|lesson|register|payload|status|denied|error)\b/iu;

describe("why a roll cannot be taken", () => {
  it.each(ALL_BLOCKS)("Y1 every block has its sentences, without code words: %s", (block) => {
    for (const facts of EVERY.filter((one) => one.block === block)) {
      const words = whyNot(facts);
      for (const said of Object.values(words)) {
        expect(said).toMatch(SENTENCES);
        expect(said).not.toMatch(CODE);
        expect(said).not.toMatch(GENDERED);
        expect(said).not.toMatch(NEVER_SAID);
      }
      expect(words.why.match(/[.](?:\s|$)/gu)).toHaveLength(1);
    }
  });

  it("Y1 names the rule and nobody: who can change it is a role", () => {
    for (const facts of EVERY)
      expect(whyNot(facts).who).toMatch(/\b(?:office|administrator of your school)\b/u);
  });

  it("Y1 no two rules sound alike", () => {
    const rules = [
      ...ALL_BLOCKS.filter((block) => block !== "exempt").map((block) => ({ ...FACTS, block })),
      ...REASONS.map((reason) => ({ ...FACTS, block: "exempt" as const, reason })),
    ];
    expect(new Set(rules.map((facts) => whyNot(facts).why)).size).toBe(rules.length);
  });

  it("Y3 says when it opens only where it will", () => {
    expect(whyNot(FACTS).opens).toBe("It opens by itself: 8:55.");
    expect(whyNot(FACTS).why).toBe("A roll opens 5 min before the bell, which rings 9:00.");
    expect(whyNot({ ...FACTS, ahead: 0 }).why).toBe("A roll opens with the bell.");
    const trip = {
      ...FACTS,
      block: "exempt",
      reason: "trip",
      next: "Wednesday, Oct 7, 8:55",
    } as const;
    expect(whyNot(trip)).toEqual({
      why: "The office took this meeting out for this day: trip.",
      opens:
        "It stays closed while that stands. The section’s next roll opens Wednesday, Oct 7, 8:55.",
      who: "The office, which can end the exemption.",
      still: "If the section will meet all the same, tell the office before that day.",
    });
    for (const block of ["certified", "locked", "day_over"] as const)
      expect(whyNot({ ...FACTS, block }).opens).not.toContain("8:55");
  });

  it("Y4 leads to what can be done all the same, from when the roll would open", () => {
    const assembly = { ...FACTS, block: "exempt", reason: "assembly" } as const;
    expect(whyNot({ ...assembly, insisting: "now" }).still).toBe(
      "Whoever is there can be named and submitted. The school keeps it, and the office decides.",
    );
    expect(whyNot({ ...assembly, insisting: "later" }).still).toContain("From 8:55 on");
    expect(whyNot({ ...assembly, isOver: true }).still).toBe(
      "If the section met all the same, tell the office.",
    );
  });
});

const at = (time: string, on = "2026-10-06"): string => `${on}T${time}:00.000Z`;
const NOW = Date.parse(at("15:03"));

const roll = (state: RollState, more: Partial<Roll> = {}): Roll =>
  ({
    state,
    on: "2026-10-06",
    expected: true,
    void_reason: null,
    opens_at: at("14:55"),
    starts_at: at("15:00"),
    ends_at: at("15:50"),
    ...more,
  }) as Roll;

describe("what stands in the way", () => {
  it.each([
    ["a roll that can be taken", false, "not_taken" as const, {}, null],
    ["a submitted roll of today", true, "submitted" as const, {}, null],
    ["of yesterday", true, "submitted" as const, { on: "2026-10-05" }, "day_over"],
    ["missed yesterday", false, "not_taken" as const, { on: "2026-10-05" }, null],
    ["signed", true, "certified" as const, {}, "certified"],
    ["signed, and of yesterday", true, "certified" as const, { on: "2026-10-05" }, "certified"],
    ["locked before anybody took it", false, "locked" as const, {}, "locked"],
    ["locked, and on a trip", false, "locked" as const, { expected: false }, "locked"],
    ["on a trip", false, "not_taken" as const, { expected: false }, "exempt"],
    ["taken on a trip", true, "submitted" as const, { expected: false }, null],
    ["not open", false, "not_taken" as const, { opens_at: at("15:04") }, "upcoming"],
    [
      "on a trip, not open",
      false,
      "not_taken" as const,
      { expected: false, opens_at: at("15:04") },
      "exempt",
    ],
  ])(
    "Y2 the first rule that applies is the one that is told: %s",
    (_of, taken, state, more, block) => {
      expect(blockOf(roll(state, more), taken, "2026-10-06", NOW)).toBe(block);
    },
  );

  it("Y4 somebody in the room may insist on the day, from when the roll would open", () => {
    const trip = (more: Partial<Roll>) => roll("not_taken", { expected: false, ...more });
    expect(insistingOn(trip({}), "2026-10-06", NOW)).toBe("now");
    expect(insistingOn(trip({ opens_at: at("15:04") }), "2026-10-06", NOW)).toBe("later");
    expect(insistingOn(trip({ on: "2026-10-05" }), "2026-10-06", NOW)).toBe("never");
    expect(insistingOn(trip({ on: "2026-10-07" }), "2026-10-06", NOW)).toBe("never");
  });
});

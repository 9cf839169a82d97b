import { describe, expect, it } from "vitest";
import { neighbour } from "../src/core/keys.ts";
import {
  asBootstrap,
  asChanges,
  asProblem,
  asPushAnswer,
  asSignedIn,
} from "../src/core/replies.ts";
import { tileOf } from "../src/core/tile.ts";
import {
  daysToChoose,
  inSession,
  leaveFor,
  missed,
  nextRoll,
  standingOf,
} from "../src/core/today.ts";
import { reasonWords, roadWords } from "../src/core/words.ts";
import type { Day } from "../src/wire.ts";
import {
  answer,
  drafted,
  facts,
  lineOf,
  NINE_PAST,
  result,
  roll,
  submitted,
  takenRoll,
} from "./cast.ts";

const MINUTE = 60_000;
const on = "2026-10-06";

function later(id: string, minutes: number) {
  const shift = (at: string) => new Date(Date.parse(at) + minutes * MINUTE).toISOString();
  const first = roll();
  return roll({
    roll_id: id,
    starts_at: shift(first.starts_at),
    ends_at: shift(first.ends_at),
    opens_at: shift(first.opens_at),
    due_at: shift(first.due_at),
    late_at: shift(first.late_at),
  });
}

describe("what the app opens", () => {
  const first = roll();
  const second = later("roll-8b", 60);

  it("the class in session, from five minutes before the bell to its end", () => {
    const at = (minutes: number) =>
      inSession([second, first], [], on, NINE_PAST + (minutes - 9) * MINUTE)?.roll_id ?? null;
    expect([at(-6), at(-5), at(49), at(50), at(55), at(61)]).toEqual([
      null,
      "roll-8a",
      "roll-8a",
      null,
      "roll-8b",
      "roll-8b",
    ]);
  });

  it("of two at once the one not taken yet", () => {
    const twin = { ...takenRoll(["op-1"]), roll_id: "twin" };
    expect(inSession([first, twin], [], on, NINE_PAST)?.roll_id).toBe("roll-8a");
  });

  it("no roll that nobody expects", () => {
    expect(inSession([roll({ expected: false })], [], on, NINE_PAST)).toBeNull();
  });
});

describe("standings", () => {
  it("before the school has it, a submitted roll is saved here and nothing more", () => {
    expect(standingOf(roll(), "sent", NINE_PAST)).toBe("saved");
    expect(standingOf(roll(), "received", NINE_PAST)).toBe("submitted");
    expect(standingOf(roll(), "held", NINE_PAST)).toBe("held");
    expect(standingOf(takenRoll(["op-1"]), "held", NINE_PAST)).toBe("submitted");
  });

  it("open, due, late and exempt by the school's instants", () => {
    const at = (minutes: number) => standingOf(roll(), null, NINE_PAST + (minutes - 9) * MINUTE);
    expect([at(-6), at(-5), at(0), at(15), at(16)]).toEqual([
      "upcoming",
      "open",
      "due",
      "due",
      "late",
    ]);
    expect(standingOf(roll({ expected: false }), null, NINE_PAST)).toBe("exempt");
  });

  it("a roll missed on an earlier day stands on top until it was taken", () => {
    const friday = roll({ on: "2026-10-02", roll_id: "friday" });
    const entry = { ...submitted(facts()), roll_id: "friday" };
    expect(missed([friday, roll()], [], on, NINE_PAST + 10 * MINUTE).map((r) => r.roll_id)).toEqual(
      ["friday"],
    );
    expect(missed([friday], [entry], on, NINE_PAST)).toEqual([]);
  });

  it("the next roll is the next that is expected", () => {
    expect(
      nextRoll([later("b", 60), roll({ expected: false })], NINE_PAST - 3600_000)?.roll_id,
    ).toBe("b");
  });
});

describe("days to choose", () => {
  it("five school days back and ten ahead, today even without school", () => {
    const days: Day[] = Array.from({ length: 40 }, (_, index) => {
      const date = new Date(Date.UTC(2026, 8, 20 + index)).toISOString().slice(0, 10);
      const weekday = new Date(`${date}T12:00Z`).getUTCDay();
      const kind = weekday % 6 === 0 ? "closed" : "instructional";
      return { on: date, kind, note: null, schedule: null };
    });
    const shown = daysToChoose(days, "2026-10-03");
    expect(shown).toHaveLength(16);
    expect(shown.slice(0, 6)).toEqual([
      "2026-09-28",
      "2026-09-29",
      "2026-09-30",
      "2026-10-01",
      "2026-10-02",
      "2026-10-03",
    ]);
    expect(shown.at(-1)).toBe("2026-10-16");
  });
});

describe("what may be done", () => {
  it("corrected the same day, looked at afterwards", () => {
    expect(leaveFor(roll(), true, on, NINE_PAST)).toEqual({ may: "correct" });
    expect(leaveFor(roll(), true, "2026-10-07", NINE_PAST)).toEqual({
      may: "look",
      why: "day_over",
    });
    expect(leaveFor(roll(), false, "2026-10-07", NINE_PAST + 86_400_000)).toEqual({ may: "take" });
  });
});

describe("tiles", () => {
  const times = { minutes: 9, left: "8:31" };

  it("each state has a look, a word and a label that says it whole", () => {
    const known = facts({ roll: roll({ known: ["s05"] }) });
    expect(tileOf(lineOf(known, "s05"), times)).toMatchObject({
      look: "known",
      second: "office knows",
      label: "Given05 Abara, absent, office knows",
    });
    const late = drafted(facts(), [["s01", { presence: "late", arrived_at: "x" }]]);
    expect(tileOf(lineOf(facts({ draft: late }), "s01"), times)).toMatchObject({
      look: "late",
      second: "9 min",
      label: "Given01 Abara, late, 9 min",
    });
    const ruled = takenRoll(["op-1"], { s02: { presence: "late", office: "late" } });
    expect(tileOf(lineOf(facts({ roll: ruled }), "s02"), times)).toMatchObject({
      look: "office",
      word: "Late 9",
    });
    const two = takenRoll(["op-1"], { s02: { flags: ["contested"] } });
    expect(tileOf(lineOf(facts({ roll: two }), "s02"), times).look).toBe("contested");
  });
});

describe("words", () => {
  it("every reason that the server may give has a sentence", () => {
    const held = [
      "certified locked not_enrolled no_school roll_void unknown_roll grant_revoked",
      "grant_expired grant_unknown unsupported_kind server_error handed_over not_open",
    ];
    const refused = "malformed op_id_reuse wrong_school stale too_large";
    const said = (outcome: "held" | "refused", reasons: string) =>
      reasons.split(" ").map((reason) => {
        const told = { ...submitted(facts()), answer: { ...result("op-1", { outcome, reason }) } };
        return reasonWords({ ...told, answer: { ...told.answer, timeliness: null } });
      });
    const sentences = [...said("held", held.join(" ")), ...said("refused", refused)];
    expect(new Set(sentences).size).toBe(18);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/u);
  });

  it("a step that was not reached never shows a tick", () => {
    const facts = {
      saved: "8:11",
      received: "8:12",
      timeliness: "on time",
      undoS: null,
      lostSince: "8:03",
      signIn: false,
      held: "",
      counts: "30 present",
    };
    const done = (step: Parameters<typeof roadWords>[0]["step"]) =>
      roadWords({ ...facts, step }).filter(({ state }) => state === "done").length;
    expect(
      ["draft", "sent", "refused", "received", "held", "recorded"].map((s) => done(s as "sent")),
    ).toEqual([1, 1, 1, 2, 2, 3]);
  });
});

describe("NW3 is the reply ours?", () => {
  it("our own answers are", () => {
    expect(asPushAnswer(answer([result("op-1")]))).not.toBeNull();
    expect(asProblem({ code: "sign_in", status: 401 })).not.toBeNull();
  });

  it.each([
    ["a portal's page", undefined],
    ["nothing", null],
    ["a list", []],
    ["an empty object", {}],
    ["another protocol", { ...answer([]), protocol: 2 }],
    ["no epoch", { ...answer([]), epoch: "" }],
    ["a result cut short", { ...answer([]), results: [{ id: "op-1" }] }],
    ["an unknown outcome", { ...answer([]), results: [{ ...result("op-1"), outcome: "ok" }] }],
  ])("%s is not", (_name, json) => {
    expect(asPushAnswer(json)).toBeNull();
    expect(asChanges(json)).toBeNull();
    expect(asBootstrap(json)).toBeNull();
    expect(asSignedIn(json)).toBeNull();
  });
});

describe("arrows in the grid", () => {
  it("move by one and by row, and stop at the edges", () => {
    const from = (key: string, index: number) => neighbour(key, index, 30, 6);
    expect([from("ArrowRight", 0), from("ArrowDown", 0), from("ArrowUp", 6)]).toEqual([1, 6, 0]);
    expect([from("ArrowLeft", 0), from("ArrowDown", 29), from("a", 3)]).toEqual([null, null, null]);
    expect([from("Home", 9), from("End", 9)]).toEqual([0, 29]);
  });
});

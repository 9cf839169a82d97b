import { describe, expect, it } from "vitest";
import { equal, newDraft, undo } from "../src/core/draft.ts";
import { settled } from "../src/core/outbox.ts";
import {
  apart,
  countsOf,
  enrolled,
  joined,
  minutesLate,
  minutesOf,
  pageOf,
  tapped,
} from "../src/core/roll.ts";
import { marksToSend, notBefore } from "../src/core/submission.ts";
import { showWords, submitWords } from "../src/core/words.ts";
import {
  answer,
  drafted,
  facts,
  hand,
  lineOf,
  NINE_PAST,
  result,
  roll,
  students,
  submitted,
  takenRoll,
} from "./cast.ts";

const ABSENT = { presence: "absent" } as const;
const PRESENT = { presence: "present" } as const;
const AT = "2026-10-06T15:09:00.000Z";

function button(all: ReturnType<typeof facts>): string {
  const { lines, taken } = pageOf(all);
  const changes = lines.filter(({ changed }) => changed).length;
  return submitWords(countsOf(lines), taken ? changes : null).join(", ");
}

describe("an untaken roll", () => {
  it("shows everyone present in pencil and says so on the button", () => {
    const page = pageOf(facts());
    expect(page.taken).toBe(false);
    expect(
      page.lines.every(({ said, pencil }) => said.presence === "present" && pencil === "ring"),
    ).toBe(true);
    expect(button(facts())).toBe("Submit 30 present");
  });

  it("two taps and the button says 28 present, 2 absent", () => {
    const all = facts();
    const draft = drafted(all, [
      ["s03", tapped(lineOf(all, "s03"))],
      ["s07", tapped(lineOf(all, "s07"))],
    ]);
    expect(button({ ...all, draft })).toBe("Submit 28 present, 2 absent");
    const { op } = submitted({ ...all, draft });
    expect(op.marks).toHaveLength(30);
    expect(
      op.marks.filter(({ presence }) => presence === "absent").map((m) => m.student_id),
    ).toEqual(["s03", "s07"]);
  });

  it("a tap says here or not here and never anything else", () => {
    const all = facts();
    const late = { presence: "late", arrived_at: AT } as const;
    expect(tapped(lineOf(all, "s01"))).toEqual(ABSENT);
    expect(tapped(lineOf({ ...all, draft: drafted(all, [["s01", ABSENT]]) }, "s01"))).toEqual(
      PRESENT,
    );
    expect(tapped(lineOf({ ...all, draft: drafted(all, [["s01", late]]) }, "s01"))).toEqual(ABSENT);
  });

  it("F9 a known absence comes as absent, is counted and is confirmed by submitting", () => {
    const all = facts({ roll: roll({ known: ["s05"] }) });
    expect(lineOf(all, "s05")).toMatchObject({ known: true, said: ABSENT });
    expect(button(all)).toBe("Submit 29 present, 1 absent");
    const here = drafted(all, [["s05", tapped(lineOf(all, "s05"))]]);
    expect(lineOf({ ...all, draft: here }, "s05")).toMatchObject({ known: false, said: PRESENT });
  });

  it("F10 a student who joins while the roll is open is not marked by silence", () => {
    const before = students(29);
    const shown = before.map(({ student_id }) => student_id);
    const all = facts({ shown, draft: newDraft("ruiz", "roll-8a", shown, AT) });
    const page = pageOf(all);
    expect(countsOf(page.lines)).toMatchObject({ present: 29, unmarked: 1 });
    expect(marksToSend(page)).toHaveLength(29);
    expect(showWords(1, "Thảo")).toBe("1 not marked: show Thảo");
  });

  it("the counts always add up to the students shown", () => {
    const all = facts({ roll: roll({ known: ["s05", "s06"] }) });
    const draft = drafted(all, [
      ["s01", { presence: "late", arrived_at: AT }],
      ["s02", { presence: "left_early" }],
      ["s05", PRESENT],
      ["s09", ABSENT],
    ]);
    const counts = countsOf(pageOf({ ...all, draft }).lines);
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(30);
    expect(button({ ...all, draft })).toBe("Submit 26 present, 2 absent, 1 late, 1 left early");
  });

  it("a tap taken back by a tap leaves no trace in what is submitted", () => {
    const all = facts();
    const draft = drafted(all, [
      ["s01", ABSENT],
      ["s01", PRESENT],
    ]);
    expect(draft.said).toEqual({});
    expect(draft.strokes).toHaveLength(2);
  });

  it("undo takes strokes back one by one, to what stood before each", () => {
    const all = facts();
    const late = { presence: "late", arrived_at: AT } as const;
    const draft = drafted(all, [
      ["s01", ABSENT],
      ["s01", late],
    ]);
    const once = undo(draft, AT);
    expect(once.said["s01"]).toEqual(ABSENT);
    expect(undo(once, AT).said).toEqual({});
    expect(undo(undo(once, AT), AT).strokes).toEqual([]);
  });
});

describe("minutes", () => {
  it("late is proposed from the bell while the meeting runs, one minute at least", () => {
    expect(minutesLate(roll(), NINE_PAST)).toBe(9);
    expect(minutesLate(roll(), NINE_PAST - 9 * 60_000)).toBe(1);
    expect(minutesLate(roll(), NINE_PAST - 10 * 60_000)).toBeNull();
    expect(minutesLate(roll(), NINE_PAST + 3600_000)).toBeNull();
  });

  it("a mark tells its minutes from the arrival", () => {
    expect(minutesOf(roll(), { presence: "late", arrived_at: AT })).toBe(9);
    expect(minutesOf(roll(), { presence: "late" })).toBeNull();
    expect(minutesOf(roll(), ABSENT)).toBeNull();
  });
});

describe("after submitting", () => {
  const first = submitted(facts());

  it("the marks are ink dots until the school has them, ticks after", () => {
    expect(lineOf(facts({ entries: [first] }), "s01").pencil).toBe("dot");
    const received = settled(first, answer([result("op-1")]));
    expect(lineOf(facts({ entries: [received] }), "s01").pencil).toBe("tick");
    expect(lineOf(facts({ roll: takenRoll(["op-1"]) }), "s01").pencil).toBe("tick");
  });

  it("all present twice, in two tabs, is one submission", () => {
    const page = pageOf(facts({ entries: [first] }));
    expect(page.taken).toBe(true);
    expect(marksToSend(page)).toEqual([]);
  });

  it("F2 a correction offline is a new op that names the one before", () => {
    const all = facts({ entries: [first] });
    const draft = drafted(all, [["s01", ABSENT]]);
    expect(button({ ...all, draft })).toBe("Submit 1 change");
    const { op } = submitted({ ...all, draft }, { op_id: "op-2" });
    expect(op.marks).toEqual([{ student_id: "s01", presence: "absent", parents: ["op-1"] }]);
  });

  it("F2 a correction names every head that the screen had seen", () => {
    const taken = takenRoll(["op-1", "op-9"], { s02: { heads: [0, 1], flags: ["contested"] } });
    const all = facts({ roll: taken });
    expect(lineOf(all, "s02").contested).toBe(true);
    const draft = drafted(all, [["s02", ABSENT]]);
    expect(submitted({ ...all, draft }).op.marks[0]?.parents).toEqual(["op-1", "op-9"]);
  });

  it("F10 a student whom the submission missed is not marked until somebody does", () => {
    const missing = takenRoll(["op-1"], { s30: { presence: null, heads: [] } });
    const all = facts({ roll: missing });
    expect(lineOf(all, "s30").said.presence).toBeNull();
    expect(tapped(lineOf(all, "s30"))).toEqual(PRESENT);
  });

  it("a refused roll still shows here and is no parent of anything", () => {
    const refused = settled(first, answer([result("op-1", { outcome: "refused" })]));
    const all = facts({ entries: [refused] });
    expect(lineOf(all, "s01").pencil).toBe("dot");
    expect(lineOf(all, "s01").parents).toEqual([]);
  });

  it("the office's word shows as the office's", () => {
    const taken = takenRoll(["op-1"], {
      s04: { presence: "late", office: "late", seen: "absent" },
    });
    expect(lineOf(facts({ roll: taken }), "s04")).toMatchObject({ ruled: true });
  });

  it("a note alone is sent alone, and stays with the student through a tap", () => {
    const all = facts({ roll: takenRoll(["op-1"]) });
    const noted = { presence: "present", note: "left her bag" } as const;
    const draft = drafted(all, [["s01", noted]]);
    const sealed = new Map([["s01", "for the school"]]);
    const entry = submitted({ ...all, draft }, { sealed });
    expect(entry.op.marks[0]).toMatchObject({ note_sealed: "for the school" });
    expect(entry.notes).toEqual({ s01: "left her bag" });
    expect(JSON.stringify(entry.op)).not.toContain("left her bag");
    expect(tapped(lineOf({ ...all, draft }, "s01"))).toEqual({ ...noted, presence: "absent" });
    expect(equal(noted, PRESENT)).toBe(false);
  });
});

describe("leaving the tablet", () => {
  it("a roll due within a minute does not wait for an undo", () => {
    const due = Date.parse(roll().due_at);
    expect(notBefore(roll(), hand({ now: due - 59_000 }))).toBeNull();
    expect(notBefore(roll(), hand({ now: due - 61_000 }))).toBe(NINE_PAST + 6000);
    expect(notBefore(roll(), hand({ now: due + 1 }))).toBe(NINE_PAST + 6000);
  });
});

describe("who is on the roll", () => {
  it("only who is enrolled on the date, by given name", () => {
    const [a, b, c] = students(3);
    if (!a || !b || !c) throw new Error("three students");
    const left = { ...a, end_on: "2026-10-05" };
    const last = { ...b, end_on: "2026-10-06", given_name: "Zoë" };
    const joins = { ...c, begin_on: "2026-10-07" };
    const here = { ...a, student_id: "x", given_name: "Ana" };
    expect(enrolled([left, last, joins, here], roll()).map((s) => s.given_name)).toEqual([
      "Ana",
      "Zoë",
    ]);
  });

  it("F10.3 who came after the bell or had left by then is kept off, and told", () => {
    const [early, late, gone, stays] = students(4);
    if (!early || !late || !gone || !stays) throw new Error("four students");
    const today = { begin_on: "2026-10-06" };
    const leaves = { end_on: "2026-10-06" };
    const all = [
      { ...early, ...today, begin_at: "2026-10-06T15:00:00.000Z" },
      { ...late, ...today, begin_at: "2026-10-06T15:00:00.001Z" },
      { ...gone, ...leaves, end_at: "2026-10-06T15:00:00.000Z" },
      { ...stays, ...leaves, end_at: "2026-10-06T15:00:00.001Z" },
    ];
    const ids = (some: { student_id: string }[]) => some.map(({ student_id }) => student_id);
    expect(ids(enrolled(all, roll()))).toEqual(["s01", "s04"]);
    expect(ids(apart(all, roll()))).toEqual(["s02", "s03"]);
    expect(ids(joined(all, roll()))).toEqual(["s01"]);
    const next = roll({ on: "2026-10-07", starts_at: "2026-10-07T15:00:00.000Z" });
    expect(ids(enrolled(all, next))).toEqual(["s01", "s02"]);
    expect([...apart(all, next), ...joined(all, next)]).toEqual([]);
  });
});

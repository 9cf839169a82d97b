import { describe, expect, it } from "vitest";
import type { ContestedItem, Mark, SignedInAs, Voice } from "../wire.ts";
import {
  allHeads,
  answersOf,
  before,
  canUndo,
  factsOf,
  merge,
  type Settled,
  usualReason,
} from "./contested.ts";
import { settledIn } from "./contested-settled.ts";
import { rulingOp } from "./rule.ts";
import { at, board, boardRoll, entry, history, LIND, now, OKAFOR, RUIZ, ZONE } from "./sample.ts";

const WHO: SignedInAs = {
  me: { ...LIND, username: "lind" },
  school: { school_id: "s", name: "Alder Creek", zone: ZONE },
  schools: [],
  expires_at: at("17:00"),
  server_time: at("9:00"),
};

const voice = (by: number, more: Partial<Voice> = {}): Voice => ({
  op: by,
  by,
  kind: "submit",
  presence: "present",
  taken_at: at("8:05"),
  received_at: at("8:12"),
  offline: false,
  ...more,
});

function item(mark: Partial<Mark>, more: Partial<ContestedItem> = {}): ContestedItem {
  return {
    roll: boardRoll(),
    section: { section_id: "8A", title: "8A Mathematics", room: "14" },
    teachers: [],
    student: { student_id: "noa", given_name: "Noa", family_name: "Ben-David" },
    mark: { student_id: "noa", presence: "present", heads: [0, 1], flags: ["contested"], ...mark },
    people: [RUIZ, OKAFOR, LIND],
    ops: ["a", "b", "c"],
    since: at("8:12"),
    ...more,
  };
}

const words = (one: ContestedItem): string[] =>
  answersOf(one, WHO).map((answer) => `${answer.letter} ${answer.words}`.trim());

describe("the answers", () => {
  it("are the whole choice where a student may be missing", () => {
    const voices = [voice(0, { presence: "absent" }), voice(1)];
    expect(words(item({ voices, flags: ["contested", "safety"] }))).toEqual([
      "P Present",
      "A Absent",
    ]);
  });

  it("are what was said, with the minutes, where nobody may be missing", () => {
    const voices = [voice(0, { presence: "late", arrived_at: at("8:03") }), voice(1)];
    expect(words(item({ voices }))).toEqual(["L Late, 3 min", "P Present"]);
  });

  it("are keep or take where the office's word stands against a teacher's", () => {
    const voices = [
      voice(2, { kind: "rule", presence: "late", arrived_at: at("8:20"), why: "slip" }),
      voice(0),
    ];
    const one = item({ voices, heads: [0, 2], office: "late", arrived_at: at("8:20") });
    expect(words(one)).toEqual(["K Keep mine", "T Take M. Ruiz’s"]);
    expect(answersOf(one, WHO)[0]).toMatchObject({ presence: "late", arrived_at: at("8:20") });
    expect(usualReason(one)).toContain("the office’s and the teacher’s marks");
    expect(before(one)).toMatchObject({ presence: "late", arrived_at: at("8:20") });
  });

  it("name another clerk's word as that clerk's", () => {
    const people = [RUIZ, OKAFOR, { ...LIND, staff_id: "moss", name: "T. Moss" }];
    const voices = [voice(2, { kind: "rule", presence: "absent" }), voice(0)];
    expect(words(item({ voices, heads: [0, 2] }, { people }))[0]).toBe("K Keep T. Moss’s");
  });
});

describe("settling", () => {
  it("F8.1 names all heads, with the reason, and releases where nobody had ruled", () => {
    const one = item({ voices: [voice(0, { presence: "absent" }), voice(1)] });
    expect(allHeads(one)).toEqual(["a", "b"]);
    expect(before(one)).toEqual({ presence: null });
    const ruling = { roll_id: "8A/1", student_id: "noa", why: "seen", parents: allHeads(one) };
    const op = rulingOp({ ...ruling, presence: null }, "op", at("9:00"));
    expect(op).toMatchObject({ kind: "rule", marks: [{ presence: null, parents: ["a", "b"] }] });
  });

  it("is taken back on the same day only", () => {
    const settled: Settled = {
      by: "R. Lind",
      mine: true,
      at: at("9:00"),
      stands: "Absent",
      before: { presence: null },
      undone: false,
    };
    expect(canUndo(settled, now("16:00"), ZONE)).toBe(true);
    expect(canUndo(settled, now("9:00") + 86_400_000, ZONE)).toBe(false);
    expect(canUndo({ ...settled, undone: true }, now("16:00"), ZONE)).toBe(false);
  });
});

describe("the list", () => {
  const late = item({}, { since: at("8:30"), roll: boardRoll({ roll_id: "late" }) });
  const old = item({}, { since: at("8:05"), roll: boardRoll({ roll_id: "old" }) });
  const safe = item(
    { flags: ["contested", "safety"] },
    { since: at("9:00"), roll: boardRoll({ roll_id: "safety" }) },
  );

  it("has safety first, then the oldest", () => {
    const { rows } = merge([], [late, safe, old]);
    expect(rows.map(({ item: { roll } }) => roll.roll_id)).toEqual(["safety", "old", "late"]);
  });

  it("keeps what is gone in its place until it is said who settled it", () => {
    const { rows } = merge([], [late, safe, old]);
    const merged = merge(rows, [safe, late]);
    expect(merged.rows.map(({ item: { roll } }) => roll.roll_id)).toEqual([
      "safety",
      "old",
      "late",
    ]);
    expect(merged.gone).toEqual([old]);
  });

  it("gives back its place to what was taken back", () => {
    const { rows } = merge([], [late, old]);
    const again = { ...old, since: at("9:30") };
    const merged = merge(rows, [late, again]);
    expect(merged.rows.map(({ item: { roll } }) => roll.roll_id)).toEqual(["old", "late"]);
  });

  it("tells the story to the office as to somebody of the office", () => {
    expect(factsOf(late, WHO)).toMatchObject({ given: "Noa", reader: { office: true } });
  });
});

describe("what was settled today", () => {
  const absent = entry({ marks: [{ student_id: "noa", presence: "absent" }] });
  const present = entry({
    op_id: "op2",
    author: OKAFOR,
    marks: [{ student_id: "noa", presence: "present" }],
  });
  const ruling = entry({
    op_id: "op3",
    kind: "rule",
    author: LIND,
    received_at: at("8:40"),
    marks: [{ student_id: "noa", presence: "absent", why: "called" }],
  });
  const mark: Mark = { student_id: "noa", presence: "absent", office: "absent", heads: [0] };
  const reading = { me: "lind", zone: ZONE, today: "2026-11-23" };
  const found = (...entries: ReturnType<typeof entry>[]) =>
    settledIn(history(entries, [mark]), board([]), reading).map(({ settled }) => settled);

  it("is read from the histories, with what the office had said before", () => {
    expect(found(absent, present, ruling)).toEqual([
      {
        by: "R. Lind",
        mine: true,
        at: at("8:40"),
        stands: "Absent",
        before: { presence: null },
        undone: false,
      },
    ]);
  });

  it("is not a plain correction, nor what was taken back, nor another day's", () => {
    expect(found(absent, ruling)).toEqual([]);
    expect(found(ruling)).toEqual([]);
    expect(found(present, ruling)).toEqual([]);
    const back = { ...ruling, op_id: "op4", marks: [{ student_id: "noa", presence: null }] };
    expect(found(absent, present, ruling, back)).toEqual([]);
    const late = { ...ruling, received_at: at("8:40", "2026-11-24") };
    expect(found(absent, present, late)).toEqual([]);
  });
});

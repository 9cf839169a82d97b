import { describe, expect, it } from "vitest";
import {
  answer,
  hand,
  NINE_PAST,
  submitted as onPage,
  facts as page,
  RUIZ,
  result,
  roll,
  students,
  ZONE,
} from "../../tests/cast.ts";
import type { By, HeldItem, Mark, Roll, Section, Voice } from "../wire.ts";
import { answerEntry, NOTHING_SEEN } from "./answer.ts";
import type { Said } from "./draft.ts";
import type { Entry } from "./entry.ts";
import { countOf, type InboxFacts, inboxOf, type Question } from "./inbox.ts";
import {
  answeredWords,
  closedWords,
  dayWord,
  endedWords,
  heldContent,
  placeWords,
  subWords,
  titleWords,
  waitsWords,
} from "./inbox-words.ts";
import { endedBy, offeredAgain, over, settled, tray } from "./outbox.ts";

const ME: By = { role: "teacher", name: "M. Ruiz", staff_id: RUIZ };
const OKAFOR: By = { role: "teacher", name: "C. Okafor", staff_id: "okafor" };
const LIND: By = { role: "office", name: "R. Lind", staff_id: "lind" };
const TODAY = "2026-10-06";
const AT = "2026-10-06T15:05:00.000Z";

const section: Section = {
  type: "section",
  section_id: "section-8a",
  seq: 1,
  title: "8A",
  course: null,
  room: null,
  roster_rev: 1,
  active: true,
  teachers: [{ staff_id: RUIZ, name: "M. Ruiz", role: "primary", begin_on: null, end_on: null }],
  students: students(),
};

function voice(op: number, presence: Voice["presence"], more: Partial<Voice> = {}): Voice {
  const kind = op === 2 ? "rule" : "submit";
  return { op, by: op, kind, presence, taken_at: AT, received_at: AT, offline: false, ...more };
}

const DIFFER: Mark = {
  student_id: "s03",
  presence: "present",
  by: 1,
  heads: [0, 1],
  flags: ["contested", "safety"],
  voices: [voice(1, "present"), voice(0, "absent")],
};
const RULED: Mark = {
  student_id: "s05",
  presence: "late",
  office: "late",
  seen: "absent",
  by: 2,
  heads: [0, 2],
  voices: [voice(2, "late", { why: "Front desk" }), voice(0, "absent")],
};

function taken(marks: Mark[], more: Partial<Roll> = {}): Roll {
  const ids = new Set(marks.map(({ student_id }) => student_id));
  const rest = students().filter(({ student_id }) => !ids.has(student_id));
  const unmarked = more.unmarked ?? [];
  const plain = rest.filter(({ student_id }) => !unmarked.includes(student_id));
  return roll({
    state: "submitted",
    submitted_by: RUIZ,
    ops: ["op-ruiz", "op-okafor", "op-lind"],
    people: [ME, OKAFOR, LIND],
    marks: [
      ...marks,
      ...plain.map(({ student_id }) => ({ student_id, presence: "present" as const })),
    ],
    ...more,
  });
}

function facts(rolls: Roll[], more: Partial<InboxFacts> = {}): InboxFacts {
  const me = { staff_id: RUIZ, role: "teacher" };
  return {
    rolls,
    sections: [section],
    entries: [],
    held: [],
    me,
    today: TODAY,
    zone: ZONE,
    ...more,
  };
}

const only = (all: InboxFacts): Question => {
  const [question] = inboxOf(all).needs;
  if (!question) throw new Error("nothing is asked");
  return question;
};

const answered = (question: Question, said: Said): Entry =>
  answerEntry(question, said, hand({ op_id: "op-answer", sealed: new Map([["s03", "sealed"]]) }));

/** About a student of whom nothing is asked. */
function quiet(rolls: Roll[], id: string): Question {
  const [first] = rolls;
  const student = section.students.find(({ student_id }) => student_id === id);
  if (!first || !student) throw new Error(`${id} is not on the roll`);
  const none = { mark: null, parents: [], mine: null, closed: null, safety: false } as const;
  return { key: id, ask: "contested", roll: first, section, student, ...none };
}

describe("what needs a teacher", () => {
  it("safety comes first, then what the office changed, then who is not marked", () => {
    const all = facts([taken([RULED, DIFFER], { unmarked: ["s09"] })]);
    const inbox = inboxOf(all);
    expect(inbox.needs.map(({ ask }) => ask)).toEqual(["contested", "office", "unmarked"]);
    expect(subWords(inbox, countOf(inbox))).toBe("3 things, safety first");
    expect(inbox.needs.map(titleWords)).toEqual([
      "Was Given03 Abara here?",
      "The office changed your mark for Given05 Abara",
      "Given09 Abara is not marked",
    ]);
  });

  it("a roll that nobody took, a section of others and a roll of tomorrow ask nothing", () => {
    const theirs = { ...section, teachers: [] };
    expect(countOf(inboxOf(facts([roll({ unmarked: ["s01"] })])))).toBe(0);
    expect(countOf(inboxOf(facts([taken([DIFFER])], { sections: [theirs] })))).toBe(0);
    expect(countOf(inboxOf(facts([taken([DIFFER], { on: "2026-10-07" })])))).toBe(0);
  });

  it("a roll that waits for a countersignature is one of the things", () => {
    const all = facts([taken([], { countersign: true })]);
    expect(countOf(inboxOf(all))).toBe(1);
    expect(inboxOf({ ...all, me: { ...all.me, role: "substitute" } }).countersign).toEqual([]);
  });

  it("after certification it is told and not asked", () => {
    const question = only(facts([taken([DIFFER], { state: "certified" })]));
    expect(question.closed).toBe("certified");
    expect(closedWords(question)).toBe("The roll is certified. The office decides.");
  });

  it("F5.3 what the front desk explains asks nothing", () => {
    const mark: Mark = { ...RULED, arrived_at: "2026-10-06T15:12:00.000Z" };
    const inbox = inboxOf(facts([taken([mark])]));
    expect(inbox.needs).toEqual([]);
    expect(inbox.explained).toHaveLength(1);
  });

  it("a mark stands as it was sent, whoever said the same", () => {
    const same: Mark = { student_id: "s09", presence: "absent", by: 1, heads: [0, 1] };
    const rolls = [taken([same])];
    const entry: Entry = {
      ...answered(quiet(rolls, "s09"), { presence: "absent" }),
      step: "recorded",
    };
    expect(inboxOf(facts(rolls)).kept.map(({ count }) => count)).toEqual([29]);
    const kept = inboxOf(facts(rolls, { entries: [entry] })).kept;
    expect(kept.map(({ count }) => count)).toEqual([30]);
  });

  it("the rest stands as it was sent", () => {
    const inbox = inboxOf(facts([taken([RULED, DIFFER], { unmarked: ["s09"] })]));
    expect(inbox.kept.map(({ count }) => count)).toEqual([27]);
  });
});

describe("an answer", () => {
  it("F8.1 names every head, and the question leaves at once", () => {
    const all = facts([taken([DIFFER])]);
    const entry = answered(only(all), { presence: "present" });
    expect(entry.op.marks).toEqual([
      {
        student_id: "s03",
        presence: "present",
        note_sealed: "sealed",
        parents: ["op-ruiz", "op-okafor"],
      },
    ]);
    const inbox = inboxOf({ ...all, entries: [entry] });
    expect(inbox.needs).toEqual([]);
    expect(inbox.settled.map(({ entry: { id } }) => id)).toEqual(["op-answer"]);
    const [done] = inbox.settled;
    expect(done && answeredWords(done.entry, done.question)).toBe(
      "You said that Given03 was present.",
    );
  });

  it("can be undone while it waits here, and given again after it has left", () => {
    const all = facts([taken([DIFFER])]);
    const entry = answered(only(all), { presence: "absent" });
    expect(entry).toMatchObject({ step: "draft", not_before: NINE_PAST + 6000 });
    const [done] = inboxOf({ ...all, entries: [{ ...entry, step: "sent" }] }).settled;
    expect(done?.question.parents).toEqual(["op-ruiz", "op-okafor", "op-answer"]);
  });

  it("that was refused answers nothing", () => {
    const all = facts([taken([DIFFER])]);
    const entry: Entry = { ...answered(only(all), { presence: "absent" }), step: "refused" };
    expect(inboxOf({ ...all, entries: [entry] }).needs).toHaveLength(1);
  });

  it("is asked again when somebody says something new", () => {
    const all = facts([taken([DIFFER])]);
    const entry = answered(only(all), { presence: "absent" });
    const later: Mark = { ...DIFFER, heads: [1, 2] };
    const news = taken([later], { ops: ["op-ruiz", "op-answer", "op-okafor-again"] });
    expect(inboxOf({ ...all, rolls: [news], entries: [entry] }).needs).toHaveLength(1);
  });

  it("of somebody who does not know changes nobody's presence and leaves it to others", () => {
    const all = facts([taken([DIFFER])]);
    const entry = answered(only(all), NOTHING_SEEN);
    expect(entry.op.marks[0]).not.toHaveProperty("presence");
    const inbox = inboxOf({ ...all, entries: [entry] });
    expect(inbox.needs).toEqual([]);
    const [wait] = inbox.waits;
    expect(wait && waitsWords(wait.question)).toBe(
      "Somebody else of the section or the office decides now.",
    );
    expect(inbox.settled).toEqual([]);
  });

  it("that agrees with the office settles; one that does not waits for the office", () => {
    const all = facts([taken([RULED])]);
    const agrees = inboxOf({ ...all, entries: [answered(only(all), { presence: "late" })] });
    expect([agrees.needs, agrees.waits]).toEqual([[], []]);
    const differs = inboxOf({ ...all, entries: [answered(only(all), { presence: "absent" })] });
    expect(differs.needs).toEqual([]);
    expect(differs.waits).toHaveLength(1);
  });

  it("marks who was not marked", () => {
    const all = facts([taken([], { unmarked: ["s09"] })]);
    const entry = answered(only(all), { presence: "present" });
    expect(entry.op.marks).toEqual([{ student_id: "s09", presence: "present" }]);
    expect(inboxOf({ ...all, entries: [entry] }).needs).toEqual([]);
  });
});

const HELD: HeldItem = {
  type: "held",
  seq: 4,
  op_id: "op-held",
  roll_id: "roll-8a",
  reason: "locked",
  detail: "The roll is locked.",
  author: ME,
  taken_at: AT,
  received_at: AT,
  section_title: "8A",
  on: TODAY,
  period_name: "Period 1",
  device_label: null,
  marks_count: 3,
  counts: { present: 2, late: 0, left_early: 0, absent: 1, elsewhere: 0 },
  students: "",
  resolution: null,
};

describe("words around it", () => {
  it("says when as people do", () => {
    const days = [TODAY, "2026-10-05", "2026-10-02", "2026-09-20"];
    expect(days.map((on) => dayWord(on, TODAY))).toEqual([
      "today",
      "yesterday",
      "Friday",
      "Sep 20",
    ]);
    expect(placeWords(roll(), section, TODAY, "Safety")).toBe("Safety · today, period 1 · 8A");
    expect(placeWords(roll(), section, TODAY)).toBe("Today, period 1 · 8A");
  });

  it("a held entry says what is in it and how it ended", () => {
    expect(heldContent(HELD)).toBe("2 present, 1 absent");
    const ended = (
      how: "accepted" | "taken_over" | "set_aside",
      by: By | null,
      why: string | null,
    ) => endedWords({ ...HELD, resolution: { how, at: AT, by, why } }, ZONE, TODAY);
    expect(ended("accepted", null, null)).toBe("Taken into the record at 8:05.");
    expect(ended("taken_over", LIND, "Seen in class")).toBe(
      "Taken over by R. Lind at 8:05: “Seen in class”.",
    );
    expect(ended("set_aside", LIND, "A test.")).toBe(
      "Set aside by R. Lind at 8:05: “A test.” It stays in the school’s log and is not on the roll.",
    );
    expect(endedWords(HELD, ZONE, TODAY)).toBeNull();
  });

  it("O12 an entry turns with what the office did, and only a held one does", () => {
    const held = settled(
      { ...onPage(page(), { op_id: "op-held" }), step: "sent" },
      answer([result("op-held", { outcome: "held", reason: "locked" })]),
    );
    const by = (how: "accepted" | "taken_over" | "set_aside") =>
      endedBy(held, [{ ...HELD, resolution: { how, at: AT, by: LIND, why: null } }]);
    expect(by("accepted")).toMatchObject({ step: "received", answer: { outcome: "accepted" } });
    expect(by("taken_over")).toMatchObject({ step: "held", ended: "taken_over" });
    expect(tray([by("set_aside"), held])).toEqual([held]);
    expect(over([by("set_aside"), held])).toHaveLength(1);
    expect(endedBy(held, [HELD])).toBe(held);
    expect(offeredAgain(by("set_aside"))).not.toHaveProperty("ended");
  });

  it("an entry that ended leaves the list of what is held", () => {
    const resolution = { how: "set_aside", at: AT, by: LIND, why: "A test." } as const;
    expect(inboxOf(facts([], { held: [HELD] })).held).toHaveLength(1);
    expect(inboxOf(facts([], { held: [{ ...HELD, resolution }] })).held).toEqual([]);
  });
});

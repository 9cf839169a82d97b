import { describe, expect, it } from "vitest";
import { type Draft, newDraft } from "./draft.ts";
import type { Entry } from "./entry.ts";
import { type Facts, wordsOf } from "./tablet-words.ts";

const WALL = Date.parse("2026-11-23T16:41:00.000Z");

const entry = (roll_id: string, more: Partial<Entry> = {}): Entry => ({
  v: 1,
  id: `op of ${roll_id}`,
  school_id: "Birch",
  roll_id,
  staff_id: "Ruiz",
  step: "sent",
  op: {
    id: `op of ${roll_id}`,
    v: 1,
    kind: "submit",
    roll_id,
    grant: "Ruiz here",
    taken_at: "2026-11-23T16:40:00.000Z",
    clock: { offset_ms: -2000, uncertainty_ms: 90, server_seen_at: null, suspect: false },
    marks: [],
  },
  saved_at: "2026-11-23T16:40:00.000Z",
  not_before: null,
  undo: null,
  answer: null,
  epoch: null,
  ...more,
});

const draft = (roll_id: string, said: Draft["said"]): Draft => ({
  ...newDraft("Ruiz", roll_id, ["Amara"], "2026-11-23T16:40:00.000Z"),
  said,
});

const MARKED = { Amara: { presence: "absent" } } as const;

function words(more: Partial<Facts>) {
  const facts: Facts = {
    entries: [],
    drafts: [],
    grant: "Ruiz here",
    before: null,
    received: new Set(),
    wall: WALL,
  };
  return wordsOf({ ...facts, ...more }).map(({ roll_id, state }) => `${roll_id} ${state}`);
}

describe("B1.1 what a tablet says", () => {
  it("is the roll on the screen, and every roll with marks that are not submitted", () => {
    const drafts = [draft("2", MARKED), draft("3", {})];
    expect(words({ before: "1", drafts })).toEqual(["1 open", "2 open"]);
  });

  it("is open while a submission can still be undone, and then waiting", () => {
    const undoable = [entry("1", { step: "draft", not_before: WALL + 6000 })];
    expect(words({ entries: undoable })).toEqual(["1 open"]);
    expect(words({ entries: undoable, wall: WALL + 6000 })).toEqual(["1 waiting"]);
  });

  it("is saved rather than open, in its author's name and by the school's time", () => {
    const told = wordsOf({
      entries: [entry("1")],
      drafts: [draft("1", MARKED)],
      grant: "Okafor here",
      before: "1",
      received: new Set(),
      wall: WALL,
    });
    expect(told).toEqual([
      {
        roll_id: "1",
        grant: "Ruiz here",
        state: "waiting",
        taken_at: "2026-11-23T16:39:58.000Z",
      },
    ]);
  });

  it("is nothing of what the school has, of what it answered, or of what is carried", () => {
    const entries = [
      entry("1"),
      entry("2", { step: "received" }),
      entry("3", { step: "held" }),
      entry("4", { carried: true }),
    ];
    expect(words({ entries, before: "1", received: new Set(["1"]) })).toEqual([]);
  });

  it("is silent of a roll whose time cannot be read, and of no other", () => {
    const unreadable = { ...entry("1").op, taken_at: "this morning" };
    expect(words({ entries: [entry("1", { op: unreadable }), entry("2")] })).toEqual(["2 waiting"]);
  });

  it("is nothing open where nobody is in", () => {
    expect(words({ grant: null, before: "1", entries: [entry("2")] })).toEqual(["2 waiting"]);
  });

  it("reads the same in whatever order it was found", () => {
    const all = [entry("2"), entry("1"), entry("3")];
    expect(words({ entries: all })).toEqual(words({ entries: [...all].reverse() }));
  });
});

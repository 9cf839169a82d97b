import { describe, expect, it } from "vitest";
import type { Entry, Step } from "../src/core/entry.ts";
import {
  afterEpoch,
  batch,
  exportFile,
  frozen,
  mayForget,
  nextLeaves,
  offeredAgain,
  ready,
  refusedHere,
  released,
  seenIn,
  settled,
  tray,
} from "../src/core/outbox.ts";
import { answer, facts, NINE_PAST, result, submitted } from "./cast.ts";

const DAY = 24 * 3600_000;

function entry(news: Partial<Entry> = {}): Entry {
  const id = news.id ?? "op-1";
  const made = submitted(facts(), { op_id: id });
  return { ...made, ...news, op: news.op ?? made.op };
}

function at(step: Step, epoch = "e1"): Entry {
  const received = settled(entry({ step: "sent" }), answer([result("op-1")], { epoch }));
  return { ...received, step };
}

describe("O1 the road of an entry", () => {
  it("O1 a submitted entry waits six seconds for an undo, then may leave", () => {
    const made = entry();
    expect(made.step).toBe("draft");
    expect(ready([made], NINE_PAST)).toEqual([]);
    expect(nextLeaves([made], NINE_PAST)).toBe(6000);
    expect(ready([made], NINE_PAST + 6000)).toEqual([made]);
  });

  it("O1 a page that goes away lets it leave at once", () => {
    expect(ready([released(entry())], NINE_PAST)).toHaveLength(1);
  });

  it("O1 from sent on it is frozen and cannot be undone", () => {
    const sent = frozen(entry());
    expect(sent).toMatchObject({ step: "sent", undo: null, not_before: null });
    expect(frozen(sent)).toBe(sent);
  });

  it.each([
    ["accepted", "received"],
    ["held", "held"],
    ["refused", "refused"],
  ] as const)("O1 the school's %s makes it %s", (outcome, step) => {
    const next = settled(entry({ step: "sent" }), answer([result("op-1", { outcome })]));
    expect(next.step).toBe(step);
    expect(next.epoch).toBe("e1");
  });

  it("O1 on the record is what was seen in the feed, and only after the school's answer", () => {
    const ops = new Set(["op-1"]);
    expect(seenIn(at("received"), ops).step).toBe("recorded");
    expect(seenIn(at("held"), ops).step).toBe("recorded");
    expect(seenIn(entry({ step: "sent" }), ops).step).toBe("sent");
    expect(seenIn(at("received"), new Set(["op-2"])).step).toBe("received");
  });
});

describe("O2 nothing leaves without its own answer", () => {
  it("O2 an answer about others, or in no known word, leaves the entry as it was", () => {
    const waits = entry({ step: "sent" });
    expect(settled(waits, answer([]))).toBe(waits);
    expect(settled(waits, answer([result("op-2")]))).toBe(waits);
    const strange = result("op-1", { outcome: "lost" as "held" });
    expect(settled(waits, answer([strange]))).toBe(waits);
  });

  it("O2 an entry is offered again after a year as on the first day", () => {
    expect(ready([entry({ step: "sent", not_before: null })], NINE_PAST + 365 * DAY)).toHaveLength(
      1,
    );
  });
});

describe("O3 batches", () => {
  it("O3 the oldest go first, and schools are not mixed", () => {
    const waiting = ["op-3", "op-1", "op-2"].map((id) =>
      entry({ id, step: "sent", not_before: null }),
    );
    const other = { ...waiting[0], school_id: "alder" } as Entry;
    const queue = ready([...waiting.slice(1), other], NINE_PAST);
    expect(queue.map(({ id }) => id)).toEqual(["op-1", "op-2", "op-3"]);
    expect(batch(queue).map(({ id }) => id)).toEqual(["op-1", "op-2"]);
    expect(batch(queue, 1)).toHaveLength(1);
  });

  it("O3 a batch stays under the size of a request, but one entry always goes", () => {
    const big = entry().op;
    const heavy = { ...big, marks: Array(100).fill({ student_id: "x".repeat(1500) }) };
    const waiting = ["op-1", "op-2"].map((id) => entry({ id, step: "sent", op: heavy }));
    expect(batch(waiting)).toHaveLength(1);
    expect(
      batch([entry({ op: { ...heavy, marks: Array(900).fill(heavy.marks[0]) } })]),
    ).toHaveLength(1);
  });

  it("O3 one that no request can carry is refused here and kept, with its marks", () => {
    const kept = refusedHere(entry({ step: "sent" }), "too_large", "2026-10-06T15:12:00.000Z");
    expect(kept.step).toBe("refused");
    expect(kept.op.marks).toHaveLength(30);
    expect(tray([kept])).toEqual([kept]);
  });
});

describe("O4 O5 O6 what is kept", () => {
  const late = NINE_PAST + 60 * DAY;
  const safe = new Date(late).toISOString();

  it("O4 refused and held entries stay, however old", () => {
    expect(mayForget(at("refused"), late, safe)).toBe(false);
    expect(mayForget(at("held"), late, safe)).toBe(false);
    expect(mayForget(entry({ step: "sent" }), late, safe)).toBe(false);
  });

  it("O4 a person may offer a refused one again, and it goes with the next batch", () => {
    expect(ready([offeredAgain(at("refused"))], NINE_PAST)).toHaveLength(1);
  });

  it("O5 another epoch offers every acknowledged entry again, refusals excepted", () => {
    for (const step of ["received", "held", "recorded"] as const)
      expect(afterEpoch(at(step), "e2")).toMatchObject({ step: "sent", answer: null });
    expect(afterEpoch(at("refused"), "e2").step).toBe("refused");
    const same = at("recorded");
    expect(afterEpoch(same, "e1")).toBe(same);
  });

  it("O5 what the new history acknowledged itself is not offered twice", () => {
    const fresh = at("received", "e2");
    expect(afterEpoch(fresh, "e2")).toBe(fresh);
  });

  it("O6 forgotten after 21 days and a backup, never without one", () => {
    const done = at("recorded");
    expect(mayForget(done, NINE_PAST + 20 * DAY, safe)).toBe(false);
    expect(mayForget(done, NINE_PAST + 22 * DAY, safe)).toBe(true);
    expect(mayForget(done, late, null)).toBe(false);
    expect(mayForget(done, late, "2026-10-06T15:00:00.000Z")).toBe(false);
  });
});

describe("O7 what leaves the device", () => {
  it("O7 neither an entry nor an export names anybody", () => {
    const file = exportFile([entry()], "device-1", "2026-10-06T15:12:00.000Z");
    expect(file.ops).toHaveLength(1);
    for (const name of ["Given", "Abara", "Ruiz "]) {
      expect(JSON.stringify(file)).not.toContain(name);
      expect(JSON.stringify(entry())).not.toContain(name);
    }
  });

  it("O7 who changed a mark is not kept with the answer", () => {
    const by = { role: "office", name: "R. Lind", staff_id: "lind" } as const;
    const changed = {
      student_id: "s01",
      sent: "absent",
      now: "late",
      by,
      why: "office_stands",
      flags: [],
    } as const;
    const told = settled(
      entry({ step: "sent" }),
      answer([result("op-1", { marks: [{ ...changed, flags: [] }] })]),
    );
    expect(told.answer?.marks).toEqual([{ student_id: "s01", now: "late", why: "office_stands" }]);
    expect(JSON.stringify(told)).not.toContain("Lind");
  });
});

import { describe, expect, it } from "vitest";
import type { Op, PushAnswer, Result } from "../wire.ts";
import { ms } from "./dates.ts";
import type { Entry, Step } from "./entry.ts";
import * as outbox from "./outbox.ts";

const NOW = ms("2026-11-23T16:41:00.000Z");
const DAY = 24 * 3600_000;

const op = (id: string, marks: Op["marks"] = []): Op => ({
  id,
  v: 1,
  kind: "submit",
  roll_id: "roll",
  taken_at: "2026-11-23T16:40:00.000Z",
  marks,
});

const entry = (id: string, step: Step, more: Partial<Entry> = {}): Entry => ({
  v: 1,
  id,
  school_id: "Birch High",
  roll_id: "roll",
  staff_id: "Ruiz",
  step,
  op: op(id),
  saved_at: "2026-11-23T16:40:00.000Z",
  not_before: null,
  undo: null,
  answer: null,
  epoch: null,
  ...more,
});

const result = (id: string, outcome: Result["outcome"]): Result => ({
  id,
  outcome,
  reason: null,
  detail: null,
  seq: 1,
  received_at: "2026-11-23T16:41:00.000Z",
  replayed: false,
  hash: "",
  marks: [],
  roll: null,
});

const answer = (...results: Result[]): PushAnswer => ({
  protocol: 1,
  epoch: "one",
  server_time: "2026-11-23T16:41:00.000Z",
  backoff_s: 0,
  session: "ok",
  safe_before: null,
  results,
});

const acknowledged = (step: Step): Entry => {
  const outcome = step === "held" || step === "refused" ? step : "accepted";
  return { ...outbox.settled(entry("a", "sent"), answer(result("a", outcome))), step };
};

describe("O1 the states of an entry", () => {
  it("freezes when it may have left, and settles as it was answered", () => {
    expect(outbox.frozen(entry("a", "draft")).step).toBe("sent");
    const stepOf = (outcome: Result["outcome"]) =>
      outbox.settled(entry("a", "sent"), answer(result("a", outcome))).step;
    expect([stepOf("accepted"), stepOf("held"), stepOf("refused")]).toEqual([
      "received",
      "held",
      "refused",
    ]);
  });

  it("is recorded when the op was seen in the feed, and not before the school had it", () => {
    const seen = new Set(["a"]);
    expect(outbox.seenIn(acknowledged("received"), seen).step).toBe("recorded");
    expect(outbox.seenIn(acknowledged("held"), seen).step).toBe("recorded");
    expect(outbox.seenIn(acknowledged("refused"), seen).step).toBe("refused");
    expect(outbox.seenIn(acknowledged("received"), new Set()).step).toBe("received");
  });
});

describe("O2 nothing leaves the queue without an answer to itself", () => {
  it("stays as it is when others were answered", () => {
    const sent = entry("a", "sent");
    expect(outbox.settled(sent, answer(result("b", "accepted")))).toEqual(sent);
    expect(outbox.settled(sent, answer())).toEqual(sent);
  });

  it("is still offered after years", () => {
    const sent = entry("a", "sent");
    expect(outbox.ready([sent], NOW + 3000 * DAY)).toEqual([sent]);
    expect(outbox.mayForget(sent, NOW + 3000 * DAY, "2034-01-01T00:00:00.000Z")).toBe(false);
  });
});

describe("O3 batches", () => {
  it("go in the order of birth, of one school, no more than a request may carry", () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      entry(`op-${String(n).padStart(3, "0")}`, "sent"),
    );
    const ordered = outbox.ready(many.toReversed(), NOW);
    expect(ordered).toEqual(many);
    expect(outbox.batch(ordered)).toEqual(many.slice(0, outbox.MOST_OPS));
    const elsewhere = entry("z", "sent", { school_id: "Alder Elementary" });
    expect(outbox.batch([elsewhere, ...many])).toEqual([elsewhere]);
  });

  it("carry one entry however large it is", () => {
    const large = entry("a", "sent", {
      op: op("a", [{ student_id: "Ana", note: "x".repeat(300_000) }]),
    });
    expect(outbox.batch([large, entry("b", "sent")])[0]).toBe(large);
  });
});

describe("O4 a refused entry", () => {
  it("is in the tray and never forgotten by itself", () => {
    const refused = acknowledged("refused");
    expect(outbox.tray([refused, acknowledged("received")])).toEqual([refused]);
    expect(outbox.mayForget(refused, NOW + 3000 * DAY, "2034-01-01T00:00:00.000Z")).toBe(false);
    expect(outbox.afterEpoch(refused, "two")).toEqual(refused);
  });
});

describe("O5 another epoch", () => {
  it("offers every acknowledged entry again", () => {
    for (const step of ["received", "held", "recorded"] as const) {
      const again = outbox.afterEpoch(acknowledged(step), "two");
      expect(outbox.ready([again], NOW)).toEqual([again]);
      expect(again.op).toEqual(op("a"));
      expect(outbox.afterEpoch(acknowledged(step), "one").step).toBe(step);
    }
  });
});

describe("O6 forgetting", () => {
  it("waits for 21 days and for a verified backup", () => {
    const received = acknowledged("received");
    const backedUp = "2026-11-24T00:00:00.000Z";
    expect(outbox.mayForget(received, NOW + 22 * DAY, backedUp)).toBe(true);
    expect(outbox.mayForget(received, NOW + 21 * DAY, backedUp)).toBe(false);
    expect(outbox.mayForget(received, NOW + 22 * DAY, "2026-11-23T16:00:00.000Z")).toBe(false);
    expect(outbox.mayForget(received, NOW + 400 * DAY, null)).toBe(false);
  });
});

describe("O7 what is carried", () => {
  it("an export holds the ops as they are and nobody's name", () => {
    const file = outbox.exportFile([entry("a", "sent")], "tablet", "2026-11-23T16:41:00.000Z");
    expect(Object.keys(file).sort()).toEqual([
      "device_id",
      "exported_at",
      "ops",
      "rollbook_export",
    ]);
    expect(file.ops).toEqual([op("a")]);
  });
});

import { describe, expect, it } from "vitest";
import { linesOf } from "./lines.ts";
import { at, entry, history, LIND, OKAFOR, ZONE } from "./sample.ts";
import { toldOf } from "./told.ts";

const told = (...entries: ReturnType<typeof entry>[]) =>
  toldOf(history(entries, []), ZONE).map(({ at: when, says }) => [when, ...says].join(" "));

describe("what happened", () => {
  it("names who, the device, when it was taken and received, and how it met the deadline", () => {
    expect(told(entry())).toEqual([
      "8:05 M. Ruiz took the roll on tablet 14: 1 present, 1 absent, 1 late. " +
        "Absent: Noa Ben-David. Late: Kainoa Kealoha, 9 min. Received 8:12: on time.",
    ]);
  });

  it("tells a later entry as a change, and a delivery on another day with its date", () => {
    const change = entry({
      op_id: "op2",
      taken_at: at("8:40"),
      received_at: at("7:58", "2026-11-24"),
      timeliness: "taken_on_time",
      marks: [{ student_id: "noa", presence: "present" }],
    });
    expect(told(entry(), change)[1]).toBe(
      "8:40 M. Ruiz marked Noa Ben-David present on tablet 14. " +
        "Received Nov 24, 7:58: taken on time, delivered later.",
    );
  });

  it("tells a second teacher's roll apart from a correction", () => {
    const second = entry({ op_id: "op2", author: OKAFOR, device_label: null });
    const marks = [...second.marks, { student_id: "thao", presence: "present" as const }];
    expect(told(entry(), { ...second, marks })[1]).toContain("C. Okafor submitted too: 2 present");
  });

  it("tells a ruling with its reason", () => {
    const ruling = entry({
      kind: "rule",
      author: LIND,
      timeliness: null,
      marks: [{ student_id: "kainoa", presence: "late", arrived_at: at("8:12"), why: "desk slip" }],
    });
    expect(told(ruling)[0]).toBe(
      "8:05 R. Lind ruled: Kainoa Kealoha late, 12 min. Kainoa Kealoha: Why: “desk slip”. Received 8:12.",
    );
  });

  it("tells a reason with what was written beside it, and that it was taken back", () => {
    const marks = [{ student_id: "kainoa", reason: "A-5", incident: "Grandmother" }];
    const given = entry({ kind: "rule", author: LIND, timeliness: null, marks });
    expect(told(given)[0]).toBe(
      "8:05 R. Lind ruled: Kainoa Kealoha given a reason. " +
        "Kainoa Kealoha: Reason: A-5. Incident: Grandmother. Received 8:12.",
    );
    const back = { ...given, marks: [{ student_id: "kainoa", reason: null }] };
    expect(told(back)[0]).toContain("ruled: Kainoa Kealoha reason taken back.");
  });

  it("tells a sheet of paper, and what was taken over, as that", () => {
    const source = { how: "paper", taken_by: "K. Sato", stated_at: at("8:02") } as const;
    const paper = entry({ author: LIND, source, clock_note: "The clock was wrong." });
    expect(told(paper)[0]).toContain(
      "R. Lind copied a paper sheet that K. Sato filled in at 8:02: 1 present, 1 absent, 1 late.",
    );
    expect(told(paper)[0]).not.toContain("clock");
    const held = entry({ author: LIND, kind: "rule", source: { how: "held", op_id: "op0" } });
    expect(told(held)[0]).toContain("R. Lind took over an entry that had been held: 1 present");
  });

  it("tells how a held entry ended, by whom and why", () => {
    const resolution = {
      how: "taken_over",
      at: at("9:30"),
      by: LIND,
      why: "on the phone",
    } as const;
    const held = entry({ outcome: "held", reason: "locked", resolution });
    expect(told(held)[0]).toContain(
      "It was held: the roll is locked. Taken over by R. Lind at 9:30: “on the phone”.",
    );
    const heard = entry({ resolution: { how: "accepted", at: at("9:30"), by: null, why: null } });
    expect(told(heard)[0]).toContain("Heard again, and on the record at 9:30.");
  });

  it("tells a signature, a lock and an opening, and a kind that nobody knows yet", () => {
    const act = (kind: string, why: string | null = null) =>
      told(entry({ kind, why, author: LIND, marks: [], timeliness: null }))[0];
    expect(act("certify")).toBe("8:05 R. Lind certified the roll.");
    expect(act("lock")).toBe("8:05 R. Lind locked the roll.");
    expect(act("reopen", "a mistake")).toBe(
      "8:05 R. Lind opened the roll again. Why: “a mistake”.",
    );
    expect(act("seat_chart")).toContain("something that this Rollbook does not understand yet");
    expect(act("seat_chart")).not.toContain("seat_chart");
  });

  it("says why an entry is held, also for a reason nobody knew", () => {
    expect(told(entry({ outcome: "held", reason: "no_school" }))[0]).toContain(
      "Held by the office: the calendar says there is no school that day.",
    );
    expect(told(entry({ outcome: "held", reason: "brand_new" }))[0]).not.toContain("brand_new");
  });
});

describe("the students of a roll", () => {
  it("come with something to see first, then by given name", () => {
    const lines = linesOf(
      history(
        [entry()],
        [
          { student_id: "amara", presence: "present" },
          { student_id: "kainoa", presence: "late", arrived_at: at("8:09") },
          { student_id: "noa", presence: "present", flags: ["contested", "safety"] },
        ],
      ),
      ZONE,
    );
    expect(lines.map(({ given, stands }) => `${given} ${stands}`)).toEqual([
      "Noa present",
      "Kainoa late, 9 min",
      "Amara present",
    ]);
  });

  it("tell a contested mark with both values, who saw them and which stands", () => {
    const second = entry({
      op_id: "op2",
      author: OKAFOR,
      taken_at: at("8:09"),
      marks: [{ student_id: "noa", presence: "present" }],
    });
    const [noa] = linesOf(
      history(
        [entry(), second],
        [{ student_id: "noa", presence: "present", flags: ["contested", "safety"] }],
      ),
      ZONE,
    );
    expect(noa?.about).toBe(
      "M. Ruiz saw absent at 8:05. C. Okafor saw present at 8:09. Present stands for now.",
    );
  });

  it("keep the teacher's word beside the office's", () => {
    const lines = linesOf(
      history([], [{ student_id: "noa", presence: "late", office: "late", seen: "absent" }]),
      ZONE,
    );
    expect(lines.find(({ given }) => given === "Noa")).toMatchObject({
      byOffice: true,
      seen: "absent",
      about: "Late stands, by the office. The teacher saw absent.",
    });
  });

  it("are not marked where the roll says nothing of them", () => {
    const lines = linesOf(history([], []), ZONE);
    expect(lines.map(({ stands }) => stands)).toEqual(["not marked", "not marked", "not marked"]);
  });
});

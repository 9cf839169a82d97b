import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { answer, facts, result, roll, submitted } from "../../tests/cast.ts";
import type { By, Mark, Presence, Voice, Why } from "../wire.ts";
import type { Flag } from "./dispute.ts";
import { settled } from "./outbox.ts";
import { type StoryFacts, storyText } from "./story.ts";
import { reasonWords } from "./words.ts";

const ZONE = "America/Los_Angeles";
const RUIZ: By = { role: "teacher", name: "M. Ruiz", staff_id: "ruiz" };
const OKAFOR: By = { role: "teacher", name: "C. Okafor", staff_id: "okafor" };
const LIND: By = { role: "office", name: "R. Lind", staff_id: "lind" };
const PEOPLE = [RUIZ, OKAFOR, LIND];

/** "8:05" in Los Angeles on the roll's Tuesday. */
const at = (time: string): string => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return new Date(Date.UTC(2026, 9, 6, hours + 7, minutes)).toISOString();
};

function said(by: By, presence: Presence | null, time: string, more: Partial<Voice> = {}): Voice {
  const place = PEOPLE.indexOf(by);
  const kind = by === LIND ? "rule" : "submit";
  const when = { taken_at: at(time), received_at: at(time), offline: false };
  return { op: place, by: place, kind, presence, ...when, ...more };
}

function story(mark: Partial<Mark>, more: Partial<StoryFacts> = {}): StoryFacts {
  const voices = mark.voices ?? [];
  return {
    roll: { ...roll(), ops: ["op-ruiz", "op-okafor", "op-lind", "op-more"], people: PEOPLE },
    mark: { student_id: "noa", presence: null, heads: voices.map(({ op }) => op), ...mark },
    given: "Noa",
    zone: ZONE,
    reader: { staff_id: "ruiz", office: false },
    ...more,
  };
}

const DIFFER: Partial<Mark> = {
  presence: "present",
  by: 1,
  flags: ["contested", "safety"],
  voices: [
    said(OKAFOR, "present", "8:07"),
    said(RUIZ, "absent", "8:05", { offline: true, received_at: at("8:31") }),
  ],
};

const RULED: Partial<Mark> = {
  presence: "late",
  office: "late",
  seen: "absent",
  by: 2,
  arrived_at: at("8:12"),
  voices: [
    said(LIND, "late", "8:31", { arrived_at: at("8:12"), why: "Signed in at the front desk." }),
    said(RUIZ, "absent", "8:20"),
  ],
};

describe("a story", () => {
  it("F4.2 tells two teachers who differ: who, when, without network, who knew, what stands", () => {
    expect(storyText(story(DIFFER))).toBe(
      "You saw Noa absent at 8:05, without network. C. Okafor saw Noa present at 8:07. " +
        "Neither of you knew of the other. Present stands for now, because somebody saw Noa. " +
        "Noa’s family is told nothing until this is settled.",
    );
  });

  it("reads the same to the other teacher and to the office, each as who they are", () => {
    const other = storyText(story(DIFFER, { reader: { staff_id: "okafor", office: false } }));
    expect(other).toContain("M. Ruiz saw Noa absent at 8:05, without network. You saw Noa present");
    const office = storyText(story(DIFFER, { reader: { staff_id: "lind", office: true } }));
    expect(office).toContain("Neither knew of the other. Present stands for now");
  });

  it("F4.1 says whose meeting it was where a substitute's word stands", () => {
    const voices = [said(OKAFOR, "absent", "8:07"), said(RUIZ, "present", "8:05")];
    const mark: Partial<Mark> = { presence: "absent", by: 1, flags: ["contested"], voices };
    expect(storyText(story(mark))).toContain(
      "Absent stands for now, because this meeting is C. Okafor’s.",
    );
    const mine = story(mark, { reader: { staff_id: "okafor", office: false } });
    expect(storyText(mine)).toContain("Absent stands for now, because this meeting is yours.");
  });

  it("F5.1 tells a ruling with its words, and that the office knew", () => {
    expect(storyText(story(RULED))).toBe(
      "You saw Noa absent at 8:20. " +
        "R. Lind made it late, 12 min, at 8:31: “Signed in at the front desk.” " +
        "R. Lind knew what you had said. " +
        "Late, 12 min stands, because the office’s word counts before a teacher’s.",
    );
  });

  it("tells the office's word after what it ruled on, and who knew right after it matters", () => {
    const voices = [
      said(LIND, "late", "8:07", { arrived_at: at("8:12") }),
      said(OKAFOR, "present", "8:07"),
      said(RUIZ, "absent", "8:05"),
    ];
    expect(storyText(story({ ...RULED, voices }))).toContain(
      "You saw Noa absent at 8:05. C. Okafor saw Noa present at 8:07. " +
        "Neither of you knew of the other. R. Lind made it late, 12 min, at 8:07.",
    );
  });

  it("tells the office its own ruling as you", () => {
    const office = story(RULED, { reader: { staff_id: "lind", office: true } });
    expect(storyText(office)).toContain("You made it late, 12 min, at 8:31");
    const [lind] = RULED.voices ?? [];
    const voices = [lind as Voice];
    const alone: Partial<Mark> = { presence: "late", office: "late", by: 2, voices };
    expect(storyText(story(alone, { reader: { staff_id: "lind", office: true } }))).toContain(
      "You ruled that Noa was late, 12 min, at 8:31",
    );
  });

  it("F5.3 says that both are true where the front desk's record explains", () => {
    const voices = [
      said(LIND, "late", "8:31", { arrived_at: at("8:12") }),
      said(RUIZ, "absent", "8:05"),
    ];
    const told = storyText(story({ ...RULED, voices }));
    expect(told).toContain("Late, 12 min stands, and it explains what was seen before: both are");
    expect(told).not.toContain("knew");
  });

  it("F5.2 tells who knew of whom from what the tablet's own op named", () => {
    const mark: Partial<Mark> = { ...RULED, flags: ["contested", "safety"] };
    const unknown = storyText(story(mark));
    expect(unknown).toContain("R. Lind had not seen it, or you said it later.");
    const saw = (op: string) => (op === "op-ruiz" ? ["op-lind"] : undefined);
    expect(storyText(story(mark, { saw }))).toContain("You knew what R. Lind had said.");
    const none = () => [];
    expect(storyText(story(mark, { saw: none }))).toContain("Neither of you knew of the other.");
  });

  it("F3.1 tells two devices of one person", () => {
    const voices = [
      said(RUIZ, "present", "8:09", { op: 3 }),
      said(RUIZ, "absent", "8:05", { op: 0 }),
    ];
    const mark: Partial<Mark> = { presence: "present", by: 0, flags: ["own_devices"], voices };
    expect(storyText(story(mark))).toBe(
      "You saw Noa absent at 8:05. On another device you saw Noa present at 8:09. " +
        "Present stands, because it is the later of your marks. " +
        "Two devices of one person say different things.",
    );
  });

  it("tells who had seen the word that they changed", () => {
    const mark: Partial<Mark> = { ...DIFFER, flags: [], heads: [1] };
    expect(storyText(story(mark))).toContain("C. Okafor knew what you had said. Present stands.");
  });

  it("tells a paper sheet and an entry that had been held", () => {
    const paper = { how: "paper", taken_by: "A. Sato", stated_at: at("8:05") } as const;
    const copied = said(LIND, "absent", "9:30", { kind: "submit", source: paper });
    expect(storyText(story({ presence: "absent", by: 2, voices: [copied] }))).toContain(
      "R. Lind copied A. Sato’s paper sheet: Noa absent, written at 8:05.",
    );
    const held = said(LIND, "absent", "9:30", {
      source: { how: "held" },
      why: "Locked by mistake",
    });
    expect(
      storyText(story({ presence: "absent", office: "absent", by: 2, voices: [held] })),
    ).toContain(
      "R. Lind took over an entry that had been held: Noa absent, at 9:30: “Locked by mistake”.",
    );
  });

  it("names the date of what was said on another day", () => {
    const late = said(LIND, "present", "8:31", { taken_at: "2026-10-07T15:31:00.000Z" });
    expect(storyText(story({ presence: "present", office: "present", voices: [late] }))).toContain(
      "was present, on Oct 7 at 8:31",
    );
  });
});

const WHYS: readonly Why[] = [
  "office_stands",
  "other_teacher_stands",
  "sighting_stands",
  "own_later",
  "explained",
  "office_only",
];
const FLAGS: readonly Flag[] = [
  "contested",
  "safety",
  "own_devices",
  "dormant_reason",
  "reasons_differ",
];
const PRESENCES: readonly (Presence | null)[] = [
  "present",
  "late",
  "left_early",
  "absent",
  "elsewhere",
  null,
];
/** No code, no JSON, no number of an op, nothing left open, nobody's gender. */
const RAW = /_|[{}[\]]|undefined|null|NaN|\bop\b|\b(?:he|she|him|her|his|hers)\b/iu;

function expectSentences(text: string): void {
  expect(text).not.toMatch(RAW);
  expect(text).toMatch(/^\p{Lu}/u);
  expect(text).toMatch(/[.”]$/u);
}

describe("no code is ever shown", () => {
  const readers = [
    { staff_id: "ruiz", office: false },
    { staff_id: "lind", office: true },
  ];
  const each = readers.flatMap((reader) =>
    PRESENCES.flatMap((one) => PRESENCES.map((other) => [reader, one, other] as const)),
  );

  it("whatever people said of each other", () => {
    for (const [reader, one, other] of each) {
      const voices = [said(LIND, one, "8:31", { why: "seen" }), said(RUIZ, other, "8:05")];
      const staff = [said(OKAFOR, one, "8:31"), said(RUIZ, other, "8:05")];
      for (const flags of [[], ["contested"]]) {
        const ruled: Partial<Mark> = { presence: one, office: one, by: 2, flags, voices };
        expectSentences(storyText(story(ruled, { reader })));
        const seen: Partial<Mark> = { presence: one, by: 1, flags, voices: staff };
        expectSentences(storyText(story(seen, { reader })));
      }
    }
  });

  it("whatever chose and whatever is flagged, also what a newer school says", () => {
    for (const reader of readers)
      for (const flag of [...FLAGS, "grant_unknown"])
        for (const why of [...WHYS, "grant_unknown" as Why]) {
          const mark: Partial<Mark> = { ...DIFFER, flags: [flag] };
          expectSentences(storyText(story(mark, { reader }), why));
        }
  });

  it("gives each rule its own words", () => {
    const told = WHYS.map((why) => storyText(story(DIFFER), why));
    expect(new Set(told).size).toBe(WHYS.length);
  });

  it("for every reason that the school may hold or refuse an op with", () => {
    const source = readFileSync(new URL("../../../sync/admit.py", import.meta.url), "utf8");
    const [, reasons = ""] = /class Reason\(StrEnum\):([\s\S]*?)\n@/u.exec(source) ?? [];
    const codes = [...reasons.matchAll(/= "(\w+)"/gu)].map(([, code = ""]) => code);
    expect(codes).toContain("grant_unknown");
    for (const reason of [...codes, "server_error", "handed_over", "malformed", "op_id_reuse"])
      for (const outcome of ["held", "refused"] as const) {
        const entry = submitted(facts());
        const told = settled(entry, answer([result(entry.id, { outcome, reason })]));
        expectSentences(reasonWords(told));
      }
  });
});

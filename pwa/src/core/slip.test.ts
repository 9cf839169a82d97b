import { describe, expect, it } from "vitest";
import { drafted, facts, roll, takenRoll, ZONE } from "../../tests/cast.ts";
import type { Mark, Roll } from "../wire.ts";
import { base45 } from "./base45.ts";
import type { Said } from "./draft.ts";
import { pageOf } from "./roll.ts";
import { type Ending, firstLook, type Slip, wordOf } from "./slip.ts";
import { endingWords, nothingChanged } from "./slip-words.ts";

const STUDENT = "s03";
const SCHOOL = "5c000000-0000-4000-8000-0000b15c4001";
const KEY = { key_id: "4e000000-0000-4000-8000-00004e710001", public: "" };
const TEXT =
  "RBS1:J70%CES90 TBT90000000J10%20000000000ZL0000000J10%20000000000W50DGKV1P*-0KFD+64M+ITG1C4FT614PQA/N-%KCD6CVKZUBSXGY*HLX9PA5+187%FBEO3H3KGVRJ1/2K+*I*-FWMUH3BXBSQYV9OP03U95";
const HERE = { school_id: SCHOOL, zone: ZONE, on: "2026-10-06", keys: [KEY] };

const time = (clock: string): number => Date.parse(`2026-10-06T${clock}-07:00`);
const spelled = (clock: string): string => new Date(time(clock)).toISOString();

const slip = (what: Slip["what"], clock: string, student_id = STUDENT): Slip => ({
  what,
  student_id,
  at: time(clock),
  key_tag: "",
  school_tag: "",
  line_id: "",
  facts: new Uint8Array(),
  signature: new Uint8Array(),
});

/** What a slip says where the student's line says something, or nobody has said anything. */
function word(of: Slip, said?: Said, open: Roll = roll()) {
  const all = facts({ roll: open });
  const draft = said ? drafted(all, [[STUDENT, said]]) : null;
  return wordOf(of, open, pageOf({ ...all, draft }).lines);
}

const saidBy = (of: Slip, before?: Said): Said | string => {
  const told = word(of, before);
  return told.end === "says" ? told.said : told.end;
};

const office = (mark: Partial<Mark>): Roll => takenRoll(["op-1"], { [STUDENT]: mark });

const words = (ending: Ending, on = "2026-10-06"): string =>
  endingWords(ending, {
    on,
    at: (when) => new Date(when).toLocaleTimeString("en-US", { timeZone: ZONE }).slice(0, 4),
    state: ({ presence }) => `${presence}`,
  });

describe("the first look at a code", () => {
  it("V11.1 reads a slip of this school and day whose key is known", () => {
    const seen = firstLook(TEXT, HERE);
    expect(seen.end === "readable" && seen.keys).toEqual([KEY]);
  });

  it.each([
    ["not_a_slip", "https://example.org", HERE],
    ["not_a_slip", "RB1.1.2.00000000.abc", HERE],
    ["damaged", TEXT.slice(0, -4), HERE],
    ["damaged", TEXT.replace("RBS1", "RBS2"), HERE],
    ["other_school", TEXT, { ...HERE, school_id: "5c000000-0000-4000-8000-0000b15c4002" }],
    ["other_day", TEXT, { ...HERE, on: "2026-10-07" }],
    ["unknown_key", TEXT, { ...HERE, keys: [] }],
    ["unknown_key", TEXT, { ...HERE, keys: [{ ...KEY, key_id: SCHOOL }] }],
  ])("V11.1 says what does not fit: %s", (end, text, here) => {
    const seen = firstLook(text, here);
    expect(seen.end).toBe(end);
    expect(words(seen as Ending)).toMatch(/\.$/u);
    expect(nothingChanged(seen as Ending)).toBe("Nothing was changed.");
  });

  it("V11.1 names both days of a slip of yesterday", () => {
    const on = "2026-10-07";
    expect(words(firstLook(TEXT, { ...HERE, on }) as Ending, on)).toBe(
      "This slip is of Tuesday, October 6. This roll is of Wednesday, October 7.",
    );
  });

  it("V11.1 never throws, whatever the camera reads", () => {
    const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 2000; round += 1) {
      const body = Array.from({ length: 160 + next(12) }, () => letters[next(45)]).join("");
      expect(() => firstLook(`RBS1:${body}`, HERE)).not.toThrow();
      expect(() => base45(body)).not.toThrow();
    }
  });
});

describe("what a slip says of the open roll", () => {
  it("V11.3 late with the time of arrival, in minutes of the bell", () => {
    const told = word(slip("arrived", "08:12:34.567"));
    expect(told).toMatchObject({
      end: "says",
      minutes: 12,
      said: { presence: "late", arrived_at: spelled("08:12:34.567") },
    });
    expect(words(told)).toBe("Given03 Abara came at 8:12, 12 minutes after the bell.");
    expect(nothingChanged(told)).toBe("");
  });

  it("V11.3 left early with the time of departure", () => {
    const told = word(slip("left", "08:40"));
    expect(told).toMatchObject({ said: { presence: "left_early", left_at: spelled("08:40") } });
    expect(words(told)).toBe("Given03 Abara left at 8:40, 10 minutes before the end.");
  });

  it.each<[string, Slip, string]>([
    ["came before the bell", slip("arrived", "07:55"), "in_time"],
    ["came within the first minute", slip("arrived", "08:00:59"), "in_time"],
    ["came when it was over", slip("arrived", "08:50"), "came_after"],
    ["left before it began", slip("left", "08:00"), "left_before"],
    ["left within the last minute", slip("left", "08:49:30"), "stayed"],
    ["left when it was over", slip("left", "09:20"), "stayed"],
  ])("V11.3 nothing of a meeting missed whole or not at all: %s", (_, of, why) => {
    const told = word(of);
    expect(told).toMatchObject({ end: "beside", why });
    expect(words(told)).toContain("Given03 Abara");
  });

  it("V11.3 from the first whole minute to the last", () => {
    expect(word(slip("arrived", "08:01")).end).toBe("says");
    expect(word(slip("arrived", "08:49:59")).end).toBe("says");
    expect(word(slip("left", "08:00:01")).end).toBe("says");
    expect(word(slip("left", "08:49")).end).toBe("says");
  });

  it("V11.3 the same again, to the minute, changes nothing", () => {
    const of = slip("arrived", "08:12:34.567");
    const late: Said = { presence: "late", arrived_at: spelled("08:12") };
    expect(saidBy(of, late)).toBe("same");
    expect(saidBy(of, { ...late, note: "sealed" })).toBe("same");
    const earlier: Said = { ...late, arrived_at: spelled("08:11:59") };
    expect(saidBy(of, earlier)).toEqual({ ...late, arrived_at: spelled("08:12:34.567") });
    expect(words(word(of, late))).toBe("The roll says so already: Given03 Abara, late.");
  });

  it("V11.3 late and gone early are both kept, and who came back is present", () => {
    const late: Said = { presence: "late", arrived_at: spelled("08:12") };
    const gone: Said = { presence: "left_early", left_at: spelled("08:40") };
    const both = { ...gone, arrived_at: spelled("08:12") };
    expect(saidBy(slip("left", "08:40"), late)).toEqual(both);
    expect(saidBy(slip("arrived", "08:12"), gone)).toEqual(both);
    expect(saidBy(slip("arrived", "08:45"), gone)).toEqual({ presence: "present" });
    expect(saidBy(slip("arrived", "08:12"), { presence: "absent" })).toEqual(late);
  });

  it("V11.1 a student who is not on this roll is named by the paper alone", () => {
    const told = word(slip("arrived", "08:12", "somebody"));
    expect(told).toEqual({ end: "not_on_roll" });
    expect(words(told)).toBe(
      "The student of this slip is not on this roll. The name is on the paper.",
    );
  });

  it("V11.3 a newer word of the office stands over the paper", () => {
    const of = slip("arrived", "08:12");
    const at = (clock: string) =>
      ({ presence: "late", office: "late", arrived_at: spelled(clock) }) as const;
    expect(word(of, undefined, office(at("08:04")))).toMatchObject({
      end: "office",
      stands: { presence: "late", arrived_at: spelled("08:04") },
    });
    expect(word(of, undefined, office(at("08:12"))).end).toBe("same");
    const ruled = word(of, undefined, office({ presence: "present", office: "present" }));
    expect(words(ruled)).toBe(
      "The office’s word on this roll is another: Given03 Abara, present. It stands over the slip.",
    );
    expect(word(slip("left", "08:40"), undefined, office(at("08:12")))).toMatchObject({
      said: { presence: "left_early", arrived_at: spelled("08:12"), left_at: spelled("08:40") },
    });
  });
});

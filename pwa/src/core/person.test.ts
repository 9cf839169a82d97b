import { describe, expect, it } from "vitest";
import type { Entry } from "./entry.ts";
import {
  grantsFor,
  initials,
  isWeakPin,
  needsPin,
  openToAll,
  type Person,
  passCode,
  waitingOf,
  withoutPerson,
  withPerson,
} from "./person.ts";

const person = (name: string, news: Partial<Person> = {}): Person => ({
  school_id: "birch",
  staff_id: `staff-${name}`,
  grant_id: `grant-${name}`,
  grants: [`grant-${name}`],
  name,
  username: name.toLowerCase(),
  role: "teacher",
  zone: "UTC",
  until: null,
  lock: "pin",
  state: "ok",
  ...news,
});

const entry = (staff: string, step: Entry["step"], grant?: string): Entry =>
  ({ staff_id: `staff-${staff}`, step, op: { ...(grant ? { grant } : {}) } }) as Entry;

const RUIZ = person("Ruiz");
const OKAFOR = person("Okafor");

describe("the people of one tablet", () => {
  it("each is there once, in the order they came", () => {
    const renewed = person("Ruiz", { state: "expired" });
    expect(withPerson(withPerson([RUIZ], OKAFOR), renewed)).toEqual([renewed, OKAFOR]);
    expect(withoutPerson([RUIZ, OKAFOR], RUIZ.staff_id)).toEqual([OKAFOR]);
  });

  it("O9 each one's waiting rolls are counted as hers", () => {
    const all = [entry("Ruiz", "draft"), entry("Ruiz", "sent"), entry("Okafor", "received")];
    expect(waitingOf(all, RUIZ.staff_id)).toBe(2);
    expect(waitingOf(all, OKAFOR.staff_id)).toBe(0);
  });

  it("whoever has no PIN lies open, and who comes second needs one", () => {
    const open = person("Ruiz", { lock: "device" });
    const gone = person("Brandt", { lock: "gone" });
    expect(openToAll([open, OKAFOR, gone], OKAFOR.staff_id)).toEqual([open]);
    expect(openToAll([open], open.staff_id)).toEqual([]);
    expect(needsPin([open, OKAFOR], OKAFOR.staff_id)).toBe(true);
    expect(needsPin([gone, OKAFOR], OKAFOR.staff_id)).toBe(false);
  });

  it("a restored school hears of every leave that a person's rolls were taken under, and no other's", () => {
    const entries = [entry("Ruiz", "sent", "older"), entry("Okafor", "sent", "other")];
    expect(grantsFor([RUIZ, OKAFOR], entries, " RUIZ ")).toEqual(["grant-Ruiz", "older"]);
    expect(grantsFor([RUIZ], entries, "stranger")).toEqual([]);
  });

  it.each([
    ["Ms Ruiz", "MR"],
    ["E. Sato", "ES"],
    ["Ólafur Ægir Þórsson", "ÓÆ"],
    ["Lind", "L"],
    ["", ""],
  ])("%s is marked %s", (name, mark) => {
    expect(initials(name)).toBe(mark);
  });

  it.each(["111111", "123456", "987654", "012345", "901234", "121212"])("%s is too easy", (pin) => {
    expect(isWeakPin(pin)).toBe(true);
  });

  it.each(["271828", "112233", "135791"])("%s may be chosen", (pin) => {
    expect(isWeakPin(pin)).toBe(false);
  });

  it.each([
    ["4KD7M-2QX9T", "4KD7M-2QX9T"],
    [" 4kd7m 2qx9t ", "4KD7M-2QX9T"],
    ["OIL7M2QX9T", "0117M-2QX9T"],
    ["4KD7M", null],
    ["4KD7M-2QX9TT", null],
  ])("a pass typed as %s is read as %s", (typed, code) => {
    expect(passCode(typed)).toBe(code);
  });
});

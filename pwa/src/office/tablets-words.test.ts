import { describe, expect, it } from "vitest";
import type { Device } from "../wire.ts";
import { at, board, LIND, now, ZONE } from "./sample.ts";
import {
  inUseFirst,
  matches,
  onItWords,
  peopleOf,
  seenWords,
  withdrawnWords,
} from "./tablets-words.ts";

const person = (staff_id: string, name: string, revoked_at: string | null = null) => ({
  staff_id,
  name,
  role: "teacher" as const,
  until_at: at("17:00"),
  revoked_at,
  withdrawn: null,
});

function device(label: string, more: Partial<Device> = {}): Device {
  return {
    device_id: label,
    label,
    app: "tablet 1",
    first_seen_at: at("7:00"),
    last_seen_at: at("8:00"),
    revoked_at: null,
    withdrawn: null,
    people: [],
    last_op_at: null,
    ...more,
  };
}

const ROOM_14 = device("Room 14", {
  last_seen_at: at("8:12"),
  people: [person("M. Ruiz", "M. Ruiz"), person("E. Sato", "E. Sato", at("8:10"))],
});
const LOST = device("Lost one", {
  revoked_at: at("8:00"),
  last_seen_at: at("8:20"),
  people: [person("M. Ruiz", "M. Ruiz")],
});

describe("the tablets of a school", () => {
  it("stand with those in use first", () => {
    expect(inUseFirst([LOST, device("Old"), ROOM_14]).map(({ label }) => label)).toEqual([
      "Room 14",
      "Old",
      "Lost one",
    ]);
  });

  it("are told with the date where it was another day", () => {
    expect(seenWords(at("8:12"), ZONE, now("9:00"))).toBe("8:12");
    expect(seenWords(at("8:12", "2026-11-20"), ZONE, now("9:00"))).toBe("Nov 20, 8:12");
  });

  it("say who took their leave back, when and why", () => {
    const told = (by: typeof LIND | null) =>
      withdrawnWords(at("8:12"), { by, why: "left on the bus" }, ZONE, now("9:00"));
    expect(told(LIND)).toBe("8:12 by R. Lind: “left on the bus”.");
    expect(told(null)).toContain("by whoever runs the server");
  });

  it("are found by label or by name, accents aside", () => {
    expect(matches("peña", ["R. Peña Ortiz"])).toBe(true);
    expect(matches("pena", ["R. Peña Ortiz"])).toBe(true);
    expect(matches("room 2", ["Room 14"])).toBe(false);
    expect(matches("", ["anything"])).toBe(true);
  });

  it("name the sections whose students may be on a lost one, of whom still has leave there", () => {
    const says = onItWords(ROOM_14, board([]));
    expect(says).toContain("names of 8A Mathematics and 8B Mathematics");
    expect(says).not.toContain("7C");
    expect(onItWords(ROOM_14, null)).toContain("the sections of M. Ruiz and E. Sato");
  });
});

describe("the people who may record", () => {
  it("have leave while one tablet is left to them", () => {
    const [ruiz, sato] = peopleOf([LOST, ROOM_14]);
    expect(ruiz).toMatchObject({ name: "M. Ruiz", tablets: ["Room 14"], revoked_at: null });
    expect(ruiz?.last_seen_at).toBe(at("8:20"));
    expect(sato).toMatchObject({ name: "E. Sato", tablets: [], revoked_at: at("8:10") });
  });
});

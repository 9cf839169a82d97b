import { expect, test } from "vitest";
import {
  fieldTime,
  instantAt,
  knownAtWords,
  minuteAt,
  readInstant,
  stepFrom,
  stepsOf,
} from "./past.ts";
import { at, ZONE } from "./sample.ts";

test("a time of that day is an instant on the school's clock, to the end of its minute", () => {
  expect(instantAt("2026-11-23", "10:15", ZONE)).toBe("2026-11-23T18:15:59.999Z");
  expect(instantAt("2026-07-06", "10:15", ZONE)).toBe("2026-07-06T17:15:59.999Z");
  expect(instantAt("2026-11-23", "", ZONE)).toBeNull();
  expect(fieldTime(Date.parse(at("8:05")), ZONE)).toBe("08:05");
});

test("who came at a time came at the beginning of its minute", () => {
  expect(minuteAt("2026-11-23", "10:55", ZONE)).toBe("2026-11-23T18:55:00.000Z");
  expect(minuteAt("2026-11-23", "later", ZONE)).toBeNull();
});

test("an instant in the address is read, and nothing else", () => {
  expect(readInstant("2026-11-23T18:15:00.000Z")).toBe("2026-11-23T18:15:00.000Z");
  for (const wrong of [undefined, "", "now", "2026-11-23", "2026-99-23T18:15:00Z"])
    expect(readInstant(wrong)).toBeNull();
});

test("one steps through what became known, each instant once", () => {
  const steps = stepsOf([at("8:12"), null, at("8:05"), at("8:12")]);
  expect(steps).toEqual([at("8:05"), at("8:12")]);
  expect(stepFrom(steps, at("9:00"), -1)).toBe(at("8:12"));
  expect(stepFrom(steps, at("8:12"), -1)).toBe(at("8:05"));
  expect(stepFrom(steps, at("8:05"), -1)).toBeNull();
  expect(stepFrom(steps, at("8:05"), 1)).toBe(at("8:12"));
});

test("the day is said where it is another", () => {
  expect(knownAtWords(at("10:15"), "2026-11-23", ZONE)).toBe("10:15");
  expect(knownAtWords(at("10:15", "2026-11-24"), "2026-11-23", ZONE)).toBe("Nov 24, 10:15");
});

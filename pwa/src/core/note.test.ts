import { describe, expect, it } from "vitest";
import { capped, cleanNote } from "./note.ts";

const SMILE = "\u{1F642}";

describe("a note for the office", () => {
  it("loses the halves of emojis and keeps whole ones", () => {
    const [first, second] = [SMILE.charAt(0), SMILE.charAt(1)];
    expect(cleanNote(` left ${first}her bag${second} ${SMILE}`)).toBe(`left her bag ${SMILE}`);
    expect(cleanNote(second + first)).toBe("");
  });

  it("is cut at 500 characters as a person counts them, never within one", () => {
    expect(cleanNote(SMILE.repeat(500))).toBe(SMILE.repeat(500));
    expect(cleanNote(`x${SMILE.repeat(500)}`)).toBe(`x${SMILE.repeat(499)}`);
    expect(cleanNote(`${"x".repeat(499)} ${SMILE}`)).toBe("x".repeat(499));
  });

  it("may hold half a character while it is typed: the other half may be on its way", () => {
    expect(capped(SMILE.charAt(0))).toBe(SMILE.charAt(0));
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { words as spanish } from "../words/es-teacher.ts";
import { clockTime, longDate, schoolDate, shortDate, weekday } from "./dates.ts";
import { plain, strong } from "./spans.ts";
import { directionOf, languageOf, plural, speak, spoken, t, tOf, told } from "./t.ts";
import { countWords, submitWords } from "./words.ts";

const ZONE = "America/Los_Angeles";
const COUNTS = { present: 27, absent: 1, late: 2, left_early: 0, elsewhere: 0, unmarked: 0 };

afterEach(() => speak("en"));

describe("the language of a page", () => {
  it.each([
    ["es", ["en-US"], "es"],
    [null, ["es-MX", "en-US"], "es"],
    [null, ["fr-FR", "en-GB"], "en"],
    ["xx", ["de"], "en"],
    [null, [], "en"],
  ] as const)("is the chosen one, else the browser's first that there is", (chosen, asked, tag) => {
    expect(languageOf(chosen, asked)).toBe(tag);
    expect(directionOf(tag)).toBe("ltr");
  });

  it("is English without a catalog, and says what stands in the code", () => {
    expect(spoken()).toBe("en");
    expect(t`Submit ${"nobody"}`).toBe("Submit nobody");
    expect(tOf("of a roll")`Late`).toBe("Late");
    expect(plural(1, "change")).toBe("1 change");
    expect(plural(2, "stop", "stops at the door")).toBe("2 stops at the door");
  });

  it("says a sentence that its catalog lacks in English, rather than not at all", () => {
    speak("es", {});
    expect(t`Back to ${"today"}`).toBe("Back to today");
    expect(tOf("a place")`Back`).toBe("Back");
    expect(plural(3, "roll")).toBe("3 rolls");
  });
});

describe("a page in Spanish", () => {
  it("puts what is told into the holes, in Spanish order", () => {
    speak("es", { "{0} of {1}": "de {1}, {0}", "of a roll¦Late": "Tarde", Late: "Con retraso" });
    expect(t`${2} of ${"Ana {0}"}`).toBe("de Ana {0}, 2");
    expect(tOf("of a roll")`Late`).toBe("Tarde");
    expect(t`Late`).toBe("Con retraso");
  });

  it("counts as Spanish counts", () => {
    speak("es", spanish);
    expect([0, 1, 2, 27].map((count) => plural(count, "roll"))).toEqual([
      "0 listas",
      "1 lista",
      "2 listas",
      "27 listas",
    ]);
    expect(countWords(COUNTS)).toEqual(["27 presentes", "1 ausente", "2 tarde"]);
    expect(submitWords(COUNTS, null)[0]).toBe("Enviar 27 presentes");
    expect(submitWords(COUNTS, 1)).toEqual(["Enviar 1 cambio"]);
  });

  it("keeps what is bold bold", () => {
    speak("es", { "{0} took *all* of it.": "De todo se llevó *todo* {0}." });
    const said = told`${strong("Ana")} took *all* of it.`;
    expect(plain(said)).toBe("De todo se llevó todo Ana.");
    expect(said.filter((span) => typeof span !== "string")).toEqual([
      { strong: "todo" },
      { strong: "Ana" },
    ]);
  });

  it("writes dates in Spanish, and days and times by the school's zone", () => {
    speak("es", spanish);
    const late = Date.parse("2026-11-24T06:30:00Z");
    expect(schoolDate(late, ZONE)).toBe("2026-11-23");
    expect(clockTime(late, ZONE)).toBe("10:30");
    expect(longDate("2026-11-23")).toBe("lunes, 23 de noviembre");
    expect(weekday("2026-11-23")).toBe("lunes");
    expect(shortDate("2026-11-20")).toMatch(/^20 nov/u);
  });
});

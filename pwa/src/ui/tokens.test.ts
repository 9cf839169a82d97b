import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { standingWords } from "./chip.tsx";

const css = readFileSync(fileURLToPath(new URL("./tokens.css", import.meta.url)), "utf8");

/** The colours of one block, by name. */
function colours(opening: string): Record<string, string> {
  const start = css.indexOf(opening);
  const block = css.slice(start, css.indexOf("}", start));
  const found = block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/gu);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

const themes = {
  light: colours(":root {"),
  dark: colours(':root[data-theme="dark"] {'),
};

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((n) => Number.parseInt(hex.slice(n, n + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT = [
  ["ink", "paper"],
  ["ink", "surface"],
  ["ink", "surface-2"],
  ["ink", "absent-soft"],
  ["ink", "hatch"],
  ["ink-2", "paper"],
  ["ink-2", "surface"],
  ["ink-2", "surface-2"],
  ["ink-2", "hatch"],
  ["on-action", "action"],
  ["action-ink", "surface"],
  ["action-ink", "action-soft"],
  ["on-absent", "absent"],
  ["absent-ink", "absent-soft"],
  ["absent-ink", "surface"],
  ["on-late", "late"],
  ["on-office", "office"],
  ["on-office", "surface"],
  ["paper", "ink"],
] as const;

const EDGES = [
  ["line-strong", "paper"],
  ["line-strong", "surface"],
  ["late-line", "late"],
  ["late-line", "surface"],
  ["office-line", "office"],
  ["office-line", "surface"],
  ["focus", "surface"],
  ["focus-gap", "focus"],
] as const;

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  const value = (name: string): string => themes[theme][name] ?? "missing";

  it.each(TEXT)("reads: %s on %s", (text, ground) => {
    expect(contrast(value(text), value(ground))).toBeGreaterThan(4.5);
  });

  it.each(EDGES)("shows the edge: %s on %s", (edge, ground) => {
    expect(contrast(value(edge), value(ground))).toBeGreaterThan(3);
  });

  it("keeps the order of weight in grey: absent, late, known, present", () => {
    const ground = luminance(value("surface"));
    const away = (name: string) => Math.abs(luminance(value(name)) - ground);
    expect(away("absent")).toBeGreaterThan(away("late"));
    expect(away("late")).toBeGreaterThan(0);
    expect(away("absent")).toBeGreaterThan(away("absent-soft"));
  });
});

it("says the same colours whether dark comes from the system or from the attribute", () => {
  expect(colours(':root:not([data-theme="light"]) {')).toEqual(themes.dark);
});

it.each([
  [{ standing: "upcoming", at: "8:53" }, "Opens 8:53"],
  [{ standing: "due", at: "8:15", minutesLeft: 6 }, "Due 8:15 · 6 min left"],
  [{ standing: "late", at: "8:15" }, "Late · was due 8:15"],
  [{ standing: "exempt", reason: "trip" }, "No roll expected: trip"],
  [{ standing: "saved", at: "8:11" }, "Saved here 8:11"],
] as const)("says a standing in words", (chip, words) => {
  expect(standingWords(chip)).toBe(words);
});

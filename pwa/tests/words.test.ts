/** Every sentence of the pages is there in Spanish, and nothing is shown that is not a sentence. */

import { describe, expect, it } from "vitest";
import office from "../src/words/es/office.json" with { type: "json" };
import shared from "../src/words/es/shared.json" with { type: "json" };
import teacher from "../src/words/es/teacher.json" with { type: "json" };
import worker from "../src/words/es/worker.json" with { type: "json" };
import { modulesIn, type Said, type Sentence, saidIn } from "./said.ts";

type Catalog = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const FOLDERS = ["core", "ui", "device", "worker", "teacher", "office"] as const;
const modules = new Map<string, Said>(
  FOLDERS.flatMap(modulesIn).map((path): [string, Said] => [path, saidIn(path)]),
);

/** All that the worker loads: what it says must not wait for a page's catalog. */
function reach(start: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...(modules.get(path)?.imports ?? []));
  }
  return seen;
}

const inWorker = reach("worker/sw.ts");

/** Which catalog a module's sentences stand in. */
function homeOf(path: string): "worker" | "shared" | "teacher" | "office" {
  if (inWorker.has(path)) return "worker";
  if (path.startsWith("office/")) return "office";
  return path.startsWith("teacher/") ? "teacher" : "shared";
}

function saidAt(home: ReturnType<typeof homeOf>): Sentence[] {
  const own = [...modules].filter(([path]) => homeOf(path) === home);
  return own.flatMap(([, { sentences }]) => sentences);
}

/** Each catalog, and those that every page has that has it. */
const CATALOGS: readonly [name: ReturnType<typeof homeOf>, own: Catalog, before: Catalog][] = [
  ["worker", worker, {}],
  ["shared", shared, worker],
  ["teacher", teacher, { ...worker, ...shared }],
  ["office", office, { ...worker, ...shared }],
];

const holesIn = (words: string): string[] => [...(words.match(/\{\d\}/gu) ?? [])].sort();
const englishOf = (key: string): string => key.slice(key.indexOf("¦") + 1);
const edges = (words: string): string => `${/^\s*/u.exec(words)}|${/\s*$/u.exec(words)}`;
const stars = (words: string): number => words.split("*").length;

/** Why a Spanish sentence cannot stand for the English one; null where it can. */
function misfit(key: string, spanish: string | Readonly<Record<string, string>>): string | null {
  const english = englishOf(key);
  if (typeof spanish !== "string")
    return "other" in spanish && "one" in spanish && holesIn(spanish["other"] ?? "").length === 1
      ? null
      : "a plural needs one and other, and its number";
  if (String([...new Set(holesIn(spanish))]) !== String([...new Set(holesIn(english))]))
    return "other holes";
  if (edges(spanish) !== edges(english)) return "other spaces at its ends";
  return stars(spanish) === stars(english) ? null : "other words in bold";
}

describe.each(CATALOGS)("the %s's catalog", (name, own, before) => {
  const said = saidAt(name);

  it("has every sentence that is said", () => {
    const lacking = said.filter(({ key }) => !(key in own) && !(key in before));
    expect(lacking.map(({ key, at }) => `${at} ${key}`)).toEqual([]);
  });

  it("has no sentence that nobody says, and none twice", () => {
    const keys = new Set(said.map(({ key }) => key));
    expect(Object.keys(own).filter((key) => !keys.has(key) || key in before)).toEqual([]);
  });

  it("has the holes, the spaces and the bold words of the English", () => {
    const odd = Object.entries(own).map(([key, words]) => [key, misfit(key, words)] as const);
    expect(odd.filter(([, why]) => why !== null)).toEqual([]);
  });

  it("has plurals where numbers are counted, and nowhere else", () => {
    const all: Catalog = { ...before, ...own };
    const odd = said.filter(({ key, isPlural }) => (typeof all[key] === "string") === isPlural);
    expect(odd.map(({ key, at }) => `${at} ${key}`)).toEqual([]);
  });
});

/** What stays in English: the record's own language, and what a push that cannot be read becomes. */
const STAYS = ["Asked in the inbox: does not know.", "Rollbook has a reminder for you"].concat(
  "Tap to see today's rolls.",
);

it("says nothing on a page that stands outside of a sentence", () => {
  const bare = [...modules.values()].flatMap((said) => said.bare);
  expect(bare.filter((words) => !STAYS.some((stays) => words.endsWith(` ${stays}`)))).toEqual([]);
});

it("finds what is bare, so that it would be found", () => {
  expect(saidIn("ui/gallery-parts.tsx").bare.length).toBeGreaterThan(5);
});

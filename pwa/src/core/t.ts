/**
 * The words of a page in its reader's language. A sentence stands in the code in English, and what
 * is in a catalog stands under it: "Draft saved on this tablet {0}". English needs no catalog. The
 * language is known before the first module that has words is read, and changing it reloads the page.
 */

import type { Sentence, Span } from "./spans.ts";

/** What each language calls itself, by its BCP 47 tag; `dates` is the region whose dates it writes. */
export const LANGUAGES = [
  { tag: "en", name: "English", dir: "ltr", dates: "en-US" },
  { tag: "es", name: "Español", dir: "ltr", dates: "es-US" },
] as const;

export type Language = (typeof LANGUAGES)[number]["tag"];

/** One sentence, or one a plural category where a number decides (Intl.PluralRules). */
export type Words = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export const ENGLISH: Words = {};

let language: Language = "en";
let words = ENGLISH;

/** Everything that is said from now on is said in this language. */
export function speak(tag: Language, catalog: Words = ENGLISH): void {
  language = tag;
  words = catalog;
}

export const spoken = (): Language => language;

const facts = (tag: Language) => LANGUAGES.find((each) => each.tag === tag) ?? LANGUAGES[0];

/** The region whose dates and numbers are written: "en-US". */
export const dateTag = (): string => facts(language).dates;

export const directionOf = (tag: Language): "ltr" | "rtl" => facts(tag).dir;

const known = (tag: string): Language | undefined =>
  LANGUAGES.find((each) => each.tag === tag.toLowerCase().split("-")[0])?.tag;

/** What was chosen, else the first that the browser asks for and there is, else English. */
export const languageOf = (chosen: string | null, asked: readonly string[]): Language =>
  [chosen ?? "", ...asked].flatMap((tag) => known(tag) ?? [])[0] ?? "en";

type Hole = string | number;

/** "Draft saved on this tablet {0}". */
const keyOf = (parts: readonly string[]): string =>
  parts.reduce((all, part, at) => `${all}{${at - 1}}${part}`);

function filled(pattern: string, holes: readonly Hole[]): string {
  return pattern.replace(/\{(\d)\}/gu, (_, at: string) => String(holes[Number(at)] ?? ""));
}

function patternOf(key: string): string {
  const found = words[key];
  return typeof found === "string" ? found : key.slice(key.indexOf(MEANING) + 1);
}

/** t`Waiting for network since ${time}`: the sentence, in the language of the page. */
export const t = (parts: TemplateStringsArray, ...holes: Hole[]): string =>
  filled(patternOf(keyOf(parts)), holes);

const MEANING = "¦";

/** Where one English word is two in another language: tOf("of a roll")`Late`. */
export const tOf =
  (meaning: string) =>
  (parts: TemplateStringsArray, ...holes: Hole[]): string =>
    filled(patternOf(`${meaning}${MEANING}${keyOf(parts)}`), holes);

/** "1,234": a number as the language of the page writes it. */
export const numberWords = (count: number): string => count.toLocaleString(dateTag());

/** "1 change", "2 changes": the word after a number, and the number. */
export function plural(count: number, one: string, many = `${one}s`): string {
  const found = words[`{0} ${many}`];
  const number = numberWords(count);
  if (found === undefined || typeof found === "string")
    return `${number} ${count === 1 ? one : many}`;
  const pattern = found[new Intl.PluralRules(language).select(count)] ?? found["other"] ?? "";
  return filled(pattern, [number]);
}

/** A sentence in pieces: *stars* in it are bold, and so are pieces put into it that are strong. */
export function told(parts: TemplateStringsArray, ...holes: Span[]): Sentence {
  const pieces = patternOf(keyOf(parts)).split(/(\*[^*]+\*|\{\d\})/u);
  return pieces.flatMap((piece): Span[] => {
    const hole = /^\{(\d)\}$/u.exec(piece);
    if (hole) return [holes[Number(hole[1])] ?? ""];
    if (piece.startsWith("*")) return [{ strong: piece.slice(1, -1) }];
    return piece === "" ? [] : [piece];
  });
}

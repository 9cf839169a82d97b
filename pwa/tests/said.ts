/** What the pages say, read from their syntax trees: every sentence, and what was not made one. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

export const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** A sentence as a catalog knows it; a plural has its count in {0}. */
export interface Sentence {
  readonly key: string;
  readonly holes: number;
  readonly isPlural: boolean;
  readonly at: string;
}

export interface Said {
  readonly sentences: readonly Sentence[];
  /** Words that nobody can translate, each with its place. */
  readonly bare: readonly string[];
  /** What the module loads at once, as paths under src. */
  readonly imports: readonly string[];
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

const isNode = (found: unknown): found is Node =>
  typeof found === "object" && found !== null && typeof (found as Node).type === "string";

const inner = (node: Node): Node[] =>
  Object.values(node).flatMap((found) =>
    Array.isArray(found) ? found.filter(isNode) : isNode(found) ? [found] : [],
  );

const LETTERS = /\p{L}{2}/u;
const SPOKEN = new Set([
  "title",
  "label",
  "aria-label",
  "placeholder",
  "alt",
  "hint",
  "lead",
  "sub",
]);
/** The same where a list of things to show is built first. */
const SHOWN = new Set(["words", "title", "says", "sub", "lead", "hint", "label", "caption"]);
/** The product's own name is said in every language. */
const NAMES = new Set(["Rollbook", "QR"]);
const TAGS = new Set(["t", "told"]);

const text = (node: Node | undefined, name: string): string => String(node?.[name] ?? "");

/** "{0} of {1}": a template with its holes numbered. */
function patternOf(quasi: Node): { readonly key: string; readonly holes: number } {
  const parts = quasi["quasis"] as readonly Node[];
  const words = parts.map((part) => text(part["value"] as Node, "cooked"));
  const key = words.reduce((all, part, at) => `${all}{${at - 1}}${part}`);
  return { key, holes: words.length - 1 };
}

/** The meaning in front of the key, where `tOf("of a roll")` says which of two is meant. */
function meaningOf(tag: Node): string | null {
  if (tag.type === "Identifier") return TAGS.has(text(tag, "name")) ? "" : null;
  const called = tag.type === "CallExpression" ? (tag["callee"] as Node) : null;
  if (called === null || text(called, "name") !== "tOf") return null;
  return `${text((tag["arguments"] as readonly Node[])[0], "value")}¦`;
}

const literal = (node: Node | undefined): string | null =>
  node?.type === "Literal" && typeof node["value"] === "string" ? node["value"] : null;

/** The key of `plural(count, "roll")`: what follows the number where it is many; null if unknown. */
function pluralOf([, one, many]: readonly Node[]): string | null {
  const words = many === undefined ? literal(one) && `${literal(one)}s` : literal(many);
  return literal(one) && words ? `{0} ${words}` : null;
}

/** Words that look like a sentence and stand as they are in the code. */
function loose(node: Node): string | null {
  const words = node.type === "TemplateLiteral" ? patternOf(node).key : literal(node);
  return words !== null && /^[^\p{L}]*\p{Lu}\p{Ll}+.* \p{Ll}{2}/u.test(words) ? words : null;
}

/** Where words are for nobody's eyes: faults, what is compared, types, and what a tag has taken. */
const UNSEEN = new Set([
  "NewExpression",
  "BinaryExpression",
  "SwitchCase",
  "TaggedTemplateExpression",
]);
const isUnseen = (node: Node): boolean => UNSEEN.has(node.type) || node.type.startsWith("TS");

/** A part of a page that shows words without asking how they are in another language. */
function bareIn(node: Node): string | null {
  if (node.type === "JSXText") {
    const words = text(node, "value").trim();
    return LETTERS.test(words) && !NAMES.has(words) ? words : null;
  }
  if (node.type === "Property" && SHOWN.has(text(node["key"] as Node, "name"))) {
    const words = literal(node["value"] as Node);
    return words !== null && LETTERS.test(words) && !NAMES.has(words) ? words : null;
  }
  if (node.type !== "JSXAttribute" || !SPOKEN.has(text(node["name"] as Node, "name"))) return null;
  const value = node["value"] as Node | undefined;
  const held = value?.type === "JSXExpressionContainer" ? (value["expression"] as Node) : value;
  const words =
    held?.type === "TemplateLiteral" ? patternOf(held).key.replace(/\{\d\}/gu, "") : literal(held);
  return words !== null && LETTERS.test(words) && !NAMES.has(words) ? words : null;
}

/** What is loaded at once; a type leaves nothing behind, and what is fetched later is apart. */
function importIn(node: Node): string | null {
  const from = node["source"] as Node | null | undefined;
  const isLoaded = node.type === "ImportDeclaration" || node.type.startsWith("Export");
  if (!isLoaded || !from || node["importKind"] === "type" || node["exportKind"] === "type")
    return null;
  const all = (node["specifiers"] ?? []) as readonly Node[];
  const types = all.length > 0 && all.every((one) => one["importKind"] === "type");
  return types ? null : literal(from);
}

/** Everything that one module says. */
export function saidIn(path: string): Said {
  const source = readFileSync(join(SRC, path), "utf8");
  const sentences: Sentence[] = [];
  const bare: string[] = [];
  const imports: string[] = [];
  const at = (node: Node) => `${path}:${source.slice(0, node.start).split("\n").length}`;

  function sentenceIn(node: Node): void {
    if (node.type === "TaggedTemplateExpression") {
      const meaning = meaningOf(node["tag"] as Node);
      if (meaning === null) return;
      const { key, holes } = patternOf(node["quasi"] as Node);
      sentences.push({ key: `${meaning}${key}`, holes, isPlural: false, at: at(node) });
    }
    if (node.type !== "CallExpression") return;
    if (text(node["callee"] as Node, "name") !== "plural") return;
    const key = pluralOf(node["arguments"] as readonly Node[]);
    if (key === null) bare.push(`${at(node)} a plural of words that are not known here`);
    else sentences.push({ key, holes: 1, isPlural: true, at: at(node) });
  }

  function walk(node: Node, within?: Node): void {
    sentenceIn(node);
    const words = bareIn(node) ?? (within && isUnseen(within) ? null : loose(node));
    if (words !== null) bare.push(`${at(node)} ${words}`);
    const loaded = importIn(node);
    if (loaded?.startsWith(".") && /\.tsx?$/u.test(loaded))
      imports.push(relative(SRC, resolve(SRC, dirname(path), loaded)));
    for (const part of inner(node)) walk(part, node);
  }
  walk(parseSync(path, source).program as unknown as Node);
  return { sentences, bare, imports };
}

const isWritten = (name: string): boolean =>
  /\.tsx?$/u.test(name) && !/\.test\.tsx?$|^gallery|^icons\.ts$|sample\.ts$/u.test(name);

/** The modules of one folder under src; tests and the gallery of parts say nothing to anybody. */
export const modulesIn = (folder: string): string[] =>
  readdirSync(join(SRC, folder))
    .filter(isWritten)
    .map((name) => `${folder}/${name}`);

/** A sentence in pieces, so that a page may set what matters in bold without knowing the words. */

import { t } from "./t.ts";

export type Span = string | { readonly strong: string };

export type Sentence = readonly Span[];

export const strong = (words: string): Span => ({ strong: words });

export const plain = (sentence: Sentence): string =>
  sentence.map((span) => (typeof span === "string" ? span : span.strong)).join("");

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** "Ana", "Ana and Ben", "Ana, Ben and Cal". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : t`${names.slice(0, -1).join(", ")} and ${last}`;
}

/** What somebody wrote, quoted as the end of a sentence, with one full stop. */
export function quoted(words: string): string {
  const said = words.trim();
  return /[.!?…]$/u.test(said) ? `“${said}”` : `“${said}”.`;
}

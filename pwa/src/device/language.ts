/**
 * The language of this browser's pages: what was chosen here last, else what the browser asks for.
 * It is known before anything is said, and the worker is told for the reminders it shows.
 */

import { directionOf, type Language, languageOf, speak, spoken, type Words } from "../core/t.ts";
import * as store from "./store.ts";

const KEPT = "rollbook.language";

/** What fetches the words of a page, by language; English stands in the code. */
export type Catalogs = Readonly<
  Record<Exclude<Language, "en">, () => Promise<{ readonly words: Words }>>
>;

function chosen(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

async function tellWorker(): Promise<void> {
  if ((await store.readMeta("language")) !== spoken()) await store.writeMeta("language", spoken());
}

/** Before the first module with words is read. Where the words cannot be fetched it is English. */
export async function speakHere(catalogs: Catalogs): Promise<void> {
  const tag = languageOf(chosen(), navigator.languages);
  const catalog = tag === "en" ? null : await catalogs[tag]().catch(() => null);
  if (catalog) speak(tag, catalog.words);
  document.documentElement.lang = spoken();
  document.documentElement.dir = directionOf(spoken());
  void tellWorker().catch(() => undefined);
}

/** The page comes again in this language, on the same screen. */
export function turnTo(tag: Language): void {
  localStorage.setItem(KEPT, tag);
  location.reload();
}

/** Each reminder is said in the language of whom it is for: the worker outlives a choice. */

import { ENGLISH, LANGUAGES, type Language, speak, type Words } from "../core/t.ts";
import { languageFor } from "../device/tags.ts";
import { words as spanish } from "../words/es-worker.ts";

const CATALOGS: Readonly<Record<Language, Words>> = { en: ENGLISH, es: spanish };

const speakIn = (tag: Language) => speak(tag, CATALOGS[tag]);

/** Before anything is said of a notification: as its person reads here. */
export const speakTo = async (notification: string): Promise<void> =>
  speakIn(await languageFor(notification).catch(() => "en" as const));

/** The same work for the readers of each language, one after the other. */
export async function inEachLanguage(work: () => Promise<void>): Promise<void> {
  for (const { tag } of LANGUAGES) {
    speakIn(tag);
    await work();
  }
}

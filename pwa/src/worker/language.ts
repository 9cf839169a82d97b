/** Reminders are said in the language that this browser's pages were last in. */

import { ENGLISH, type Language, speak, type Words } from "../core/t.ts";
import * as store from "../device/store.ts";
import { words as spanish } from "../words/es-worker.ts";

const CATALOGS: Readonly<Record<Language, Words>> = { en: ENGLISH, es: spanish };

/** Before anything is said: the worker outlives a choice. */
export async function speakAsThePages(): Promise<void> {
  const tag = (await store.readMeta("language").catch(() => null)) ?? "en";
  speak(tag, CATALOGS[tag]);
}

/** How this tablet's people like it; kept beside the outbox, so that it outlives a sign-out. */

import { t } from "../core/t.ts";
import * as store from "../device/store.ts";
import { noteTrouble, preferences } from "./state.ts";

export async function changePreferences(next: store.Preferences): Promise<void> {
  try {
    preferences.value = await store.writeMeta("preferences", next);
  } catch (error) {
    noteTrouble(error, t`how you like it`);
  }
}

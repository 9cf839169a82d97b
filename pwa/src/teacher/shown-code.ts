/** Which waiting roll is shown as a code to another tablet. */

import { signal } from "@preact/signals";
import type { Entry } from "../core/entry.ts";

export const shownCode = signal<Entry | null>(null);

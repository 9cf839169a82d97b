/** Tiles on a tablet, rows on a phone, or what the person chose. */

import { computed, signal } from "@preact/signals";
import { preferences } from "./state.ts";

const narrow = matchMedia("(max-width: 599px)");
export const isNarrow = signal(narrow.matches);
narrow.addEventListener("change", () => {
  isNarrow.value = narrow.matches;
});

export const layout = computed((): "tile" | "row" =>
  isNarrow.value ? "row" : (preferences.value.view ?? "tile"),
);

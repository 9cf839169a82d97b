/** Tiles on a tablet, rows on a phone, or what the person chose. */

import { computed, signal } from "@preact/signals";
import { preferences } from "./state.ts";

function follows(query: string) {
  const media = matchMedia(query);
  const matches = signal(media.matches);
  media.addEventListener("change", () => {
    matches.value = media.matches;
  });
  return matches;
}

export const isNarrow = follows("(max-width: 599px)");
/** There is room beside the title for more than the standing. */
export const isWide = follows("(min-width: 900px)");

export const layout = computed((): "tile" | "row" =>
  isNarrow.value ? "row" : (preferences.value.view ?? "tile"),
);

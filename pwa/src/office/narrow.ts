/** How wide the window is, where the layout alone cannot tell. */

import { signal } from "@preact/signals";

const NARROW = matchMedia("(max-width: 1199px)");

/** Whether a panel covers the page instead of standing beside it. */
export const narrow = signal(NARROW.matches);
NARROW.addEventListener("change", ({ matches }) => {
  narrow.value = matches;
});

const CROWDED = matchMedia("(max-width: 999px)");

/** Whether the pages of the desk do not fit beside each other in the bar. */
export const crowded = signal(CROWDED.matches);
CROWDED.addEventListener("change", ({ matches }) => {
  crowded.value = matches;
});

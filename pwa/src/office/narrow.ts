/** How wide the window is, where the layout alone cannot tell. */

import { signal } from "@preact/signals";

const NARROW = matchMedia("(max-width: 1199px)");

/** Whether a panel covers the page instead of standing beside it. */
export const narrow = signal(NARROW.matches);
NARROW.addEventListener("change", ({ matches }) => {
  narrow.value = matches;
});

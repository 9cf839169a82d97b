import { CellFace } from "./cell.tsx";
import type { CellKind, Extra } from "./cells.ts";

const SHOWN: readonly (readonly [CellKind, string, readonly Extra[], string])[] = [
  ["open", "Open", [], "on a tablet"],
  ["saved", "Saved", [], "there, on its way"],
  ["received", "8:12", [], "received"],
  ["late", "8:31", [], "late"],
  ["received", "8:11", ["came_later"], "on time, came later"],
  ["received", "8:09", ["corrected"], "changed since"],
  ["contested", "1", [], "contested"],
  ["received", "8:10", ["unmarked"], "not all marked"],
  ["received", "8:07", ["uncertified"], "on a day pass"],
  ["exempt", "Trip", [], "no roll expected"],
  ["upcoming", "", [], "not open yet"],
];

/** What the cells mean. */
export function Legend() {
  return (
    <ul class="legend" aria-label="What the cells mean">
      {SHOWN.map(([kind, text, extras, words]) => (
        <li key={words}>
          <CellFace cell={{ kind, text, extras }} /> {words}
        </li>
      ))}
      <li>blank: no meeting</li>
    </ul>
  );
}

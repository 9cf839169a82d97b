import { t, tOf } from "../core/t.ts";
import { CellFace } from "./cell.tsx";
import type { CellKind, Extra } from "./cells.ts";

const SHOWN: readonly (readonly [CellKind, string, readonly Extra[], string])[] = [
  ["open", t`Open`, [], t`on a tablet`],
  ["saved", tOf("a cell")`Saved`, [], t`there, on its way`],
  ["received", "8:12", [], tOf("rolls")`received`],
  ["late", "8:31", [], tOf("rolls")`late`],
  ["received", "8:11", ["came_later"], t`on time, came later`],
  ["received", "8:09", ["corrected"], t`changed since`],
  ["contested", "1", [], tOf("rolls")`contested`],
  ["received", "8:10", ["unmarked"], t`not all marked`],
  ["received", "8:07", ["uncertified"], t`on a day pass`],
  ["exempt", t`Trip`, [], t`no roll expected`],
  ["upcoming", "", [], t`not open yet`],
];

/** What the cells mean. */
export function Legend() {
  return (
    <ul class="legend" aria-label={t`What the cells mean`}>
      {SHOWN.map(([kind, text, extras, words]) => (
        <li key={words}>
          <CellFace cell={{ kind, text, extras }} /> {words}
        </li>
      ))}
      <li>{t`blank: no meeting`}</li>
    </ul>
  );
}

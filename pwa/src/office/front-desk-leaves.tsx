/** What lies together at the front desk: the window, the telephone, and what waits for a reason. */

import { t } from "../core/t.ts";
import { spellRoute } from "./route.ts";

const LEAVES = [
  { name: "window", page: "front-desk", part: "window", title: t`At the window` },
  { name: "ahead", page: "front-desk", part: "ahead", title: t`Known ahead` },
  { name: "clearing", page: "clearing", part: null, title: t`Clearing` },
  { name: "contradictions", page: "contradictions", part: null, title: t`Contradictions` },
] as const;

export type DeskLeaf = (typeof LEAVES)[number]["name"];

export function DeskLeaves({ here }: { here: DeskLeaf }) {
  return (
    <nav class="leaves" aria-label={t`Front desk`}>
      <ul>
        {LEAVES.map(({ name, page, part, title }) => (
          <li key={name}>
            <a
              class="leaf"
              href={spellRoute({ page, part, query: {} })}
              aria-current={name === here ? "page" : undefined}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

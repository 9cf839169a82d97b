/** The reports of the desk: what is missing, what nobody took, and how rolls came. */

import type { ComponentType } from "preact";
import type { SignedInAs } from "../wire.ts";
import { MissingReport } from "./missing-report.tsx";
import { NeverReport } from "./never-report.tsx";
import { RatesReport } from "./rates-report.tsx";
import { route, spellRoute } from "./route.ts";
import { TeachersReport } from "./teachers-report.tsx";

interface Leaf {
  readonly part: string;
  readonly title: string;
  readonly Show: ComponentType<{ who: SignedInAs }>;
  readonly administrators?: true;
}

const LEAVES: readonly Leaf[] = [
  { part: "not-submitted", title: "Not submitted", Show: MissingReport },
  { part: "never-taken", title: "Never taken", Show: NeverReport },
  { part: "submission", title: "Submission", Show: RatesReport },
  { part: "teachers", title: "Teachers", Show: TeachersReport, administrators: true },
];
const FIRST = LEAVES[0] as Leaf;

/** What somebody of this role may read. */
export const leavesFor = (role: string): readonly Leaf[] =>
  LEAVES.filter((leaf) => !leaf.administrators || role === "administrator");

export function ReportsPage({ who }: { who: SignedInAs }) {
  const leaves = leavesFor(who.me.role);
  const chosen = leaves.find(({ part }) => part === route.value.part) ?? FIRST;
  return (
    <main class="desk-main report">
      <nav class="leaves" aria-label="Reports">
        <ul>
          {leaves.map(({ part, title }) => (
            <li key={part}>
              <a
                class="leaf"
                href={spellRoute({ page: "reports", part, query: {} })}
                aria-current={part === chosen.part ? "page" : undefined}
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <chosen.Show who={who} />
    </main>
  );
}

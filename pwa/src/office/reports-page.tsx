/** The reports of the desk: what is missing, what nobody took, and how rolls came. */

import type { ComponentType } from "preact";
import type { SignedInAs } from "../wire.ts";
import { MissingReport } from "./missing-report.tsx";
import { NeverReport } from "./never-report.tsx";
import { RatesReport } from "./rates-report.tsx";
import { partsFor, ReportLeaves } from "./report-leaves.tsx";
import { route } from "./route.ts";
import { TeachersReport } from "./teachers-report.tsx";

interface Leaf {
  readonly part: string;
  readonly Show: ComponentType<{ who: SignedInAs }>;
}

const LEAVES: readonly Leaf[] = [
  { part: "not-submitted", Show: MissingReport },
  { part: "never-taken", Show: NeverReport },
  { part: "submission", Show: RatesReport },
  { part: "teachers", Show: TeachersReport },
];
const FIRST = LEAVES[0] as Leaf;

export function ReportsPage({ who }: { who: SignedInAs }) {
  const parts = partsFor(who.me.role, "reports");
  const leaves = LEAVES.filter(({ part }) => parts.includes(part));
  const chosen = leaves.find(({ part }) => part === route.value.part) ?? FIRST;
  return (
    <main class="desk-main report">
      <ReportLeaves role={who.me.role} page="reports" part={chosen.part} />
      <chosen.Show who={who} />
    </main>
  );
}

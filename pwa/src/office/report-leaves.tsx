/** What there is to read about the school's rolls, over each of these pages. */

import { t } from "../core/t.ts";
import { spellRoute } from "./route.ts";

interface Leaf {
  readonly page: string;
  readonly part: string | null;
  readonly title: string;
  readonly administrators?: true;
}

const LEAVES: readonly Leaf[] = [
  { page: "reports", part: "not-submitted", title: t`Not submitted` },
  { page: "reports", part: "never-taken", title: t`Never taken` },
  { page: "reports", part: "submission", title: t`Submission` },
  { page: "reports", part: "teachers", title: t`Teachers`, administrators: true },
  { page: "signatures", part: null, title: t`Signatures` },
  { page: "audit", part: null, title: t`Audit` },
];

/** What somebody of this role may read of a page. */
export const partsFor = (role: string, page: string): readonly (string | null)[] =>
  LEAVES.filter((leaf) => leaf.page === page)
    .filter((leaf) => !leaf.administrators || role === "administrator")
    .map(({ part }) => part);

export function ReportLeaves(props: { role: string; page: string; part?: string }) {
  const { role, page, part = null } = props;
  const leaves = LEAVES.filter((leaf) => !leaf.administrators || role === "administrator");
  return (
    <nav class="leaves" aria-label={t`Reports`}>
      <ul>
        {leaves.map((leaf) => (
          <li key={leaf.title}>
            <a
              class="leaf"
              href={spellRoute({ page: leaf.page, part: leaf.part, query: {} })}
              aria-current={leaf.page === page && leaf.part === part ? "page" : undefined}
            >
              {leaf.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What waits for a person. */

import type { SignedInAs } from "../wire.ts";
import { HeldList } from "./held.tsx";
import { PageHead } from "./page.tsx";

export function HeldPage({ who }: { who: SignedInAs }) {
  return (
    <main class="desk-main">
      <PageHead title="Held by the office" lead="Nothing is lost: it waits here for a person." />
      <HeldList zone={who.school.zone} school={who.school.school_id} />
    </main>
  );
}

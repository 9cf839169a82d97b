/** What the desk's pages share: a head with its title, a sentence, and what can be done. */

import type { ComponentChildren } from "preact";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";

export interface PageHeadProps {
  title: ComponentChildren;
  lead?: ComponentChildren;
  children?: ComponentChildren;
}

export function PageHead({ title, lead, children }: PageHeadProps) {
  return (
    <div class="desk-head">
      <div class="desk-title">
        <h1>{title}</h1>
        {lead && <p>{lead}</p>}
      </div>
      {children && <div class="desk-does">{children}</div>}
    </div>
  );
}

/** Why what the page is about is not here, and the way to ask for it again. */
export function NotFetched({ why, again }: { why: string; again: () => void }) {
  return (
    <Banner
      kind="refused"
      icon="warn"
      action={
        <Button kind="plain" size="desk" onPress={again}>
          {t`Try again`}
        </Button>
      }
    >
      {why}
    </Banner>
  );
}

/** What the desk's pages share: a head with its title, a sentence, and what can be done. */

import type { ComponentChildren } from "preact";

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

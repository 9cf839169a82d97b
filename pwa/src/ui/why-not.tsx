import { t } from "../core/t.ts";
import type { WhyNot } from "../core/why-not.ts";

/** Why a roll cannot be taken here: four answers, each under what it answers. */
export function WhyNotWords({ of }: { of: WhyNot }) {
  return (
    <div class="why-not">
      <p>
        <b>{t`Why:`}</b> {of.why}
      </p>
      <p>
        <b>{t`When it opens:`}</b> {of.opens}
      </p>
      <p>
        <b>{t`Who can change that:`}</b> {of.who}
      </p>
      <p>
        <b>{t`What can be done all the same:`}</b> {of.still}
      </p>
    </div>
  );
}

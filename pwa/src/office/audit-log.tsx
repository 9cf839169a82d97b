/** The check of the log: rolls folded again, and what differs. */

import { t } from "../core/t.ts";
import type { Integrity } from "../wire.ts";
import { Dates } from "./audit-dates.tsx";
import { integrityLead, integrityTitle } from "./audit-words.ts";
import { PageHead } from "./page.tsx";
import { PrintButton } from "./report-parts.tsx";

export function Log({ told }: { told: Integrity }) {
  return (
    <>
      <PageHead title={integrityTitle(told)} lead={integrityLead(told)}>
        <PrintButton />
      </PageHead>
      <div class="report-asks">
        <Dates part="log" from={told.from} to={told.to} />
      </div>
      <p class="report-note">
        {t`Each entry is compared with its own SHA-256, each roll is folded again from its entries and compared with what is shown, and so are signed weeks and closed months.`}
      </p>
      {told.differences.length > 0 && (
        <ul class="signature-changes">
          {told.differences.map(({ roll_id, what }) => (
            <li key={`${roll_id}/${what}`}>
              {roll_id ? <code>{roll_id}</code> : t`The school`}: {what}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

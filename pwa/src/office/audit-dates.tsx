/** Between which dates an audit looks. */

import { t } from "../core/t.ts";
import { go, route } from "./route.ts";
import { Labelled } from "./sheets-day.tsx";

export type AuditPart = "entries" | "outages" | "log";

export function Dates({ part, from, to }: { part: AuditPart; from: string; to: string }) {
  const { query } = route.value;
  const field = (label: string, name: "from" | "to", value: string) => (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          class="ask-input"
          type="date"
          value={value}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            if (/^\d{4}-\d{2}-\d{2}$/u.test(chosen))
              go("audit", part, { ...query, from, to, [name]: chosen });
          }}
        />
      )}
    </Labelled>
  );
  return (
    <>
      {field(t`From`, "from", from)}
      {field(t`To`, "to", to)}
    </>
  );
}

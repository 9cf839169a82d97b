/** The audit: who entered which roll when and every change, outages, and the check of the log. */

import { useLayoutEffect } from "preact/hooks";
import { schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { SignedInAs } from "../wire.ts";
import type { AuditPart } from "./audit-dates.tsx";
import { Entries } from "./audit-entries.tsx";
import { Log } from "./audit-log.tsx";
import { Away } from "./audit-outages.tsx";
import { instantNow } from "./desk.ts";
import { ReportLeaves } from "./report-leaves.tsx";
import { Shown } from "./report-parts.tsx";
import { entries, integrity, outages } from "./reports.ts";
import { route, spellRoute } from "./route.ts";

const PARTS = [
  ["entries", t`Entries and changes`],
  ["outages", t`Outages`],
  ["log", t`Check of the log`],
] as const satisfies readonly (readonly [AuditPart, string])[];

function Parts({ part }: { part: AuditPart }) {
  const { from, to } = route.value.query;
  const query = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  return (
    <ul class="audit-parts">
      {PARTS.map(([name, title]) => (
        <li key={name}>
          <a
            href={spellRoute({ page: "audit", part: name, query })}
            aria-current={name === part ? "true" : undefined}
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function AuditPage({ who }: { who: SignedInAs }) {
  const { school_id, zone } = who.school;
  const { query } = route.value;
  const part = PARTS.find(([name]) => name === route.value.part)?.[0] ?? "entries";
  const today = schoolDate(instantNow(), zone);
  const from = query["from"] ?? today;
  const to = query["to"] ?? from;
  const staff_id = query["staff_id"] ?? null;
  const student_id = query["student_id"] ?? null;
  useLayoutEffect(() => {
    const dates = { from, to };
    if (part === "outages") void outages.begin(school_id, dates);
    else if (part === "log") void integrity.begin(school_id, dates);
    else void entries.begin(school_id, { ...dates, staff_id, student_id });
  }, [school_id, part, from, to, staff_id, student_id]);
  return (
    <main class="desk-main report audit">
      <ReportLeaves role={who.me.role} page="audit" />
      <Parts part={part} />
      {part === "entries" && (
        <Shown loaded={entries.shown.value} waiting={t`Reading the log`}>
          {(told) => <Entries told={told} />}
        </Shown>
      )}
      {part === "outages" && (
        <Shown loaded={outages.shown.value} waiting={t`Looking what arrived late`}>
          {(told) => <Away told={told} />}
        </Shown>
      )}
      {part === "log" && (
        <Shown loaded={integrity.shown.value} waiting={t`Folding the rolls again`}>
          {(told) => <Log told={told} />}
        </Shown>
      )}
    </main>
  );
}

/** The audit: who entered which roll when and every change, outages, and the check of the log. */

import { useLayoutEffect } from "preact/hooks";
import { longDate, schoolDate } from "../core/dates.ts";
import { plural } from "../core/words.ts";
import { Empty } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import type { AuditReport, AuditRoll, Integrity, Outages, SignedInAs } from "../wire.ts";
import { auditFile } from "./audit-api.ts";
import {
  atWords,
  auditTitle,
  didWords,
  enteredWords,
  integrityLead,
  integrityTitle,
  outageWords,
  spanOf,
  whoWords,
} from "./audit-words.ts";
import { instantNow } from "./desk.ts";
import { PageHead } from "./page.tsx";
import { ReportLeaves } from "./report-leaves.tsx";
import { FileLinks, PrintButton, Scroll, Shown } from "./report-parts.tsx";
import { entries, integrity, outages } from "./reports.ts";
import { go, route, spellRoute } from "./route.ts";
import { Choice, Labelled } from "./sheets-day.tsx";
import { capital, listed } from "./words.ts";

const PARTS = [
  ["entries", "Entries and changes"],
  ["outages", "Outages"],
  ["log", "Check of the log"],
] as const;
type Part = (typeof PARTS)[number][0];

function Dates({ part, from, to }: { part: Part; from: string; to: string }) {
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
      {field("From", "from", from)}
      {field("To", "to", to)}
    </>
  );
}

function Parts({ part }: { part: Part }) {
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

function Roll({ roll, zone }: { roll: AuditRoll; zone: string }) {
  const heading = `${longDate(roll.on)}, ${roll.period_name}`;
  const beside = [roll.section_title, listed(roll.teacher_names)].filter(Boolean).join(", ");
  const rows = roll.taken || roll.lines.length > 0 ? roll.lines : [];
  return (
    <tbody>
      {!roll.taken && (
        <tr>
          <th scope="row">
            <a href={`#/board/${roll.on}?roll=${roll.roll_id}`}>{heading}</a>
            <span class="report-beside">{beside}</span>
          </th>
          <td colSpan={3} class="audit-not-taken">
            Not taken
          </td>
        </tr>
      )}
      {rows.map((line, place) => (
        <tr key={`${line.seq}/${line.fact}/${line.student_name}`}>
          {place === 0 && roll.taken ? (
            <th scope="rowgroup" rowSpan={rows.length}>
              <a href={`#/board/${roll.on}?roll=${roll.roll_id}`}>{heading}</a>
              <span class="report-beside">{beside}</span>
            </th>
          ) : (
            !roll.taken && <th scope="row" />
          )}
          <td>{unbroken(capital(didWords(line, zone)))}</td>
          <td>
            {unbroken(whoWords(line))}
            <span class="report-beside">{line.device_label}</span>
          </td>
          <td class={line.later_day ? "audit-later" : ""}>{enteredWords(line, zone)}</td>
        </tr>
      ))}
    </tbody>
  );
}

function Entries({ told }: { told: AuditReport }) {
  const { query } = route.value;
  const staff = query["staff_id"] ?? "";
  const asked = {
    from: told.from,
    to: told.to,
    staff_id: staff || null,
    student_id: query["student_id"] ?? null,
  };
  return (
    <>
      <PageHead
        title={auditTitle(told)}
        lead={`${spanOf(told)}. A roll that nobody took is not taken: nobody in it is present or absent.`}
      >
        <PrintButton />
        <FileLinks
          kinds={["xlsx", "csv", "pdf"]}
          href={(kind) => auditFile(told.school.school_id, kind, asked)}
        />
      </PageHead>
      <div class="report-asks">
        <Choice
          label="Teacher"
          none="Everybody, one day"
          value={staff}
          choices={told.staff.map((one) => ({ value: one.staff_id, words: one.name }))}
          onChoose={(value) => {
            const { from, to } = told;
            go("audit", "entries", value ? { from, to, staff_id: value } : { from });
          }}
        />
        {staff || query["student_id"] ? (
          <Dates part="entries" from={told.from} to={told.to} />
        ) : (
          <Labelled label="Day">
            {(id) => (
              <input
                id={id}
                class="ask-input"
                type="date"
                value={told.from}
                onChange={(event) => {
                  const from = event.currentTarget.value;
                  if (/^\d{4}-\d{2}-\d{2}$/u.test(from)) go("audit", "entries", { from });
                }}
              />
            )}
          </Labelled>
        )}
      </div>
      {told.rolls.length === 0 ? (
        <Empty icon="calendar" title="No rolls were expected">
          <p>Between these days nothing was expected of them.</p>
        </Empty>
      ) : (
        <section class="report-part">
          <Scroll label="Entries and changes">
            <table class="report-table audit-table">
              <caption class="unseen">Rolls with each entry and change, in order</caption>
              <thead>
                <tr>
                  <th scope="col">Roll</th>
                  <th scope="col">What was done</th>
                  <th scope="col">By whom</th>
                  <th scope="col">Received</th>
                </tr>
              </thead>
              {told.rolls.map((roll) => (
                <Roll key={roll.roll_id} roll={roll} zone={told.school.zone} />
              ))}
            </table>
          </Scroll>
        </section>
      )}
    </>
  );
}

const AWAY = `Told by rolls that arrived more than two minutes after they were taken. A tablet that was
away and took nothing is not seen; when the server itself was started is not kept.`;

function Away({ told }: { told: Outages }) {
  const { zone } = told.school;
  const count = told.outages.length;
  return (
    <>
      <PageHead
        title={
          count === 0 ? "No roll waited for a network" : `${plural(count, "outage")} of tablets`
        }
        lead={`${spanOf(told)}. ${AWAY}`}
      >
        <PrintButton />
      </PageHead>
      <div class="report-asks">
        <Dates part="outages" from={told.from} to={told.to} />
      </div>
      {told.clocks.map((word) => (
        <p class="report-note" key={word.at}>
          {atWords(word.at, zone)}: {word.what}
        </p>
      ))}
      {count === 0 ? (
        <Empty icon="tick" title="Everything arrived at once">
          <p>Every roll of these days was here within two minutes.</p>
        </Empty>
      ) : (
        <section class="report-part">
          <Scroll label="Outages">
            <table class="report-table report-rates">
              <caption class="unseen">Tablets that were away, the earliest first</caption>
              <thead>
                <tr>
                  <th scope="col">From and to</th>
                  <th scope="col">Tablet</th>
                  <th scope="col">Whose rolls</th>
                  <th scope="col" class="number">
                    Entries
                  </th>
                  <th scope="col" class="number">
                    Longest, min
                  </th>
                </tr>
              </thead>
              <tbody>
                {told.outages.map((one) => (
                  <tr key={`${one.from_at}/${one.device_label}`}>
                    <th scope="row">{outageWords(one, zone)}</th>
                    <td>{one.device_label ?? "Without a name"}</td>
                    <td>{unbroken(listed(one.names))}</td>
                    <td class="number">{one.entries}</td>
                    <td class="number">{one.longest_min}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </section>
      )}
    </>
  );
}

function Log({ told }: { told: Integrity }) {
  return (
    <>
      <PageHead title={integrityTitle(told)} lead={integrityLead(told)}>
        <PrintButton />
      </PageHead>
      <div class="report-asks">
        <Dates part="log" from={told.from} to={told.to} />
      </div>
      <p class="report-note">
        Each entry is compared with its own SHA-256, each roll is folded again from its entries and
        compared with what is shown, and so are signed weeks and closed months.
      </p>
      {told.differences.length > 0 && (
        <ul class="signature-changes">
          {told.differences.map(({ roll_id, what }) => (
            <li key={`${roll_id}/${what}`}>
              {roll_id ? <code>{roll_id}</code> : "The school"}: {what}
            </li>
          ))}
        </ul>
      )}
    </>
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
        <Shown loaded={entries.shown.value} waiting="Reading the log">
          {(told) => <Entries told={told} />}
        </Shown>
      )}
      {part === "outages" && (
        <Shown loaded={outages.shown.value} waiting="Looking what arrived late">
          {(told) => <Away told={told} />}
        </Shown>
      )}
      {part === "log" && (
        <Shown loaded={integrity.shown.value} waiting="Folding the rolls again">
          {(told) => <Log told={told} />}
        </Shown>
      )}
    </main>
  );
}

/** The audit in words: pure, all of this part's sentences in one place. */

import { clockTime, longDate, ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { AuditLine, AuditReport, Integrity, Outage, Outages, ServerStart } from "../wire.ts";
import { capital, presenceWords } from "./words.ts";

const FACTS: Readonly<Record<string, string>> = {
  presence: t`the mark`,
  arrived_at: t`the arrival`,
  left_at: t`the departure`,
  reason: t`the reason`,
  excused: t`the excuse`,
  evidence: t`the evidence`,
};

const VERBS: Readonly<Record<AuditLine["kind"], string>> = {
  entered: t`entered the roll`,
  changed: t`changed`,
  ruled: t`ruled`,
  certify: t`certified the roll`,
  lock: t`locked the roll`,
  reopen: t`opened the roll again`,
};

const PRESENCES: ReadonlySet<string> = new Set([
  "present",
  "late",
  "left_early",
  "absent",
  "elsewhere",
]);

function valueWords(value: string | null, fact: string, zone: string): string {
  if (value === null || value === "") return t`nothing`;
  if (fact === "arrived_at" || fact === "left_at") return clockTime(value, zone);
  if (value === "unexcused") return t`not excused`;
  return PRESENCES.has(value) ? presenceWords(value as "present") : value;
}

/** "28 present, 2 absent" */
export const summaryWords = (summary: AuditLine["summary"]): string =>
  Object.entries(summary)
    .map(([presence, count]) => `${count} ${presenceWords(presence as "present")}`)
    .join(", ");

/** "D. Ruiz, employee 4711" */
export const whoWords = ({ by }: AuditLine): string =>
  by ? t`${by.name}, employee ${by.employee_id ?? ""}` : t`The school’s deadlines`;

/** "entered the roll: 28 present, 2 absent", "ruled: the mark of Elif from absent to present". */
export function didWords(line: AuditLine, zone: string): string {
  const verb = VERBS[line.kind];
  const why = line.why ? t`. Why: “${line.why}”` : "";
  if (line.fact === null) {
    const counts = summaryWords(line.summary);
    return `${verb}${counts ? `: ${counts}` : ""}${why}`;
  }
  const what = t`${FACTS[line.fact] ?? line.fact} of ${line.student_name ?? t`a student`}`;
  if (line.hidden) return t`${verb}: ${what}, confidential`;
  const from = valueWords(line.old, line.fact, zone);
  const to = valueWords(line.new, line.fact, zone);
  return t`${verb}: ${what} from ${from} to ${to}${why}`;
}

/** "8:03", "8:03 on Oct 7, a later day". */
export function enteredWords(line: AuditLine, zone: string): string {
  const at = clockTime(line.received_at, zone);
  return line.later_day ? t`${at} on ${shortDate(line.entered_on)}, a later day` : at;
}

export function auditTitle({ about, rolls }: AuditReport): string {
  const taken = rolls.filter(({ taken: one }) => one).length;
  const missing = rolls.length - taken;
  const said = missing > 0 ? t`, ${missing} not taken` : "";
  return `${about ? `${about}: ` : ""}${plural(rolls.length, "roll")}${said}`;
}

/** "Tuesday, October 6." */
export const spanOf = ({ from, to }: { from: string; to: string }): string =>
  from === to ? longDate(from) : t`${shortDate(from)} to ${shortDate(to)}`;

/** "Oct 6, 9:04" */
export const atWords = (instant: string, zone: string): string =>
  `${shortDate(schoolDate(ms(instant), zone))}, ${clockTime(instant, zone)}`;

/** "Oct 6, 9:04 to Oct 7, 8:30" */
export const outageWords = ({ from_at, to_at }: Outage, zone: string): string =>
  t`${atWords(from_at, zone)} to ${atWords(to_at, zone)}`;

/** "2 outages of tablets, once no server". */
export function outagesTitle({ outages, starts }: Outages): string {
  const down = starts.filter(({ outage }) => outage).length;
  const server = down > 0 ? t`the server was away ${down === 1 ? "once" : t`${down} times`}` : "";
  const tablets = outages.length > 0 ? t`${plural(outages.length, "outage")} of tablets` : "";
  return capital([tablets, server].filter(Boolean).join(", ")) || t`No roll waited for a network`;
}

const MINUTE_MS = 60_000;

/** "34 minutes", where nobody knows of a server; a restart is none. */
export function downWords({ at, known_until, outage }: ServerStart): string {
  if (!outage || !known_until) return "";
  return plural(Math.floor((ms(at) - ms(known_until)) / MINUTE_MS), "minute");
}

export function integrityTitle({ differences }: Integrity): string {
  return differences.length === 0
    ? t`Everything is as the log says`
    : t`${plural(differences.length, "difference")} from the log`;
}

export function integrityLead(found: Integrity): string {
  const signed = found.statements > 0 ? `, ${plural(found.statements, "signed week")}` : "";
  const months = found.months > 0 ? `, ${plural(found.months, "closed month")}` : "";
  return t`${spanOf(found)}: ${plural(found.rolls, "roll")} folded again from ${plural(found.ops, "entry", "entries")}${signed}${months}.`;
}

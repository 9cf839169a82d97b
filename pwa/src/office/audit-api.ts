/** What an auditor asks; nothing of it changes anything. */

import type { AuditReport, Integrity, Outages } from "../wire.ts";
import { ask, type Ending } from "./api.ts";
import { type Dates, spelled } from "./reports-api.ts";

/** A day of everybody, or somebody's or a student's between two dates. */
export type Asked = Dates & {
  readonly staff_id: string | null;
  readonly student_id: string | null;
};

const LONG_MS = 60_000;

export const entries = (school: string, asked: Asked): Promise<Ending<AuditReport>> =>
  ask(`/schools/${school}/audit${spelled(asked)}`, undefined, undefined, LONG_MS);

export const outages = (school: string, dates: Dates): Promise<Ending<Outages>> =>
  ask(`/schools/${school}/audit/outages${spelled(dates)}`);

export const integrity = (school: string, dates: Dates): Promise<Ending<Integrity>> =>
  ask(`/schools/${school}/audit/integrity${spelled(dates)}`, undefined, undefined, LONG_MS);

/** The report as a file, for a link to press. */
export const auditFile = (school: string, kind: string, asked: Asked): string =>
  `/api/v1/schools/${school}/audit.${kind}${spelled(asked)}`;

export const outagesFile = (school: string, kind: string, { from, to }: Dates): string =>
  `/api/v1/schools/${school}/audit/outages.${kind}${spelled({ from, to })}`;

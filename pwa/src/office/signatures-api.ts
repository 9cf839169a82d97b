/** What the desk asks about signatures, and does: close a day, accept a roll that came later. */

import type { Accept, Close, SinceClosed, Week, Weeks } from "../wire.ts";
import { ask, type Ending } from "./api.ts";
import { spelled } from "./reports-api.ts";

/** Somebody's week. */
export interface OfPerson {
  readonly staff: string;
  readonly week: string | null;
}

export const weeks = (school: string, week: string | null): Promise<Ending<Weeks>> =>
  ask(`/schools/${school}/weeks${spelled({ week })}`);

export const weekOf = (school: string, { staff, week }: OfPerson): Promise<Ending<Week>> =>
  ask(`/schools/${school}/weeks/of/${encodeURIComponent(staff)}${spelled({ week })}`);

export const closeSpan = (school: string, body: Close): Promise<Ending<Weeks>> =>
  ask(`/schools/${school}/closings`, body, undefined, 60_000);

export const sinceClosed = (school: string, month: string): Promise<Ending<SinceClosed>> =>
  ask(`/schools/${school}/closings/since${spelled({ month })}`);

export const acceptNextDay = (
  school: string,
  roll: string,
  body: Accept,
): Promise<Ending<unknown>> =>
  ask(`/schools/${school}/rolls/${encodeURIComponent(roll)}/acceptance`, body);

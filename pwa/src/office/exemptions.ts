/** Meetings that expect no roll, and people who are away: as sentences, and being written. */

import { longDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { AddExemption, AddLeave, Exemption, StaffLeave, Timetable } from "../wire.ts";

export interface ExemptionDraft {
  readonly on: string;
  readonly section_id: string;
  readonly period: string;
  readonly why: string;
}

/** What is exempt: a period, a section, a section in a period, or the whole date. */
export function whatWords(
  { section_id, period }: Pick<Exemption, "section_id" | "period">,
  { sections }: Pick<Timetable, "sections">,
): string {
  const title = sections.find((one) => one.section_id === section_id)?.title;
  const section = section_id ? (title ?? t`a section that is no more`) : null;
  if (section && period) return t`${section}, period ${period}`;
  if (section) return t`${section}, all day`;
  return period ? t`All sections, period ${period}` : t`All sections, all day`;
}

/** "Tuesday, November 24: all sections, period 3. Assembly." */
export function exemptionSentence(one: Exemption, table: Timetable): string {
  return `${longDate(one.on)}: ${whatWords(one, table)}. ${one.why}.`;
}

export function missingExemption(draft: ExemptionDraft): string | null {
  if (!draft.on) return t`When? Choose a school date.`;
  if (!draft.section_id && !draft.period)
    return t`What is exempt? Choose a period, a section, or both.`;
  if (!draft.why.trim()) return t`Why? Write a word or two: teachers read it on their rolls.`;
  return null;
}

export const exemptionOf = ({ on, section_id, period, why }: ExemptionDraft): AddExemption => ({
  type: "exemption",
  on,
  section_id: section_id || null,
  period: period || null,
  why: why.trim(),
});

export interface LeaveDraft {
  readonly staff_id: string;
  readonly from_on: string;
  readonly to_on: string;
}

export const nameOf = ({ staff_id }: StaffLeave, { staff }: Pick<Timetable, "staff">): string =>
  staff.find((one) => one.staff_id === staff_id)?.name ?? t`Somebody who left`;

/** "K. Sato is away Nov 24 to Nov 26." */
export function leaveSentence(one: StaffLeave, table: Timetable): string {
  const { from_on, to_on } = one;
  const when =
    from_on === to_on
      ? t`on ${longDate(from_on)}`
      : t`from ${shortDate(from_on)} to ${shortDate(to_on)}`;
  return t`${nameOf(one, table)} is away ${when}.`;
}

export function missingLeave({ staff_id, from_on, to_on }: LeaveDraft): string | null {
  if (!staff_id) return t`Who is away? Choose the person from the list.`;
  if (!from_on) return t`From when? Choose a school date.`;
  if (to_on && to_on < from_on) return t`Until when? The last day lies before the first.`;
  return null;
}

export const leaveOf = ({ staff_id, from_on, to_on }: LeaveDraft): AddLeave => ({
  type: "leave",
  staff_id,
  from_on,
  to_on: to_on || from_on,
});

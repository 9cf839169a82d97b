/** What the desk asks to print blank sheets, and to enter them again. */

import type { Sheets } from "../wire.ts";
import { ask, type Ending } from "./api.ts";

const at = (school: string): string => `/schools/${school}`;

/** The sheets of a date; with a section and a period that one alone. */
export function sheetsOf(
  school: string,
  on: string,
  only?: { readonly section_id: string; readonly period: string },
): Promise<Ending<Sheets>> {
  return ask(`${at(school)}/sheets?${new URLSearchParams({ on, ...only })}`);
}

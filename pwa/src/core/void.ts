/** Why no roll is expected, in words for a teacher; reasons that are words already stay as they are. */

import { t } from "./t.ts";

/** Why the school's timetable expects no roll; what an exemption is for stands in its note. */
export const VOIDS = [
  "holiday",
  "closed",
  "emergency",
  "closed_early",
  "exempt",
  "section_inactive",
  "no_students",
  "no_meeting",
] as const;

export type Void = (typeof VOIDS)[number];

const WORDS: Readonly<Record<Void, string>> = {
  holiday: t`holiday`,
  closed: t`school is closed`,
  emergency: t`school is closed, emergency`,
  closed_early: t`school closes before then`,
  exempt: t`taken out for this day`,
  section_inactive: t`the section is not active`,
  no_students: t`no students in it`,
  no_meeting: t`the section does not meet`,
};

export const isVoid = (reason: string): reason is Void =>
  (VOIDS as readonly string[]).includes(reason);

export const voidWords = (reason: string, note: string | null): string => {
  if (reason === "exempt" && note) return note;
  return isVoid(reason) ? WORDS[reason] : reason.replaceAll("_", " ");
};

/** Why no roll is expected, in words for a teacher; reasons that are words already stay as they are. */

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
  holiday: "holiday",
  closed: "school is closed",
  emergency: "school is closed, emergency",
  closed_early: "school closes before then",
  exempt: "taken out for this day",
  section_inactive: "the section is not active",
  no_students: "no students in it",
  no_meeting: "the section does not meet",
};

export const isVoid = (reason: string): reason is Void =>
  (VOIDS as readonly string[]).includes(reason);

export const voidWords = (reason: string, note: string | null): string => {
  if (reason === "exempt" && note) return note;
  return isVoid(reason) ? WORDS[reason] : reason.replaceAll("_", " ");
};

/** Why no roll is expected, in words for a teacher; reasons that are words already stay as they are. */

/** What the school's timetable says by itself; any other reason is the words of an exemption. */
export const VOIDS = [
  "holiday",
  "closed",
  "emergency",
  "section_inactive",
  "no_students",
  "no_meeting",
] as const;

export type Void = (typeof VOIDS)[number];

const WORDS: Readonly<Record<Void, string>> = {
  holiday: "holiday",
  closed: "school is closed",
  emergency: "school is closed, emergency",
  section_inactive: "the section is not active",
  no_students: "no students in it",
  no_meeting: "the section does not meet",
};

export const isVoid = (reason: string): reason is Void =>
  (VOIDS as readonly string[]).includes(reason);

export const voidWords = (reason: string): string =>
  isVoid(reason) ? WORDS[reason] : reason.replaceAll("_", " ");

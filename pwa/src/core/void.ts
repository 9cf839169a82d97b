/** Why no roll is expected, in words for a teacher; reasons that are words already stay as they are. */

const WORDS: Record<string, string> = {
  holiday: "holiday",
  closed: "school is closed",
  emergency: "school is closed, emergency",
  section_inactive: "the section is not active",
  no_students: "no students in it",
  no_meeting: "the section does not meet",
};

export const voidWords = (reason: string): string => WORDS[reason] ?? reason.replaceAll("_", " ");

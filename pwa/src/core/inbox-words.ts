/** The words of the inbox around its stories: where and when, what is asked, what became of it. */

import type { HeldItem, Roll, Section, Voice } from "../wire.ts";
import { clockTime, longDate, ms, schoolDate, shortDate, weekday } from "./dates.ts";
import type { Entry } from "./entry.ts";
import type { Inbox, Question } from "./inbox.ts";
import { minutesOf } from "./roll.ts";
import { capital, quoted, type Sentence } from "./spans.ts";
import { t, told } from "./t.ts";
import { countWords, plural, stateWords } from "./words.ts";

const DAY_MS = 24 * 3600_000;

/** "today", "yesterday", "Friday", then "Nov 20". */
export function dayWord(on: string, today: string): string {
  const days = Math.round((ms(`${today}T12:00:00Z`) - ms(`${on}T12:00:00Z`)) / DAY_MS);
  if (days === 0) return t`today`;
  if (days === 1) return t`yesterday`;
  return days > 1 && days < 7 ? weekday(on) : shortDate(on);
}

export function placeWords(roll: Roll, section: Section, today: string, before = ""): string {
  const when = `${dayWord(roll.on, today)}, ${roll.period_name.toLowerCase()}`;
  return [before, before ? when : capital(when), section.title].filter(Boolean).join(" · ");
}

export const fullName = ({ student }: Question): string =>
  `${student.given_name} ${student.family_name}`.trim();

const isAbsence = ({ presence }: Voice): boolean => presence === "absent";

export function titleWords(question: Question): string {
  const name = fullName(question);
  switch (question.ask) {
    case "office":
      return t`The office changed your mark for ${name}`;
    case "unmarked":
      return t`${name} is not marked`;
    default:
      return (question.mark?.voices ?? []).some(isAbsence)
        ? t`Was ${name} here?`
        : t`Which is right for ${name}?`;
  }
}

/** "3 things, safety first". */
export function subWords(inbox: Inbox, count: number): string {
  if (count === 0) return t`Nothing needs you`;
  const safety = inbox.needs.some((one) => one.safety);
  return `${plural(count, "thing")}${safety ? t`, safety first` : ""}`;
}

export function unmarkedSentence({ student }: Question): Sentence {
  const given = student.given_name;
  return told`${given} was not on the list when the roll was taken. ${given} is *not marked*, so the roll is not complete yet.`;
}

const CLOSED = {
  certified: t`The roll is certified. The office decides.`,
  locked: t`The roll is locked. The office decides.`,
} as const;

export const closedWords = ({ closed }: Question): string | null => closed && CLOSED[closed];

/** What this person answered: "You said: late, 9 min." */
export function answeredWords(entry: Entry, { roll, student, ask }: Question): string {
  const sent = entry.op.marks.find(({ student_id }) => student_id === student.student_id);
  if (!sent?.presence) return t`You said that you do not know.`;
  const { presence, arrived_at } = sent;
  const said = { presence, ...(arrived_at ? { arrived_at } : {}) };
  const state = stateWords(presence, minutesOf(roll, said));
  return ask === "office"
    ? t`You said: ${state}.`
    : t`You said that ${student.given_name} was ${state}.`;
}

/** Who has to say something now. */
export const waitsWords = ({ ask }: Question): string =>
  ask === "office"
    ? t`The office decides now. Both stay on the record.`
    : t`Somebody else of the section or the office decides now.`;

export function heldTitle({ section_title, period_name, on }: HeldItem): string {
  const where = [section_title, period_name, on && longDate(on)].filter(Boolean).join(", ");
  return where || t`An entry of yours`;
}

/** What is in a held entry: "27 present, 2 absent", or the one student it is about. */
export function heldContent({ counts, students, marks_count }: HeldItem): string {
  if (students) return students;
  return countWords({ ...counts, unmarked: 0 }).join(", ") || plural(marks_count, "mark");
}

/** How the school ended what it had held; null while it is held. */
export function endedWords({ resolution }: HeldItem, zone: string, today: string): string | null {
  if (!resolution) return null;
  const { how, at, by, why } = resolution;
  const on = schoolDate(ms(at), zone);
  const when = on === today ? t`at ${clockTime(at, zone)}` : t`on ${shortDate(on)}`;
  const who = by?.name ?? t`the office`;
  const words = why ? `: ${quoted(why)}` : ".";
  if (how === "accepted") return t`Taken into the record ${when}.`;
  if (how === "taken_over") return t`Taken over by ${who} ${when}${words}`;
  return t`Set aside by ${who} ${when}${words} It stays in the school’s log and is not on the roll.`;
}

/** The same for a tablet that does not know by whom any more. */
export function endedShort({ ended }: Entry): string | null {
  if (ended === "taken_over") return t`The office took it over into the record.`;
  return ended === "set_aside" ? t`The office set it aside. It stays in the school’s log.` : null;
}

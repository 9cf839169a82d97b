/** The students of a roll as the office reads them: what stands, and what there is to see. */

import { clockTime } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { History, HistoryEntry, Mark, Presence } from "../wire.ts";
import { authorName, markWords, type Zoned } from "./marks.ts";
import { capital, presenceWords } from "./words.ts";

export interface Line {
  readonly student_id: string;
  readonly given: string;
  readonly family: string;
  readonly presence: Presence | null;
  /** What stands: "late, 9 min". */
  readonly stands: string;
  /** The teacher's lane, where it reads otherwise. */
  readonly seen: string | null;
  readonly byOffice: boolean;
  readonly contested: boolean;
  readonly safety: boolean;
  /** A sentence for what two people saw, what the office ruled, or what it knew before. */
  readonly about: string | null;
}

/** The last value of each person who spoke of a student, the newest word of each, in order. */
function saidOf(student: string, entries: readonly HistoryEntry[]): Map<string, HistoryEntry> {
  const said = new Map<string, HistoryEntry>();
  for (const entry of entries) {
    const speaks = entry.marks.some((mark) => mark.student_id === student && mark.presence);
    if (entry.outcome === "accepted" && speaks) said.set(authorName(entry), entry);
  }
  return said;
}

/** "M. Ruiz saw absent at 8:05. C. Okafor saw present at 8:09." */
function contestedWords(mark: Mark, entries: readonly HistoryEntry[], at: Zoned): string {
  const said = [...saidOf(mark.student_id, entries)].map(([name, entry]) => {
    const own = entry.marks.find(({ student_id }) => student_id === mark.student_id);
    const verb = entry.kind === "rule" ? t`ruled` : t`saw`;
    const what = own ? markWords(own, at) : "";
    return t`${name} ${verb} ${what} at ${clockTime(entry.taken_at, at.zone)}.`;
  });
  return `${said.join(" ")} ${t`${capital(presenceWords(mark.presence))} stands for now.`}`;
}

function aboutOf(mark: Mark, history: History, zone: string): string | null {
  const { roll, entries } = history;
  const flags = mark.flags ?? [];
  if (flags.includes("contested")) return contestedWords(mark, entries, { roll, zone });
  if (mark.office) {
    const seen = mark.seen ? t` The teacher saw ${presenceWords(mark.seen)}.` : "";
    return t`${capital(markWords(mark, { roll, zone }))} stands, by the office.${seen}`;
  }
  if (flags.includes("own_devices")) return t`Two devices of one person differ. The later stands.`;
  if (roll.known.includes(mark.student_id)) return t`The office knew of an absence before.`;
  return null;
}

/** How much a student has to be looked at: contested, ruled, not present, present. */
function weight({ contested, safety, byOffice, presence, about }: Line): number {
  if (safety) return 0;
  if (contested) return 1;
  if (presence === null) return 2;
  if (presence !== "present") return 3;
  return byOffice || about ? 4 : 5;
}

const byGiven = (a: Line, b: Line): number =>
  a.given.localeCompare(b.given) || a.family.localeCompare(b.family);

/** Every student of the roll, those with something to see first. A roll not taken marks nobody. */
export function linesOf(history: History, zone: string): Line[] {
  const { roll, students } = history;
  const marks = new Map(roll.marks.map((mark) => [mark.student_id, mark]));
  const lines = students.map((student): Line => {
    const mark = marks.get(student.student_id) ?? {
      student_id: student.student_id,
      presence: null,
    };
    const flags = mark.flags ?? [];
    return {
      student_id: student.student_id,
      given: student.given_name,
      family: student.family_name,
      presence: mark.presence,
      stands: markWords(mark, { roll, zone }),
      seen: mark.seen ? presenceWords(mark.seen) : null,
      byOffice: Boolean(mark.office),
      contested: flags.includes("contested"),
      safety: flags.includes("safety"),
      about: aboutOf(mark, history, zone),
    };
  });
  return lines.sort((a, b) => weight(a) - weight(b) || byGiven(a, b));
}

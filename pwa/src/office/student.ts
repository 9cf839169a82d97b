/** One student on one roll: what stands, everything that was ever said, and what may be ruled. */

import { plain } from "../core/spans.ts";
import { knewSentences, type StoryFacts, standsSentences } from "../core/story.ts";
import { t } from "../core/t.ts";
import type {
  History,
  HistoryEntry,
  HistoryMark,
  HistoryStudent,
  Mark,
  SignedInAs,
} from "../wire.ts";
import { authorName, besideMark, fullName, markWords, type Zoned } from "./marks.ts";
import { headsOf } from "./rule.ts";
import { deliveryWords, kindOf, type Told, whenWords } from "./told.ts";

export interface OneStudent {
  readonly student: HistoryStudent;
  readonly mark: Mark | null;
  readonly told: readonly Told[];
  /** Who knew of whom, where people disagree. */
  readonly story: readonly string[];
  /** The ops that stand for the student. */
  readonly heads: readonly string[];
}

const VERBS: Readonly<Record<string, string>> = { rule: t`ruled`, submit: t`marked` };

/** "M. Ruiz marked Kainoa late, 9 min on tablet 14." */
function saidWords(entry: HistoryEntry, mark: HistoryMark, name: string, own: string): string {
  const who = authorName(entry);
  const device = entry.device_label && entry.kind === "submit" ? t` on ${entry.device_label}` : "";
  const verb = VERBS[entry.kind] ?? t`said of`;
  if (entry.source?.how === "paper") return t`${who} copied from paper: ${name} ${own}.`;
  if (entry.source?.how === "held") return t`${who} took over a held entry: ${name} ${own}.`;
  if (entry.kind === "rule" && mark.presence === undefined && mark.reason)
    return t`${who} gave ${name} a reason.`;
  if (entry.kind === "rule" && mark.presence === undefined && mark.reason === null)
    return t`${who} took back the reason of ${name}.`;
  return t`${who} ${verb} ${name} ${own}${device}.`;
}

function toldOfStudent(history: History, student_id: string, at: Zoned): Told[] {
  const found = history.students.find((one) => one.student_id === student_id);
  const name = found?.given_name || t`the student`;
  return history.entries.flatMap((entry, n): Told[] => {
    const mark = entry.marks.find((one) => one.student_id === student_id);
    if (!mark) return [];
    const kind = kindOf(entry, history.entries.slice(0, n));
    const own = mark.presence === null ? t`released` : markWords(mark, at);
    const note = mark.note ? [t`Note: “${mark.note}”`] : [];
    const later = deliveryWords(entry, kind, at);
    const said = [saidWords(entry, mark, name, own), ...besideMark(mark), ...note, ...later];
    return [{ op_id: entry.op_id, at: whenWords(entry.taken_at, at), kind, says: said }];
  });
}

export function oneStudent(
  history: History,
  student_id: string,
  who: SignedInAs,
): OneStudent | null {
  const { roll, students } = history;
  const student = students.find((one) => one.student_id === student_id);
  if (!student) return null;
  const zone = who.school.zone;
  const mark = roll.marks.find((one) => one.student_id === student_id) ?? null;
  return {
    student,
    mark,
    told: toldOfStudent(history, student_id, { roll, zone }),
    story: mark ? storyOf(history, mark, student, who) : [],
    heads: headsOf(mark ?? undefined, roll.ops),
  };
}

/** Told only where more than one person has a say: else the list of entries is the story. */
function storyOf(
  { roll }: History,
  mark: Mark,
  student: HistoryStudent,
  who: SignedInAs,
): string[] {
  if (!mark.voices?.length) return [];
  const reader = { staff_id: who.me.staff_id, office: true };
  const given = student.given_name || fullName(student);
  const facts: StoryFacts = { roll, mark, given, zone: who.school.zone, reader };
  return [...standsSentences(facts).map(plain), ...knewSentences(facts)];
}

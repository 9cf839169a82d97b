/** What became of a sheet that was entered, as sentences. */

import type { HistoryStudent, Result } from "../wire.ts";
import { fullName } from "./marks.ts";
import { heldWords, presenceWords, refusedWords } from "./words.ts";

const WHY: Readonly<Record<string, string>> = {
  office_stands: "the office’s ruling stands",
  other_teacher_stands: "the teacher’s own mark stands",
  sighting_stands: "somebody saw the student, and a sighting stands",
  own_later: "a later mark of yours stands",
  explained: "the front desk’s record explains it",
};

export interface Became {
  readonly good: boolean;
  readonly title: string;
  readonly says: readonly string[];
}

export function becameOf(
  result: Result,
  students: readonly HistoryStudent[],
  name: string,
): Became {
  if (result.outcome === "held")
    return {
      good: false,
      title: "Held by the office",
      says: [`It is kept, and not on the roll yet, because ${heldWords(result.reason)}`],
    };
  if (result.outcome === "refused")
    return {
      good: false,
      title: "Refused by the school",
      says: [`Not on the record: ${refusedWords(result.reason)}`],
    };
  const names = new Map(students.map((one) => [one.student_id, fullName(one)]));
  const other = result.marks.map((mark) => {
    const who = names.get(mark.student_id) ?? "A student";
    const why = WHY[mark.why] ?? "by rule";
    return `${who} reads ${presenceWords(mark.now)}, not ${presenceWords(mark.sent)}: ${why}.`;
  });
  return {
    good: true,
    title: "On the record",
    says: [`From paper, entered by ${name}.`, ...other],
  };
}

/** What became of a sheet that was entered, as sentences. */

import { t } from "../core/t.ts";
import type { HistoryStudent, Result } from "../wire.ts";
import { fullName } from "./marks.ts";
import { heldWords, presenceWords, refusedWords } from "./words.ts";

const WHY: Readonly<Record<string, string>> = {
  office_stands: t`the office’s ruling stands`,
  other_teacher_stands: t`the teacher’s own mark stands`,
  sighting_stands: t`somebody saw the student, and a sighting stands`,
  own_later: t`a later mark of yours stands`,
  explained: t`the front desk’s record explains it`,
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
      title: t`Held by the office`,
      says: [t`It is kept, and not on the roll yet, because ${heldWords(result.reason)}`],
    };
  if (result.outcome === "refused")
    return {
      good: false,
      title: t`Refused by the school`,
      says: [t`Not on the record: ${refusedWords(result.reason)}`],
    };
  const names = new Map(students.map((one) => [one.student_id, fullName(one)]));
  const other = result.marks.map((mark) => {
    const who = names.get(mark.student_id) ?? t`A student`;
    const why = WHY[mark.why] ?? t`by rule`;
    return t`${who} reads ${presenceWords(mark.now)}, not ${presenceWords(mark.sent)}: ${why}.`;
  });
  return {
    good: true,
    title: t`On the record`,
    says: [t`From paper, entered by ${name}.`, ...other],
  };
}

/** What a held entry says of each student, beside what stands on the roll. */

import { t } from "../core/t.ts";
import type { HeldDetail, Mark } from "../wire.ts";
import { fullName, markWords } from "./marks.ts";
import { presenceWords } from "./words.ts";

export interface Beside {
  readonly student_id: string;
  readonly name: string;
  readonly says: string;
  readonly stands: string;
  readonly differs: boolean;
  readonly note: string | null;
}

/** Those who differ first, then by name. A roll that the school cannot show has nothing standing. */
export function besides({ students, marks, roll }: HeldDetail, zone: string): Beside[] {
  const names = new Map(students.map((one) => [one.student_id, fullName(one)]));
  const standing = new Map<string, Mark>((roll?.marks ?? []).map((one) => [one.student_id, one]));
  const words = (mark: Parameters<typeof markWords>[0]): string =>
    roll ? markWords(mark, { roll, zone }) : presenceWords(mark.presence);
  const lines = marks.map((mark): Beside => {
    const stands = standing.get(mark.student_id);
    const says = words(mark);
    const now = stands ? words(stands) : t`nothing`;
    return {
      student_id: mark.student_id,
      name: names.get(mark.student_id) || t`A student the school does not know`,
      says,
      stands: now,
      differs: says !== now,
      note: mark.note || mark.why || null,
    };
  });
  return lines.sort(
    (a, b) => Number(b.differs) - Number(a.differs) || a.name.localeCompare(b.name),
  );
}

/** Who joined or left the section during this day: on this roll, or kept off it and why. */

import { ms } from "../core/dates.ts";
import { apart, joined } from "../core/roll.ts";
import { t } from "../core/t.ts";
import type { Roll, Student } from "../wire.ts";
import type { OpenRoll } from "./rollbook.ts";
import { at } from "./times.ts";

const UNBROKEN = "\u00a0";

const nameOf = ({ given_name, family_name }: Student): string =>
  `${given_name} ${family_name}`.replace(/\s/gu, UNBROKEN);

function apartWords(student: Student, { starts_at }: Roll): string {
  const { begin_at, end_at } = student;
  if (end_at && ms(end_at) <= ms(starts_at))
    return t`${nameOf(student)} left the section at ${at(end_at)} and is not on this roll.`;
  return t`${nameOf(student)} joined at ${at(begin_at ?? starts_at)}, after this meeting began, and is on the rolls after it.`;
}

export function Joined({ open }: { open: OpenRoll }) {
  const { roll, section } = open;
  const words = [
    ...joined(section.students, roll).map(
      (one) => t`${nameOf(one)} joined today at ${at(one.begin_at ?? roll.starts_at)}.`,
    ),
    ...apart(section.students, roll).map((one) => apartWords(one, roll)),
  ];
  if (words.length === 0) return null;
  return (
    <ul class="roll-joined" aria-label={t`Joined or left today`}>
      {words.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

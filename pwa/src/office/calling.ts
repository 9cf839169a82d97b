/** Whom to call about rolls not taken, and what is known that helps: pure. */

import { clockTime, ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Board, BoardTeacher, Called } from "../wire.ts";
import { type Block, type Meeting, whereOf } from "./board.ts";
import { capital, listed } from "./words.ts";

export interface Call {
  readonly teacher: BoardTeacher;
  readonly where: string;
  readonly why: string;
  /** The rolls the call is about. */
  readonly rolls: readonly string[];
  /** The last call, once somebody called about each of them. */
  readonly called: Called | null;
}

export const UNREACHED = t`No reminder can reach this teacher.`;

/** Teachers with rolls not taken, the one who is missing the most and the longest first. */
export function callsOf(board: Board, blocks: readonly Block[], now: number): Call[] {
  return blocks
    .flatMap(({ rows }) => rows)
    .filter(({ teacher }) => teacher.staff_id !== "")
    .map(({ teacher, meetings }) => ({ teacher, late: missing([...meetings.values()].flat()) }))
    .filter(({ late }) => late.length > 0)
    .sort((a, b) => b.late.length - a.late.length || firstDue(a.late) - firstDue(b.late))
    .map(({ teacher, late }) => ({
      teacher,
      where: whereOf(teacher),
      why: [
        `${periodsOf(board, late)}.`,
        ...(teacher.reach === "none" ? [UNREACHED] : remindedOf(late, board.school.zone)),
        ...seenWords(board, teacher, now),
      ].join(" "),
      rolls: late.map(({ roll }) => roll.roll_id),
      called: calledOf(late),
    }));
}

const missing = (meetings: readonly Meeting[]): Meeting[] =>
  meetings
    .filter(({ cell }) => cell.kind === "missing")
    .sort((a, b) => ms(a.roll.due_at) - ms(b.roll.due_at));

const firstDue = (late: readonly Meeting[]): number => (late[0] ? ms(late[0].roll.due_at) : 0);

/** "Periods 1 and 2", "Homeroom and Period 3". */
function periodsOf(board: Board, late: readonly Meeting[]): string {
  const nameOf = new Map(board.periods.map(({ period, name }) => [period, name]));
  const all = late.map(({ roll }) => nameOf.get(roll.period) ?? roll.period_name);
  const names = [...new Set(all)];
  const codes = names.map((name) => /^Period (.+)$/u.exec(name)?.[1]);
  const known = codes.filter((code) => code !== undefined);
  const alike = names.length > 1 && known.length === names.length;
  return alike ? t`Periods ${listed(known)}` : capital(listed(names));
}

/** Whether a tablet of theirs was about; of another day nobody asks. */
export function seenWords(board: Board, { seen_at }: BoardTeacher, now: number): string[] {
  const { zone } = board.school;
  if (seen_at) return [t`Tablet seen ${clockTime(seen_at, zone)}.`];
  return board.on === schoolDate(now, zone) ? [t`No tablet seen.`] : [];
}

/** When they were last reminded of any of them; how often stands with each roll. */
function remindedOf(late: readonly Meeting[], zone: string): string[] {
  const last = late.flatMap(({ roll }) => roll.reminded.last_at ?? []).sort();
  const at = last.at(-1);
  return at ? [t`Reminded at ${clockTime(at, zone)}.`] : [];
}

function calledOf(late: readonly Meeting[]): Called | null {
  const calls = late.map(({ roll }) => roll.called);
  if (calls.some((one) => one === null)) return null;
  return calls.reduce((a, b) => (a && b && ms(a.at) > ms(b.at) ? a : b)) ?? null;
}

/** The office's words for what the wire says in codes. A code nobody knew is never shown raw. */

import { t, tOf } from "../core/t.ts";
import { countWords as rollCounts } from "../core/words.ts";
import type { HeldItem, Presence, Timeliness } from "../wire.ts";

const VOID: Readonly<Record<string, string>> = {
  holiday: t`Holiday`,
  closed: t`Closed`,
  emergency: t`Emergency`,
  closed_early: t`Closed`,
  exempt: t`Exempt`,
  section_inactive: t`Ended`,
  no_students: t`No students`,
  trip: t`Trip`,
  testing: t`Testing`,
  assembly: t`Assembly`,
};

/** Why no roll is expected, short enough for a cell. */
export function voidWords(reason: string | null, note: string | null = null): string {
  if (!reason) return t`No roll`;
  if (reason === "exempt" && note) return note;
  const known = VOID[reason];
  if (known) return known;
  return /_/u.test(reason) ? t`No roll` : reason;
}

const HELD: Readonly<Record<string, string>> = {
  certified: t`the week is certified already.`,
  locked: t`the roll is locked.`,
  not_enrolled: t`it names a student who was not on the roll that day.`,
  no_school: t`the calendar says there is no school that day.`,
  not_open: t`it was sent before the day of its meeting had come.`,
  roll_void: t`no roll was expected for this meeting.`,
  unknown_roll: t`the school knows no such meeting of this teacher.`,
  grant_revoked: t`it was captured after the tablet's leave was withdrawn.`,
  grant_expired: t`it was captured after the tablet's leave had ended.`,
  grant_unknown: t`the school does not know the leave it was captured under.`,
  unsupported_kind: t`it comes from a newer version of Rollbook.`,
  server_error: t`the server stumbled over it. It is kept whole.`,
  handed_over: t`it came in a tablet's file and could not be read whole. It is kept as it was.`,
};

/** Why an entry waits, as the end of a sentence; null for a reason this desk does not know. */
export const heldReason = (reason: string): string | null => HELD[reason] ?? null;

/** Why an entry waits, as the end of a sentence. */
export const heldWords = (reason: string | null): string =>
  (reason && HELD[reason]) ?? t`a person has to look at it.`;

const REFUSED: Readonly<Record<string, string>> = {
  malformed: t`it could not be read.`,
  op_id_reuse: t`another entry already has its number.`,
  wrong_school: t`it belongs to another school.`,
  stale: t`it is from another school year.`,
};

export const refusedWords = (reason: string | null): string =>
  (reason && REFUSED[reason]) ?? t`it is not part of this school's record.`;

const TIMELINESS: Readonly<Record<Timeliness, string>> = {
  on_time: t`on time`,
  taken_on_time: t`taken on time, delivered later`,
  late: tOf("of a roll")`late`,
  late_unproven: t`after it was due, and whether it was taken in time cannot be shown`,
};

export const timelinessWords = (timeliness: Timeliness | null): string =>
  timeliness ? TIMELINESS[timeliness] : "";

const PRESENCE: Readonly<Record<Presence, string>> = {
  present: t`present`,
  late: t`late`,
  left_early: t`left early`,
  absent: t`absent`,
  elsewhere: t`elsewhere`,
};

export const presenceWords = (presence: Presence | null | undefined): string =>
  presence ? PRESENCE[presence] : t`not marked`;

/** "27 present, 2 absent", zero counts left out. */
export function countWords(counts: Partial<Record<Presence, number>>): string {
  const zero = { present: 0, late: 0, left_early: 0, absent: 0, elsewhere: 0, unmarked: 0 };
  return rollCounts({ ...zero, ...counts }).join(", ") || t`nobody marked`;
}

/** "Nobody", "Ana", "Ana and Ben", "Ana, Ben and Cal". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : t`${names.slice(0, -1).join(", ")} and ${last}`;
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Who sent a held entry, as far as the school knows. */
export const authorOf = (item: Pick<HeldItem, "author">): string =>
  item.author?.name ?? t`Somebody the school does not know`;

const ROLES: Readonly<Record<string, string>> = {
  teacher: tOf("a role")`teacher`,
  substitute: tOf("a role")`substitute`,
  office: tOf("a role")`office`,
  counselor: tOf("a role")`counselor`,
  nurse: tOf("a role")`nurse`,
  administrator: tOf("a role")`administrator`,
  auditor: tOf("a role")`auditor`,
};

/** What somebody is at the school. */
export const roleWords = (role: string): string => ROLES[role] ?? role;

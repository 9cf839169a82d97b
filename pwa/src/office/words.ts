/** The office's words for what the wire says in codes. A code nobody knew is never shown raw. */

import type { HeldItem, Presence, Timeliness } from "../wire.ts";

const VOID: Readonly<Record<string, string>> = {
  holiday: "Holiday",
  closed: "Closed",
  emergency: "Emergency",
  closed_early: "Closed",
  exempt: "Exempt",
  section_inactive: "Ended",
  no_students: "No students",
  trip: "Trip",
  testing: "Testing",
  assembly: "Assembly",
};

/** Why no roll is expected, short enough for a cell. */
export function voidWords(reason: string | null, note: string | null = null): string {
  if (!reason) return "No roll";
  if (reason === "exempt" && note) return note;
  const known = VOID[reason];
  if (known) return known;
  return /_/u.test(reason) ? "No roll" : reason;
}

const HELD: Readonly<Record<string, string>> = {
  certified: "the week is certified already.",
  locked: "the roll is locked.",
  not_enrolled: "it names a student who was not on the roll that day.",
  no_school: "the calendar says there is no school that day.",
  not_open: "it was sent before the day of its meeting had come.",
  roll_void: "no roll was expected for this meeting.",
  unknown_roll: "the school knows no such meeting of this teacher.",
  grant_revoked: "it was captured after the tablet's leave was withdrawn.",
  grant_expired: "it was captured after the tablet's leave had ended.",
  grant_unknown: "the school does not know the leave it was captured under.",
  unsupported_kind: "it comes from a newer version of Rollbook.",
  server_error: "the server stumbled over it. It is kept whole.",
  handed_over: "it came in a tablet's file and could not be read whole. It is kept as it was.",
};

/** Why an entry waits, as the end of a sentence; null for a reason this desk does not know. */
export const heldReason = (reason: string): string | null => HELD[reason] ?? null;

/** Why an entry waits, as the end of a sentence. */
export const heldWords = (reason: string | null): string =>
  (reason && HELD[reason]) ?? "a person has to look at it.";

const REFUSED: Readonly<Record<string, string>> = {
  malformed: "it could not be read.",
  op_id_reuse: "another entry already has its number.",
  wrong_school: "it belongs to another school.",
  stale: "it is from another school year.",
};

export const refusedWords = (reason: string | null): string =>
  (reason && REFUSED[reason]) ?? "it is not part of this school's record.";

const TIMELINESS: Readonly<Record<Timeliness, string>> = {
  on_time: "on time",
  taken_on_time: "taken on time, delivered later",
  late: "late",
  late_unproven: "after it was due, and whether it was taken in time cannot be shown",
};

export const timelinessWords = (timeliness: Timeliness | null): string =>
  timeliness ? TIMELINESS[timeliness] : "";

const PRESENCE: Readonly<Record<Presence, string>> = {
  present: "present",
  late: "late",
  left_early: "left early",
  absent: "absent",
  elsewhere: "elsewhere",
};

export const presenceWords = (presence: Presence | null | undefined): string =>
  presence ? PRESENCE[presence] : "not marked";

/** "27 present, 2 absent", zero counts left out. */
export function countWords(counts: Partial<Record<Presence, number>>): string {
  const order: Presence[] = ["present", "absent", "late", "left_early", "elsewhere"];
  const said = order.flatMap((presence) => {
    const count = counts[presence] ?? 0;
    return count > 0 ? [`${count} ${PRESENCE[presence]}`] : [];
  });
  return said.join(", ") || "nobody marked";
}

/** "Nobody", "Ana", "Ana and Ben", "Ana, Ben and Cal". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Who sent a held entry, as far as the school knows. */
export const authorOf = (item: Pick<HeldItem, "author">): string =>
  item.author?.name ?? "Somebody the school does not know";

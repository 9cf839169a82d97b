/** A roll told to the office: who stands as what, and what happened, as sentences. */

import { clockTime, ms, schoolDate, shortDate } from "../core/dates.ts";
import type {
  By,
  History,
  HistoryEntry,
  HistoryMark,
  HistoryStudent,
  Mark,
  Presence,
  Roll,
} from "../wire.ts";
import {
  capital,
  countWords,
  heldWords,
  listed,
  presenceWords,
  refusedWords,
  timelinessWords,
} from "./words.ts";

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

type Zoned = { readonly roll: Roll; readonly zone: string };

function minutesAfter(start: string, at: string): number {
  return Math.max(0, Math.round((ms(at) - ms(start)) / 60_000));
}

/** "late, 9 min", "left early at 8:31": a presence with its time. */
export function markWords(
  mark: Pick<HistoryMark, "presence" | "arrived_at" | "left_at">,
  { roll, zone }: Zoned,
): string {
  const { presence, arrived_at, left_at } = mark;
  if (presence === "late" && arrived_at)
    return `late, ${minutesAfter(roll.starts_at, arrived_at)} min`;
  if (presence === "left_early" && left_at) return `left early at ${clockTime(left_at, zone)}`;
  return presenceWords(presence);
}

export const fullName = ({ given_name, family_name }: HistoryStudent): string =>
  [given_name, family_name].filter(Boolean).join(" ");

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
    const verb = entry.kind === "rule" ? "ruled" : "saw";
    const what = own ? markWords(own, at) : "";
    return `${name} ${verb} ${what} at ${clockTime(entry.taken_at, at.zone)}.`;
  });
  return `${said.join(" ")} ${capital(presenceWords(mark.presence))} stands for now.`;
}

function aboutOf(mark: Mark, history: History, zone: string): string | null {
  const { roll, entries } = history;
  const flags = mark.flags ?? [];
  if (flags.includes("contested")) return contestedWords(mark, entries, { roll, zone });
  if (mark.office) {
    const seen = mark.seen ? ` The teacher saw ${presenceWords(mark.seen)}.` : "";
    return `${capital(markWords(mark, { roll, zone }))} stands, by the office.${seen}`;
  }
  if (flags.includes("own_devices")) return "Two devices of one person differ. The later stands.";
  if (roll.known.includes(mark.student_id)) return "The office knew of an absence before.";
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

export interface Told {
  readonly op_id: string;
  readonly at: string;
  /** joined: a second person's first word on a roll that was taken already */
  readonly kind: "taken" | "joined" | "changed" | "ruled" | "held" | "refused";
  readonly says: readonly string[];
}

export const authorName = ({ author }: { author: By | null }): string =>
  author?.name ?? "Somebody the school does not know";

/** "8:12", with the date where it is not the roll's own. */
export function whenWords(at: string, { roll, zone }: Zoned): string {
  const on = schoolDate(ms(at), zone);
  const time = clockTime(at, zone);
  return on === roll.on ? time : `${shortDate(on)}, ${time}`;
}

function tallied(marks: readonly HistoryMark[]): string {
  const counts: Partial<Record<Presence, number>> = {};
  for (const { presence } of marks) if (presence) counts[presence] = (counts[presence] ?? 0) + 1;
  return countWords(counts);
}

function named(
  marks: readonly HistoryMark[],
  names: ReadonlyMap<string, string>,
  at: Zoned,
): string {
  const said = marks.map(
    (mark) => `${names.get(mark.student_id) ?? "a student"} ${markWords(mark, at)}`,
  );
  return listed(said);
}

/** "Kainoa Kealoha, 9 min", under a heading that says late. */
function exceptionWords(mark: HistoryMark, names: ReadonlyMap<string, string>, at: Zoned): string {
  const time = markWords(mark, at).replace(/^(?:late, |left early )/u, "");
  const who = names.get(mark.student_id) ?? "a student";
  return /\d/u.test(time) ? `${who}, ${time}` : who;
}

/** Everybody who was not simply present, by name; a long roll of changes is counted instead. */
function exceptionsOf(
  entry: HistoryEntry,
  names: ReadonlyMap<string, string>,
  at: Zoned,
): string[] {
  const away = entry.marks.filter(({ presence }) => presence && presence !== "present");
  if (away.length > 12) return [];
  const told: Presence[] = ["absent", "late", "left_early", "elsewhere"];
  return told.flatMap((presence) => {
    const who = away.filter((mark) => mark.presence === presence);
    const said = who.map((mark) => exceptionWords(mark, names, at));
    return said.length > 0 ? [`${capital(presenceWords(presence))}: ${listed(said)}.`] : [];
  });
}

function receivedWords(entry: HistoryEntry, at: Zoned): string {
  const how = timelinessWords(entry.timeliness);
  const when = whenWords(entry.received_at, at);
  return how ? `Received ${when}: ${how}.` : `Received ${when}.`;
}

function notesOf(entry: HistoryEntry, names: ReadonlyMap<string, string>): string[] {
  return entry.marks.flatMap(({ student_id, note, why, reason }) => {
    const who = names.get(student_id) ?? "a student";
    const said = [reason && `Reason: ${reason}.`, why && `Why: “${why}”.`, note && `“${note}”`];
    const words = said.filter(Boolean).join(" ");
    return words ? [`${who}: ${words}`] : [];
  });
}

const VERBS: Readonly<Record<Told["kind"], string>> = {
  taken: "took the roll",
  joined: "submitted too",
  changed: "submitted again",
  ruled: "ruled",
  held: "sent",
  refused: "sent",
};

function didWords(
  entry: HistoryEntry,
  kind: Told["kind"],
  names: ReadonlyMap<string, string>,
  at: Zoned,
) {
  const who = authorName(entry);
  const device = entry.device_label ? ` on ${entry.device_label}` : "";
  if (kind === "ruled") return `${who} ruled: ${named(entry.marks, names, at)}.`;
  if ((kind === "changed" || kind === "joined") && entry.marks.length <= 3)
    return `${who} marked ${named(entry.marks, names, at)}${device}.`;
  const verb = VERBS[kind];
  return `${who} ${verb}${device}: ${tallied(entry.marks)}.`;
}

function kindOf(entry: HistoryEntry, before: readonly HistoryEntry[]): Told["kind"] {
  if (entry.outcome !== "accepted") return entry.outcome;
  if (entry.kind === "rule") return "ruled";
  const taken = before.filter(({ outcome, kind }) => outcome === "accepted" && kind === "submit");
  if (taken.length === 0) return "taken";
  const spoke = taken.some(({ author }) => author?.staff_id === entry.author?.staff_id);
  return spoke ? "changed" : "joined";
}

function outcomeWords(entry: HistoryEntry): string[] {
  if (entry.outcome === "held") return [`Held by the office: ${heldWords(entry.reason)}`];
  if (entry.outcome === "refused") return [`Refused: ${refusedWords(entry.reason)}`];
  return [];
}

/** What happened, oldest first: who, on which device, when taken, when received, how it met the deadline. */
export function toldOf(history: History, zone: string): Told[] {
  const names = new Map(history.students.map((one) => [one.student_id, fullName(one)]));
  const at = { roll: history.roll, zone };
  return history.entries.map((entry, n) => {
    const kind = kindOf(entry, history.entries.slice(0, n));
    const exceptions = kind === "taken" || entry.marks.length > 3;
    return {
      op_id: entry.op_id,
      at: whenWords(entry.taken_at, at),
      kind,
      says: [
        didWords(entry, kind, names, at),
        ...(exceptions && kind !== "ruled" ? exceptionsOf(entry, names, at) : []),
        ...notesOf(entry, names),
        receivedWords(entry, at),
        ...(entry.clock_note ? [capital(entry.clock_note)] : []),
        ...outcomeWords(entry),
      ],
    };
  });
}

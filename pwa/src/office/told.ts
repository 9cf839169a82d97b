/** What happened to a roll, as sentences: who, what, on which device, when. */

import { clockTime, ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { History, HistoryEntry, HistoryMark, Presence } from "../wire.ts";
import { authorName, besideMark, fullName, markWords, type Zoned } from "./marks.ts";
import {
  capital,
  countWords,
  heldWords,
  listed,
  presenceWords,
  refusedWords,
  timelinessWords,
} from "./words.ts";

export interface Told {
  readonly op_id: string;
  readonly at: string;
  /** joined: a second person's first word on a roll that was taken already · signed: certified,
   * locked or opened again · unknown: of a kind that this desk does not know */
  readonly kind:
    | "taken"
    | "joined"
    | "changed"
    | "ruled"
    | "held"
    | "refused"
    | "signed"
    | "unknown";
  readonly says: readonly string[];
}

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
    (mark) => `${names.get(mark.student_id) ?? t`a student`} ${markWords(mark, at)}`,
  );
  return listed(said);
}

/** "Kainoa Kealoha, 9 min", under a heading that says late. */
function exceptionWords(mark: HistoryMark, names: ReadonlyMap<string, string>, at: Zoned): string {
  const state = presenceWords(mark.presence);
  const words = markWords(mark, at);
  const time = words.startsWith(state) ? words.slice(state.length).replace(/^[\s,]+/u, "") : words;
  const who = names.get(mark.student_id) ?? t`a student`;
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
  return how ? t`Received ${when}: ${how}.` : t`Received ${when}.`;
}

function notesOf(entry: HistoryEntry, names: ReadonlyMap<string, string>): string[] {
  return entry.marks.flatMap((mark) => {
    const who = names.get(mark.student_id) ?? t`a student`;
    const said = [...besideMark(mark), mark.note && `“${mark.note}”`];
    const words = said.filter(Boolean).join(" ");
    return words ? [`${who}: ${words}`] : [];
  });
}

const VERBS: Readonly<Record<Told["kind"], string>> = {
  taken: t`took the roll`,
  joined: t`submitted too`,
  changed: t`submitted again`,
  ruled: t`ruled`,
  held: t`sent`,
  refused: t`sent`,
  signed: t`signed`,
  unknown: t`sent something that this Rollbook does not understand yet`,
};

const ACTS: Readonly<Record<string, string>> = {
  certify: t`certified the roll`,
  lock: t`locked the roll`,
  reopen: t`opened the roll again`,
};

/** Where an entry comes from that nobody took in the room with a tablet. */
function sourceWords({ source }: HistoryEntry, at: Zoned): string | null {
  if (!source) return null;
  if (source.how === "held") return t`took over an entry that had been held`;
  const whose = source.taken_by ? t` that ${source.taken_by} filled in` : "";
  const when = source.stated_at ? t` at ${whenWords(source.stated_at, at)}` : "";
  return t`copied a paper sheet${whose}${when}`;
}

function didWords(
  entry: HistoryEntry,
  kind: Told["kind"],
  names: ReadonlyMap<string, string>,
  at: Zoned,
) {
  const who = authorName(entry);
  const device = entry.device_label ? t` on ${entry.device_label}` : "";
  const source = sourceWords(entry, at);
  if (kind === "signed") return `${who} ${ACTS[entry.kind] ?? VERBS.signed}.`;
  if (kind === "unknown") return `${who} ${VERBS.unknown}${device}.`;
  if (source) return `${who} ${source}: ${tallied(entry.marks)}.`;
  if (kind === "ruled") return t`${who} ruled: ${named(entry.marks, names, at)}.`;
  if ((kind === "changed" || kind === "joined") && entry.marks.length <= 3)
    return t`${who} marked ${named(entry.marks, names, at)}${device}.`;
  const verb = VERBS[kind];
  return `${who} ${verb}${device}: ${tallied(entry.marks)}.`;
}

const KNOWN: ReadonlySet<string> = new Set(["submit", "rule", ...Object.keys(ACTS)]);

export function kindOf(entry: HistoryEntry, before: readonly HistoryEntry[]): Told["kind"] {
  if (!KNOWN.has(entry.kind)) return "unknown";
  if (ACTS[entry.kind]) return "signed";
  if (entry.outcome !== "accepted") return entry.outcome;
  if (entry.kind === "rule") return "ruled";
  const taken = before.filter(({ outcome, kind }) => outcome === "accepted" && kind === "submit");
  if (taken.length === 0) return "taken";
  const spoke = taken.some(({ author }) => author?.staff_id === entry.author?.staff_id);
  return spoke ? "changed" : "joined";
}

const ENDED: Readonly<Record<string, string>> = {
  accepted: t`Heard again, and on the record`,
  taken_over: t`Taken over`,
  set_aside: t`Left out`,
};

/** How an entry that waited for a person ended, and since when it counts. */
function resolutionWords({ resolution }: HistoryEntry, at: Zoned): string[] {
  if (!resolution) return [];
  const who = resolution.by ? t` by ${resolution.by.name}` : "";
  const why = resolution.why ? `: “${resolution.why}”` : "";
  const how = ENDED[resolution.how] ?? t`Ended`;
  return [t`${how}${who} at ${whenWords(resolution.at, at)}${why}.`];
}

function outcomeWords(entry: HistoryEntry, at: Zoned): string[] {
  const ended = resolutionWords(entry, at);
  if (entry.outcome === "held") {
    const held = entry.resolution ? t`It was held` : t`Held by the office`;
    return [`${held}: ${heldWords(entry.reason)}`, ...ended];
  }
  if (entry.outcome === "refused") return [t`Refused: ${refusedWords(entry.reason)}`];
  return ended;
}

/** What a person should know about the tablet's clock; the desk's own is the server's. */
const clockWords = ({ kind, source, clock_note }: HistoryEntry): string[] =>
  kind === "submit" && !source && clock_note ? [capital(clock_note)] : [];

/** Why a roll was opened again; a signature needs no words. */
const signedWords = ({ why }: HistoryEntry): string[] => (why ? [t`Why: “${why}”.`] : []);

/** When it came, by which clock, and what the school made of it. */
export const deliveryWords = (entry: HistoryEntry, kind: Told["kind"], at: Zoned): string[] => [
  ...(kind === "signed" ? [] : [receivedWords(entry, at)]),
  ...clockWords(entry),
  ...outcomeWords(entry, at),
];

/** What happened, oldest first: who, on which device, when taken, when received, how it met the deadline. */
export function toldOf(history: History, zone: string): Told[] {
  const names = new Map(history.students.map((one) => [one.student_id, fullName(one)]));
  const at = { roll: history.roll, zone };
  return history.entries.map((entry, n) => {
    const kind = kindOf(entry, history.entries.slice(0, n));
    const exceptions = kind === "taken" || entry.marks.length > 3 || entry.source;
    return {
      op_id: entry.op_id,
      at: whenWords(entry.taken_at, at),
      kind,
      says: [
        didWords(entry, kind, names, at),
        ...(exceptions && kind !== "ruled" ? exceptionsOf(entry, names, at) : []),
        ...notesOf(entry, names),
        ...(kind === "signed" ? signedWords(entry) : []),
        ...deliveryWords(entry, kind, at),
      ],
    };
  });
}

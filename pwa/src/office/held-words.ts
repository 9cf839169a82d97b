/** A held entry in sentences: who, what of whom, when taken, when received, why it waits. */

import { clockTime, longDate, ms, schoolDate, shortDate } from "../core/dates.ts";
import { plain, type Sentence, strong } from "../core/spans.ts";
import { plural, t } from "../core/t.ts";
import type { HeldItem } from "../wire.ts";
import { authorOf, countWords, heldReason } from "./words.ts";

/** "8:05", with the date where it is not the one the reader has in mind. */
export function timeOn(at: string, on: string | null, zone: string): string {
  const date = schoolDate(ms(at), zone);
  const time = clockTime(at, zone);
  return date === on ? time : `${shortDate(date)}, ${time}`;
}

/** "8A, Period 1 on Monday, November 23"; null where the school cannot tell. */
export function rollWords({ section_title, period_name, on }: HeldItem): string | null {
  const what = [section_title, period_name].filter(Boolean).join(", ");
  if (!what) return null;
  return on ? t`${what} on ${longDate(on)}` : what;
}

const said = ({ counts }: HeldItem): number =>
  counts.present + counts.absent + counts.late + counts.left_early + counts.elsewhere;

/** "Noa Ben-David absent", "28 present, 2 absent", or nothing where it cannot be read. */
function marksWords(item: HeldItem): string | null {
  if (said(item) === 0) return item.marks_count > 0 ? plural(item.marks_count, "line") : null;
  const counts = countWords(item.counts);
  return item.students ? `${item.students}, ${counts.replace(/^1 /u, "")}` : counts;
}

/** An entry of a kind that this server does not know is told as that, never as a roll. */
function didWords(item: HeldItem, roll: string | null): string {
  if (item.reason === "unsupported_kind")
    return t` sent something that this Rollbook does not understand yet${roll ? t`, for ${roll}` : ""}`;
  return roll ? t` took ${roll},` : t` took a roll that the school does not know,`;
}

export function tookSentence(item: HeldItem, zone: string): Sentence {
  const marks = marksWords(item);
  const device = item.device_label ? t` on ${item.device_label}` : "";
  const at = timeOn(item.taken_at, item.on, zone);
  return [
    strong(authorOf(item)),
    didWords(item, rollWords(item)),
    t` at ${at}${device}`,
    marks ? `: ${marks}.` : ".",
  ];
}

/** "1 h 5 min", "3 days". */
export function spanWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return t`${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : t`${hours} h ${minutes % 60} min`;
  return plural(Math.floor(hours / 24), "day");
}

export function receivedSentence({ taken_at, received_at, on }: HeldItem, zone: string): Sentence {
  const later = ms(received_at) - ms(taken_at);
  const span = later > 2 * 60_000 ? t`, ${spanWords(later)} later` : "";
  return [t`The school received it at ${timeOn(received_at, on, zone)}${span}.`];
}

/** Why it waits: in this desk's words, else in the server's. */
export function waitsSentence({ reason, detail }: HeldItem): Sentence {
  const known = heldReason(reason);
  if (known) return [t`It waits, because ${known}`];
  return [detail || t`It waits, because a person has to look at it.`];
}

const BY_ITSELF: ReadonlySet<string> = new Set([
  "unsupported_kind",
  "server_error",
  "unknown_roll",
  "not_enrolled",
  "no_school",
  "roll_void",
  "grant_unknown",
  "handed_over",
]);

/** Whether it is judged again by itself when what stood in its way has changed. */
export const isHeardAgain = ({ reason }: HeldItem): boolean => BY_ITSELF.has(reason);

export function canSentence(item: HeldItem): Sentence {
  if (isHeardAgain(item))
    return [t`When that changes it is heard again by itself. You need not wait for it.`];
  return item.reason === "locked"
    ? [t`An administrator can open the roll again; then it can be taken over.`]
    : [t`Nothing changes until you take it over.`];
}

const ENDED: Readonly<Record<string, string>> = {
  accepted: t`It was heard again and is on its roll`,
  taken_over: t`It was taken over`,
  set_aside: t`It was left out`,
};

/** How it ended: by whom, when, and with what words. */
export function endedSentence({ resolution }: HeldItem, zone: string, today: string): Sentence {
  if (!resolution) return [];
  const { how, by, at, why } = resolution;
  const ended = ENDED[how] ?? t`It came to an end`;
  const who = by ? t` by ${by.name}` : how === "accepted" ? t`, by itself` : "";
  const reason = why ? `: “${why}”.` : ".";
  const kept = how === "set_aside" ? t` The entry itself is kept.` : "";
  return [strong(`${ended}${who}`), t` at ${timeOn(at, today, zone)}${reason}${kept}`];
}

/** What the row is called for a screen reader and in a dialog. */
export const heldName = (item: HeldItem, zone: string): string => plain(tookSentence(item, zone));

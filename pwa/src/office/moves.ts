/** What a change of the timetable moves, as sentences: the same before it is saved and after. */

import { clockTime, longDate, shortDate } from "../core/dates.ts";
import { plural } from "../core/words.ts";
import type { Effect, Move, TimetableChanged } from "../wire.ts";
import { unexpectedReason } from "./calendar-words.ts";
import { listed } from "./words.ts";

const FACTS: Readonly<Record<string, string>> = {
  starts_at: "when their meetings start",
  ends_at: "when their meetings end",
  opens_at: "when they open",
  late_at: "until when they count as in time",
  check_at: "when the office looks for them",
  closes_at: "when they close",
  locks_at: "when they lock",
  period_name: "the name of the period",
};

const count = (rolls: number): string =>
  `${rolls.toLocaleString("en-US")} ${rolls === 1 ? "roll" : "rolls"}`;

/** "is" or "are", "stays" or "stay": the verb for so many. */
const verb = (rolls: number, one: string, many: string): string => (rolls === 1 ? one : many);

interface Group<Line> {
  readonly lines: Line[];
  readonly rolls: number;
  readonly dates: readonly string[];
}

function groupsOf<Line extends { on: string; rolls: number }>(
  lines: readonly Line[],
  keyOf: (line: Line) => string,
): Group<Line>[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const key = keyOf(line);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].map((all) => ({
    lines: all,
    rolls: all.reduce((sum, { rolls }) => sum + rolls, 0),
    dates: [...new Set(all.map(({ on }) => on))].sort(),
  }));
}

/** "", or " on 20 days from Nov 30 to Jan 15" where it is about more than one date. */
function spread({ dates }: Group<unknown>): string {
  const [first = "", last = ""] = [dates[0], dates.at(-1)];
  if (dates.length < 2) return "";
  return ` on ${plural(dates.length, "day")} from ${shortDate(first)} to ${shortDate(last)}`;
}

const periodsOf = (lines: readonly { period_name: string }[]): string =>
  listed([...new Set(lines.map(({ period_name }) => period_name))]);

function moved(group: Group<Move>, zone: string): string {
  const [line] = group.lines;
  if (!line) return "";
  const [before, after] = [clockTime(line.due_before, zone), clockTime(line.due_after, zone)];
  const which = `${count(group.rolls)} of ${line.period_name}${spread(group)}`;
  if (before !== after)
    return `${which} ${verb(group.rolls, "moves", "move")} from ${before} to ${after}.`;
  const what = line.what.flatMap((fact) => FACTS[fact] ?? []);
  const stays = verb(group.rolls, "stays", "stay");
  return `${which} ${stays} due at ${before}; what changes is ${listed(what)}.`;
}

function moveSentences(moves: readonly Move[], zone: string): string[] {
  const keyOf = ({ period_name, due_before, due_after, what }: Move) =>
    [period_name, clockTime(due_before, zone), clockTime(due_after, zone), ...what].join("|");
  return groupsOf(moves, keyOf).map((group) => moved(group, zone));
}

function effectSentences(
  lines: readonly Effect[],
  say: (which: string, group: Group<Effect>, reason: string) => string,
): string[] {
  const keyOf = ({ void_reason, void_note }: Effect) => `${void_reason}|${void_note}`;
  return groupsOf(lines, keyOf).map((group) => {
    const which = `${count(group.rolls)} (${periodsOf(group.lines)})${spread(group)}`;
    const [line] = group.lines;
    return say(which, group, line ? unexpectedReason(line) : "");
  });
}

const voidedWords = (which: string, { rolls }: Group<Effect>, reason: string): string =>
  `${which} ${verb(rolls, "is", "are")} not expected any more: ${reason}.`;

const againWords = (which: string, { rolls }: Group<Effect>): string =>
  `${which} ${verb(rolls, "is", "are")} expected again.`;

function addedWords(which: string, { rolls, lines }: Group<Effect>, reason: string): string {
  const isNew = `${which} ${verb(rolls, "is", "are")} new`;
  return lines[0]?.void_reason === null ? `${isNew}.` : `${isNew}, and not expected: ${reason}.`;
}

/** What follows for reminders, and for whom took the roll before. */
function aftermath({ totals }: TimetableChanged): string[] {
  const { kept_taken, moved: movedRolls, voided } = totals;
  const said: string[] = [];
  if (kept_taken > 0)
    said.push(
      `${count(kept_taken)} already taken ${verb(kept_taken, "stays as it is", "stay as they are")}.`,
    );
  if (movedRolls > 0) said.push("Reminders move with them.");
  if (voided > 0) said.push("Nobody is reminded of what is not expected.");
  return said;
}

function cutWords({ totals, cut }: TimetableChanged): string[] {
  if (!cut) return [];
  const all = totals.moved + totals.voided + totals.expected_again + totals.added;
  return [`That is not all: ${count(all)} on ${plural(totals.dates, "day")} in all.`];
}

/** Everything that moves, what stays, and what follows; one sentence where nothing does. */
export function effectWords(effect: TimetableChanged, zone: string): string[] {
  const changes = [
    ...moveSentences(effect.moves, zone),
    ...effectSentences(effect.voided, voidedWords),
    ...effectSentences(effect.expected_again, againWords),
    ...effectSentences(effect.added, addedWords),
    ...cutWords(effect),
  ];
  if (changes.length === 0) changes.push("No roll moves.");
  return [...changes, ...aftermath(effect)];
}

/** "Tuesday, November 24", or "20 days from Nov 30 to Jan 15": what an effect is about. */
export function aboutWords({ totals }: TimetableChanged): string | null {
  const { dates, first_on, last_on } = totals;
  if (!first_on || !last_on) return null;
  if (dates === 1) return longDate(first_on);
  return `${plural(dates, "day")} from ${shortDate(first_on)} to ${shortDate(last_on)}`;
}

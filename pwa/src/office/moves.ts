/** What a change of the timetable moves, as sentences: the same before it is saved and after. */

import { clockTime, longDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { Effect, Move, TimetableChanged } from "../wire.ts";
import { unexpectedReason } from "./calendar-words.ts";
import { listed } from "./words.ts";

const FACTS: Readonly<Record<string, string>> = {
  starts_at: t`when their meetings start`,
  ends_at: t`when their meetings end`,
  opens_at: t`when they open`,
  late_at: t`until when they count as in time`,
  check_at: t`when the office looks for them`,
  closes_at: t`when they close`,
  locks_at: t`when they lock`,
  period_name: t`the name of the period`,
};

const count = (rolls: number): string => plural(rolls, "roll");

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
  return t` on ${plural(dates.length, "day")} from ${shortDate(first)} to ${shortDate(last)}`;
}

const periodsOf = (lines: readonly { period_name: string }[]): string =>
  listed([...new Set(lines.map(({ period_name }) => period_name))]);

function moved(group: Group<Move>, zone: string): string {
  const [line] = group.lines;
  if (!line) return "";
  const [before, after] = [clockTime(line.due_before, zone), clockTime(line.due_after, zone)];
  const which = t`${count(group.rolls)} of ${line.period_name}${spread(group)}`;
  if (before !== after)
    return group.rolls === 1
      ? t`${which} moves from ${before} to ${after}.`
      : t`${which} move from ${before} to ${after}.`;
  const what = line.what.flatMap((fact) => FACTS[fact] ?? []);
  return group.rolls === 1
    ? t`${which} stays due at ${before}; what changes is ${listed(what)}.`
    : t`${which} stay due at ${before}; what changes is ${listed(what)}.`;
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
  rolls === 1
    ? t`${which} is not expected any more: ${reason}.`
    : t`${which} are not expected any more: ${reason}.`;

const againWords = (which: string, { rolls }: Group<Effect>): string =>
  rolls === 1 ? t`${which} is expected again.` : t`${which} are expected again.`;

function addedWords(which: string, { rolls, lines }: Group<Effect>, reason: string): string {
  const isNew = rolls === 1 ? t`${which} is new` : t`${which} are new`;
  return lines[0]?.void_reason === null ? `${isNew}.` : t`${isNew}, and not expected: ${reason}.`;
}

/** What follows for reminders, and for whom took the roll before. */
function aftermath({ totals }: TimetableChanged): string[] {
  const { kept_taken, moved: movedRolls, voided } = totals;
  const said: string[] = [];
  if (kept_taken > 0)
    said.push(
      kept_taken === 1
        ? t`1 roll already taken stays as it is.`
        : t`${plural(kept_taken, "roll")} already taken stay as they are.`,
    );
  if (movedRolls > 0) said.push(t`Reminders move with them.`);
  if (voided > 0) said.push(t`Nobody is reminded of what is not expected.`);
  return said;
}

function cutWords({ totals, cut }: TimetableChanged): string[] {
  if (!cut) return [];
  const all = totals.moved + totals.voided + totals.expected_again + totals.added;
  return [t`That is not all: ${count(all)} on ${plural(totals.dates, "day")} in all.`];
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
  if (changes.length === 0) changes.push(t`No roll moves.`);
  return [...changes, ...aftermath(effect)];
}

/** "Tuesday, November 24", or "20 days from Nov 30 to Jan 15": what an effect is about. */
export function aboutWords({ totals }: TimetableChanged): string | null {
  const { dates, first_on, last_on } = totals;
  if (!first_on || !last_on) return null;
  if (dates === 1) return longDate(first_on);
  return t`${plural(dates, "day")} from ${shortDate(first_on)} to ${shortDate(last_on)}`;
}

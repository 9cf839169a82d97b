/** The sentences of what does not fit together: a question each, with facts and a step, no blame. */

import { clockTime, longDate, ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import type { Contradiction, Fact, FindingKind, NextStep } from "../wire.ts";
import { fullName } from "./names.ts";
import { listed, presenceWords } from "./words.ts";

const ASKS: Readonly<Record<string, string>> = {
  two_rooms: t`was seen in two rooms at one time`,
  between: t`was seen before and after, and not in between`,
  at_the_window: t`was seen at a desk, and in no room`,
  visiting: t`was on a sign-in sheet while the roll says absent`,
  vanished: t`was seen earlier, and in no room since`,
  seen_after_all: t`was seen, though the office was told of an absence`,
  too_quick: t`was all present within two seconds, week after week`,
};

export const kindWords = (kind: FindingKind): string => ASKS[kind] ?? t`does not fit together`;

const MOST_NAMES = 3;

/** "Carmen Castellanos", or "12 students, among them …": a class is one finding. */
export function whoWords({ students, evidence }: Contradiction): string {
  const names = students.map(fullName);
  if (names.length === 0) return evidence[0]?.section_title ?? t`A class`;
  if (names.length <= MOST_NAMES) return listed(names);
  return t`${plural(names.length, "student")}, among them ${listed(names.slice(0, MOST_NAMES))}`;
}

const DESK: Readonly<Record<string, string>> = {
  arrived: t`came`,
  left: t`left`,
  visit: t`signed in`,
};

const PLACE: Readonly<Record<string, string>> = {
  window: t`Front desk`,
  nurse: t`Nurse`,
  counselor: t`Counselor`,
  testing: t`Testing`,
};

export function factWords(fact: Fact, zone: string): string {
  const time = clockTime(fact.at, zone);
  if (fact.what)
    return t`${PLACE[fact.place ?? ""] ?? t`A desk`}: ${DESK[fact.what] ?? fact.what} at ${time}.`;
  const by = fact.by ? t` by ${fact.by.name}` : "";
  const where = [fact.period_name, fact.section_title].filter(Boolean).join(", ");
  return t`${where}: ${presenceWords(fact.presence)}, taken at ${time}${by}.`;
}

/** The facts of a finding, a sentence each; a habit of rolls is one. */
export function factsWords({ kind, evidence }: Contradiction, zone: string): string[] {
  const [first] = evidence;
  if (kind !== "too_quick" || !first) return evidence.map((fact) => factWords(fact, zone));
  const since = longDate(schoolDate(ms(first.at), zone));
  const by = first.by?.name ?? t`a teacher`;
  return [
    t`${plural(evidence.length, "roll")} by ${by} since ${since}, each submitted within two seconds of being opened. ${by} was shown this a week ago or more.`,
  ];
}

export function stepWords(step: NextStep, zone: string): string {
  const title = step.section_title ?? t`the roll`;
  const time = step.at ? clockTime(step.at, zone) : "";
  switch (step.do) {
    case "ask_teacher":
      return t`Ask ${step.who?.name ?? t`the teacher`} about ${title}.`;
    case "check_roster":
      return t`Check the rosters: the class may be listed twice.`;
    case "rule_late":
      return t`Rule late at ${time} on ${title}.`;
    case "rule_elsewhere":
      return t`Rule elsewhere on ${title}: ${(PLACE[step.place ?? ""] ?? t`a desk`).toLowerCase()}.`;
    case "look_for_student":
      return t`Look for the student now.`;
    case "end_notice":
      return t`End the notice, if the student is back.`;
    case "prove_mark_wrong":
      return t`Or ask whether the mark on ${title} is right.`;
    case "look_again":
      return t`Look again at ${title}.`;
  }
}

export const TAKEN_BACK = t`The ruling is taken back: the mark is as it was.`;

/** What one press ruled, with whom it is about. */
export function doneWords(one: Contradiction, step: NextStep): string {
  const what = step.do === "rule_late" ? "late" : "elsewhere";
  return t`${whoWords(one)}: ruled ${what} on ${step.section_title ?? t`the roll`}.`;
}

/** Who looked at it or set it aside, when and why; nothing while nobody did. */
export function saidWords({ state, by, said_at, why }: Contradiction, zone: string): string {
  if (state === "open" || !by || !said_at) return "";
  const what = state === "looked_at" ? t`Looked at` : t`Set aside`;
  return t`${what} by ${by.name} at ${clockTime(said_at, zone)}.${why ? ` “${why}”` : ""}`;
}

export function countWords(findings: readonly Contradiction[]): string {
  const open = findings.filter(({ state }) => state === "open").length;
  if (open === 0) return t`Nothing waits here`;
  return open === 1 ? t`1 thing does not fit together` : t`${open} things do not fit together`;
}

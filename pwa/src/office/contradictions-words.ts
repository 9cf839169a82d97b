/** The sentences of what does not fit together: a question each, with facts and a step, no blame. */

import { clockTime, longDate, ms, schoolDate } from "../core/dates.ts";
import { plural } from "../core/words.ts";
import type { Contradiction, Fact, FindingKind, NextStep } from "../wire.ts";
import { fullName } from "./names.ts";
import { listed, presenceWords } from "./words.ts";

const ASKS: Readonly<Record<string, string>> = {
  two_rooms: "was seen in two rooms at one time",
  between: "was seen before and after, and not in between",
  at_the_window: "was seen at a desk, and in no room",
  visiting: "was on a sign-in sheet while the roll says absent",
  vanished: "was seen earlier, and in no room since",
  seen_after_all: "was seen, though the office was told of an absence",
  too_quick: "was all present within two seconds, week after week",
};

export const kindWords = (kind: FindingKind): string => ASKS[kind] ?? "does not fit together";

const MOST_NAMES = 3;

/** "Carmen Castellanos", or "12 students, among them …": a class is one finding. */
export function whoWords({ students, evidence }: Contradiction): string {
  const names = students.map(fullName);
  if (names.length === 0) return evidence[0]?.section_title ?? "A class";
  if (names.length <= MOST_NAMES) return listed(names);
  return `${plural(names.length, "student")}, among them ${listed(names.slice(0, MOST_NAMES))}`;
}

const DESK: Readonly<Record<string, string>> = {
  arrived: "came",
  left: "left",
  visit: "signed in",
};

const PLACE: Readonly<Record<string, string>> = {
  window: "Front desk",
  nurse: "Nurse",
  counselor: "Counselor",
  testing: "Testing",
};

export function factWords(fact: Fact, zone: string): string {
  const time = clockTime(fact.at, zone);
  if (fact.what) return `${PLACE[fact.place ?? ""] ?? "A desk"}: ${DESK[fact.what]} at ${time}.`;
  const by = fact.by ? ` by ${fact.by.name}` : "";
  const where = [fact.period_name, fact.section_title].filter(Boolean).join(", ");
  return `${where}: ${presenceWords(fact.presence)}, taken at ${time}${by}.`;
}

/** The facts of a finding, a sentence each; a habit of rolls is one. */
export function factsWords({ kind, evidence }: Contradiction, zone: string): string[] {
  const [first] = evidence;
  if (kind !== "too_quick" || !first) return evidence.map((fact) => factWords(fact, zone));
  const since = longDate(schoolDate(ms(first.at), zone));
  const by = first.by?.name ?? "a teacher";
  return [
    `${plural(evidence.length, "roll")} by ${by} since ${since}, each submitted within two seconds of being opened. ${by} was shown this a week ago or more.`,
  ];
}

export function stepWords(step: NextStep, zone: string): string {
  const title = step.section_title ?? "the roll";
  const time = step.at ? clockTime(step.at, zone) : "";
  switch (step.do) {
    case "ask_teacher":
      return `Ask ${step.who?.name ?? "the teacher"} about ${title}.`;
    case "check_roster":
      return "Check the rosters: the class may be listed twice.";
    case "rule_late":
      return `Rule late at ${time} on ${title}.`;
    case "rule_elsewhere":
      return `Rule elsewhere on ${title}: ${(PLACE[step.place ?? ""] ?? "a desk").toLowerCase()}.`;
    case "look_for_student":
      return "Look for the student now.";
    case "end_notice":
      return "End the notice, if the student is back.";
    case "prove_mark_wrong":
      return `Or ask whether the mark on ${title} is right.`;
    case "look_again":
      return `Look again at ${title}.`;
  }
}

export const TAKEN_BACK = "The ruling is taken back: the mark is as it was.";

/** What one press ruled, with whom it is about. */
export function doneWords(one: Contradiction, step: NextStep): string {
  const what = step.do === "rule_late" ? "late" : "elsewhere";
  return `${whoWords(one)}: ruled ${what} on ${step.section_title ?? "the roll"}.`;
}

/** Who looked at it or set it aside, when and why; nothing while nobody did. */
export function saidWords({ state, by, said_at, why }: Contradiction, zone: string): string {
  if (state === "open" || !by || !said_at) return "";
  const what = state === "looked_at" ? "Looked at" : "Set aside";
  return `${what} by ${by.name} at ${clockTime(said_at, zone)}.${why ? ` “${why}”` : ""}`;
}

export function countWords(findings: readonly Contradiction[]): string {
  const open = findings.filter(({ state }) => state === "open").length;
  if (open === 0) return "Nothing waits here";
  return open === 1 ? "1 thing does not fit together" : `${open} things do not fit together`;
}

/**
 * What a teacher's own marks became, and what needs the teacher: computed from the tablet's stores,
 * so it works without network. An item leaves when an own op names all that was said (F8).
 */

import type { HeldItem, Mark, Presence, Roll, Section, Student } from "../wire.ts";
import { ms, schoolDate } from "./dates.ts";
import type { Answered, Entry } from "./entry.ts";
import { enrolled, headsOf, pageOf } from "./roll.ts";
import { type StoryFacts, voicesOf, whyOf } from "./stands.ts";

export interface InboxFacts {
  readonly rolls: readonly Roll[];
  readonly sections: readonly Section[];
  /** This person's entries, oldest first. */
  readonly entries: readonly Entry[];
  readonly held: readonly HeldItem[];
  readonly me: { readonly staff_id: string; readonly role: string };
  readonly today: string;
  readonly zone: string;
}

/** One student about whom something is open, or was answered. */
export interface Question {
  readonly key: string;
  readonly ask: Answered["ask"];
  readonly safety: boolean;
  readonly roll: Roll;
  readonly section: Section;
  readonly student: Student;
  readonly mark: Mark | null;
  /** All heads, and own ops that the school has not shown yet. */
  readonly parents: readonly string[];
  /** What this person said last. */
  readonly mine: Mine | null;
  /** Why no answer is possible here; null where one is. */
  readonly closed: "certified" | "locked" | null;
}

export interface Mine {
  readonly presence: Presence | null;
  readonly arrived_at?: string;
  readonly left_at?: string;
}

export interface Kept {
  readonly roll: Roll;
  readonly section: Section;
  readonly count: number;
}

export interface Settled {
  readonly entry: Entry;
  readonly question: Question;
}

export interface Countersign {
  readonly roll: Roll;
  readonly section: Section;
}

export interface Inbox {
  /** Contested, changed by the office, not marked: safety first, then the newest meeting. */
  readonly needs: readonly Question[];
  readonly countersign: readonly Countersign[];
  /** Answered by this person, and now with somebody else. */
  readonly waits: readonly Settled[];
  /** The office's record tells how an earlier mark was true: nothing is asked. */
  readonly explained: readonly Question[];
  readonly held: readonly HeldItem[];
  readonly settled: readonly Settled[];
  readonly kept: readonly Kept[];
}

const teaches = ({ teachers }: Section, staffId: string, on: string): boolean =>
  teachers.some(
    ({ staff_id, begin_on, end_on }) =>
      staff_id === staffId && (!begin_on || begin_on <= on) && (!end_on || on <= end_on),
  );

const about = (entry: Entry, rollId: string, studentId: string): boolean =>
  entry.roll_id === rollId &&
  entry.step !== "refused" &&
  entry.ended === undefined &&
  entry.op.marks.some(({ student_id }) => student_id === studentId);

const sentOf = (entry: Entry, studentId: string) =>
  entry.op.marks.find(({ student_id }) => student_id === studentId);

/** The ops that an own entry had seen, for the story's "who knew of whom". */
export function sawOf(entries: readonly Entry[], studentId: string) {
  const own = new Map(entries.map((entry) => [entry.id, entry]));
  return (op: string): readonly string[] | undefined => {
    const entry = own.get(op);
    return entry && (sentOf(entry, studentId)?.parents ?? []);
  };
}

export function storyFacts(question: Question, all: InboxFacts): StoryFacts | null {
  const { roll, mark, student } = question;
  return (
    mark && {
      roll,
      mark,
      given: student.given_name,
      zone: all.zone,
      reader: { staff_id: all.me.staff_id, office: false },
      saw: sawOf(all.entries, student.student_id),
    }
  );
}

/** The own op that had seen every head there is, if any: the answer that stands. */
export function answerTo(question: Question, entries: readonly Entry[]): Entry | null {
  const { roll, student, mark } = question;
  const heads = headsOf(roll, mark ?? undefined);
  const own = entries.filter((entry) => about(entry, roll.roll_id, student.student_id));
  const last = own.findLast((entry) => {
    const sent = sentOf(entry, student.student_id);
    const seen = new Set([...(sent?.parents ?? []), entry.id]);
    if (mark === null || heads.length === 0) return Boolean(sent?.presence);
    return heads.every((head) => seen.has(head));
  });
  return last ?? null;
}

function myWord(facts: StoryFacts | null, own: readonly Entry[], student: Student): Mine | null {
  for (const entry of own.toReversed()) {
    const sent = sentOf(entry, student.student_id);
    if (sent?.presence) {
      const { presence, arrived_at, left_at } = sent;
      return {
        presence,
        ...(arrived_at ? { arrived_at } : {}),
        ...(left_at ? { left_at } : {}),
      };
    }
  }
  const voices = facts ? voicesOf(facts) : [];
  const voice = voices.findLast(
    ({ who, kind }) => who?.staff_id === facts?.reader.staff_id && kind === "submit",
  );
  return voice
    ? { presence: voice.presence, ...(voice.arrived_at ? { arrived_at: voice.arrived_at } : {}) }
    : null;
}

/** What a mark asks of this person, if anything. */
function askOf(mark: Mark, mine: Mine | null): Answered["ask"] | null {
  const flags = mark.flags ?? [];
  const ruled = mark.office !== undefined && mark.office !== null;
  if (ruled) return mine?.presence && mine.presence !== mark.office ? "office" : null;
  return flags.includes("contested") || flags.includes("own_devices") ? "contested" : null;
}

interface Place {
  readonly roll: Roll;
  readonly section: Section;
}

function base({ roll, section }: Place, student: Student, all: InboxFacts): Question {
  const mark = roll.marks.find(({ student_id }) => student_id === student.student_id) ?? null;
  const own = all.entries.filter((entry) => about(entry, roll.roll_id, student.student_id));
  const page = pageOf({ roll, students: [student], entries: own, draft: null, shown: [] });
  const { state } = roll;
  const question: Question = {
    key: `${roll.roll_id}/${student.student_id}`,
    ask: "unmarked",
    safety: (mark?.flags ?? []).includes("safety"),
    roll,
    section,
    student,
    mark,
    parents: page.lines[0]?.parents ?? [],
    mine: null,
    closed: state === "certified" || state === "locked" ? state : null,
  };
  return { ...question, mine: myWord(storyFacts(question, all), own, student) };
}

/** The question about one student of a roll, whether it is open or answered. */
export function questionOf(place: Place, student: Student, all: InboxFacts): Question | null {
  const { roll } = place;
  const question = base(place, student, all);
  const said = question.mark?.presence ?? null;
  if (said === null) return roll.unmarked.includes(student.student_id) ? question : null;
  const ask = question.mark && askOf(question.mark, question.mine);
  return ask ? { ...question, ask } : null;
}

/** Only students about whom there is something to see: a roll of forty costs a look at its flags. */
function worthALook({ roll, section }: Place): Student[] {
  const odd = new Set(
    roll.marks
      .filter(({ flags, office }) => (flags ?? []).length > 0 || office)
      .map(({ student_id }) => student_id),
  );
  for (const id of roll.unmarked) odd.add(id);
  if (odd.size === 0) return [];
  return enrolled(section.students, roll).filter(({ student_id }) => odd.has(student_id));
}

function placesOf({ rolls, sections, me, today }: InboxFacts): Place[] {
  const known = new Map(sections.map((section) => [section.section_id, section]));
  const taken = rolls.filter(({ state, on }) => state !== "not_taken" && on <= today);
  return taken.flatMap((roll) => {
    const section = known.get(roll.section_id);
    const mine = section && (me.role === "substitute" || teaches(section, me.staff_id, roll.on));
    return section && mine ? [{ roll, section }] : [];
  });
}

const WEIGHT: Readonly<Record<Answered["ask"], number>> = { contested: 1, office: 2, unmarked: 3 };

const urgency = ({ safety, ask }: Question): number => (safety ? 0 : WEIGHT[ask]);

function byUrgency(a: Question, b: Question): number {
  const given = a.student.given_name.localeCompare(b.student.given_name, "en");
  return urgency(a) - urgency(b) || ms(b.roll.starts_at) - ms(a.roll.starts_at) || given;
}

type Group = "needs" | "waits" | "explained" | "done";

/** A teacher cannot say elsewhere (F5.5): not here agrees with it. */
function agrees({ ask, mark }: Question, said: Presence): boolean {
  if (ask !== "office") return true;
  return said === mark?.office || (mark?.office === "elsewhere" && said === "absent");
}

/** Where a question stands for this person. */
export function groupOf(question: Question, all: InboxFacts): Group {
  const answer = answerTo(question, all.entries);
  if (answer?.answers || (answer && question.ask === "contested")) {
    const said = sentOf(answer, question.student.student_id)?.presence ?? null;
    return said === null || !agrees(question, said) ? "waits" : "done";
  }
  if (answer && question.ask === "unmarked") return "done";
  const facts = storyFacts(question, all);
  const contested = (question.mark?.flags ?? []).includes("contested");
  if (facts && question.ask === "office" && !contested)
    return whyOf(facts, voicesOf(facts)) === "explained" ? "explained" : "needs";
  return "needs";
}

/** What this person's entries said last of each student of a roll. */
function lastWords(roll: Roll, entries: readonly Entry[]): Map<string, Presence> {
  const own = entries.filter(({ roll_id, step }) => roll_id === roll.roll_id && ON_IT.has(step));
  const said = own.flatMap(({ op }) => op.marks);
  return new Map(
    said.flatMap(({ student_id, presence }) => (presence ? [[student_id, presence] as const] : [])),
  );
}

const ON_IT: ReadonlySet<Entry["step"]> = new Set(["received", "recorded"]);

function keptIn({ roll, section }: Place, { me, entries }: InboxFacts): Kept[] {
  const said = lastWords(roll, entries);
  const kept = roll.marks.filter(({ student_id, by, presence, flags, office }) => {
    const open = (flags ?? []).some((flag) => flag === "contested" || flag === "own_devices");
    if (open || presence === null) return false;
    const word = said.get(student_id);
    if (word) return word === presence;
    return !office && roll.people[by ?? 0]?.staff_id === me.staff_id;
  });
  return kept.length > 0 ? [{ roll, section, count: kept.length }] : [];
}

/** By the school's clock: a tablet's own may stand on another day. */
const takenAt = ({ op }: Entry): number => ms(op.taken_at) + (op.clock?.offset_ms ?? 0);

/** What was answered on this school date, the newest answer about each student. */
function settledIn(places: readonly Place[], all: InboxFacts): Settled[] {
  const today = all.entries.filter(
    (entry) => entry.answers && schoolDate(takenAt(entry), all.zone) === all.today,
  );
  const newest = new Map(
    today.map((entry) => [`${entry.roll_id}/${entry.answers?.student_id}`, entry]),
  );
  return [...newest.values()].toReversed().flatMap((entry) => {
    const place = places.find(({ roll }) => roll.roll_id === entry.roll_id);
    const student = place?.section.students.find(
      ({ student_id }) => student_id === entry.answers?.student_id,
    );
    if (!place || !student || !entry.answers) return [];
    return [{ entry, question: { ...base(place, student, all), ask: entry.answers.ask } }];
  });
}

export function inboxOf(all: InboxFacts): Inbox {
  const places = placesOf(all);
  const questions = places.flatMap((place) =>
    worthALook(place).flatMap((student) => questionOf(place, student, all) ?? []),
  );
  const of = (group: Group) =>
    questions.filter((question) => groupOf(question, all) === group).sort(byUrgency);
  const waits = of("waits").flatMap((question) => {
    const entry = answerTo(question, all.entries);
    return entry ? [{ question, entry }] : [];
  });
  const open = new Set(waits.map(({ question }) => question.key));
  return {
    needs: of("needs"),
    countersign: all.me.role === "substitute" ? [] : places.filter(({ roll }) => roll.countersign),
    waits,
    explained: of("explained"),
    held: all.held.filter(({ resolution }) => resolution === null),
    settled: settledIn(places, all).filter(({ question }) => !open.has(question.key)),
    kept: places.flatMap((place) => keptIn(place, all)),
  };
}

/** What the badge counts: what waits for this person. */
export const countOf = ({ needs, countersign }: Inbox): number => needs.length + countersign.length;

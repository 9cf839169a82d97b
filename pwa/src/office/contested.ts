/** The contested marks: their order, their answers, who settled them, and how to take it back. */

import { ms, schoolDate } from "../core/dates.ts";
import type { StoryFacts } from "../core/story.ts";
import { t } from "../core/t.ts";
import { stateWords } from "../core/words.ts";
import type { ContestedItem, Mark, Presence, SignedInAs, Voice } from "../wire.ts";
import { headsOf, type Answer as Said } from "./rule.ts";
import { capital } from "./words.ts";

/** What became of a mark that was contested, by whom, and what the office had said before. */
export interface Settled {
  readonly by: string;
  readonly mine: boolean;
  readonly at: string;
  readonly stands: string;
  /** What taking it back returns to: the office's earlier word, or none. */
  readonly before: Said;
  readonly undone: boolean;
}

/** An item keeps its place on the screen, also when it was settled meanwhile. */
export interface Row {
  readonly key: string;
  readonly item: ContestedItem;
  /** When it first came into the list: what is taken back returns to its place. */
  readonly since: string;
  readonly settled: Settled | null;
}

export const keyOf = ({ roll, student }: ContestedItem): string =>
  `${roll.roll_id}/${student.student_id}`;

export const isSafety = ({ mark }: ContestedItem): boolean => (mark.flags ?? []).includes("safety");

const inOrder = (a: Row, b: Row): number =>
  Number(isSafety(b.item)) - Number(isSafety(a.item)) || ms(a.since) - ms(b.since);

export interface Merged {
  readonly rows: readonly Row[];
  /** Those that were open and are no longer listed: somebody settled them. */
  readonly gone: readonly ContestedItem[];
}

/** News come in their place; what is gone stays where it is until somebody says who settled it. */
export function merge(rows: readonly Row[], items: readonly ContestedItem[]): Merged {
  const open = new Map(items.map((item) => [keyOf(item), item]));
  const known = new Set(rows.map(({ key }) => key));
  const gone = rows.filter(({ key, settled }) => !settled && !open.has(key));
  const kept = rows.map((row): Row => {
    const item = open.get(row.key);
    return item ? { ...row, item, settled: null } : row;
  });
  const fresh = items
    .filter((item) => !known.has(keyOf(item)))
    .map((item): Row => ({ key: keyOf(item), item, since: item.since, settled: null }));
  const all = [...kept, ...fresh].sort(inOrder);
  return { rows: all, gone: gone.map(({ item }) => item) };
}

export const given = ({ student }: ContestedItem): string =>
  student.given_name || student.family_name;

export function factsOf(item: ContestedItem, who: SignedInAs): StoryFacts {
  const { on, starts_at } = item.roll;
  return {
    roll: { on, starts_at, ops: item.ops, people: item.people },
    mark: item.mark,
    given: given(item),
    zone: who.school.zone,
    reader: { staff_id: who.me.staff_id, office: true },
  };
}

export interface Answer extends Said {
  /** The letter that gives it. */
  readonly letter: string;
  readonly words: string;
}

type Stated = Pick<Voice, "presence"> & { readonly arrived_at?: string | undefined };

const LETTERS: Readonly<Record<Presence, string>> = {
  present: "P",
  absent: "A",
  late: "L",
  left_early: "E",
  elsewhere: "W",
};

export function minutesAfter(starts_at: string, at: string | undefined): number | null {
  return at ? Math.max(1, Math.floor((ms(at) - ms(starts_at)) / 60_000)) : null;
}

function answer(stated: Stated, starts_at: string): Answer | null {
  const { presence, arrived_at } = stated;
  if (presence === null) return null;
  const words = capital(stateWords(presence, minutesAfter(starts_at, arrived_at)));
  return { letter: LETTERS[presence], words, presence, arrived_at };
}

/** The voices that stand against each other. */
function heads({ mark }: ContestedItem): Voice[] {
  const standing = new Set(mark.heads ?? [0]);
  return (mark.voices ?? []).filter(({ op, presence }) => presence !== null && standing.has(op));
}

/** The office's word against a teacher's: one stays, or the other is taken. */
function betweenLanes(item: ContestedItem, who: SignedInAs): Answer[] {
  const ruled = heads(item).find(({ kind }) => kind === "rule");
  const seen = heads(item).find(
    ({ kind, presence }) => kind === "submit" && presence !== ruled?.presence,
  );
  if (!ruled || !seen) return [];
  const ruler = item.people[ruled.by];
  const mine = ruler?.staff_id === who.me.staff_id;
  const teacher = item.people[seen.by]?.name ?? t`the teacher`;
  const start = item.roll.starts_at;
  const [keep, take] = [answer(ruled, start), answer(seen, start)];
  return [
    ...(keep
      ? [
          {
            ...keep,
            letter: "K",
            words: mine ? t`Keep mine` : ruler ? t`Keep ${ruler.name}’s` : t`Keep it`,
          },
        ]
      : []),
    ...(take ? [{ ...take, letter: "T", words: t`Take ${teacher}’s` }] : []),
  ];
}

/**
 * One-tap answers. For a student's safety the whole choice, else what was said: no answer is
 * recommended. *Late…* asks for the minutes and is not among them.
 */
export function answersOf(item: ContestedItem, who: SignedInAs): Answer[] {
  const start = item.roll.starts_at;
  const lanes = betweenLanes(item, who);
  if (lanes.length > 0) return lanes;
  const said = heads(item).flatMap((voice) => answer(voice, start) ?? []);
  const plain: Answer[] = [
    { letter: "P", words: t`Present`, presence: "present" },
    { letter: "A", words: t`Absent`, presence: "absent" },
  ];
  const late = said.filter(({ presence }) => presence !== "present" && presence !== "absent");
  const all = isSafety(item) ? [...plain, ...late] : said;
  return distinct(all);
}

function distinct(answers: readonly Answer[]): Answer[] {
  const letters = new Set<string>();
  const words = new Map(answers.map((one) => [one.words, one]));
  return [...words.values()].map((one) => {
    const letter = letters.has(one.letter) ? "" : one.letter;
    letters.add(one.letter);
    return { ...one, letter };
  });
}

/** The reason that goes with an answer unless somebody writes another. */
export function usualReason(item: ContestedItem): string {
  const kinds = new Set(heads(item).map(({ kind }) => kind));
  const people = new Set(heads(item).map(({ by }) => by));
  if (kinds.has("rule") && kinds.has("submit"))
    return t`Settled at the desk after the office’s and the teacher’s marks`;
  if (people.size > 2) return t`Settled at the desk after ${people.size} people’s marks`;
  return kinds.has("rule")
    ? t`Settled at the desk after two rulings`
    : t`Settled at the desk after the two teachers’ marks`;
}

/** All the heads of an item: a ruling that names them settles it. */
export const allHeads = (item: ContestedItem): string[] => headsOf(item.mark, item.ops);

/** What the office had said before; null where it had not ruled: taking back is releasing then. */
export function before({ mark }: ContestedItem): Said {
  const { office, arrived_at, left_at } = mark;
  return office ? { presence: office, arrived_at, left_at } : { presence: null };
}

/** "Late, 9 min", as what stands. */
export function standing(mark: Mark, starts_at: string): string {
  return capital(stateWords(mark.presence, minutesAfter(starts_at, mark.arrived_at)));
}

/** An answer may be taken back on the day it was given. */
export const canUndo = ({ at, undone }: Settled, now: number, zone: string): boolean =>
  !undone && schoolDate(ms(at), zone) === schoolDate(now, zone);

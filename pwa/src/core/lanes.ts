/** A lane is one register under one authority; F2–F4 choose in it. As sync/heads.py, sync/lanes.py. */

import type { Kind, Presence, SentMark } from "../wire.ts";
import { ms } from "./dates.ts";

/** Whose word an op is, judged by the server from the assignment on the roll's date. */
export type Rank = "pass" | "substitute" | "teacher" | "staff" | "office";

/** One accepted op about one roll; `taken_at` is corrected and clamped. */
export interface FoldOp {
  readonly id: string;
  readonly kind: Kind;
  readonly author: string;
  readonly rank: Rank;
  readonly taken_at: string;
  readonly marks: readonly SentMark[];
}

/** What one op says about one student. */
export interface Said {
  readonly op: FoldOp;
  readonly mark: SentMark;
}

/** For each op about a student, the ops its author had seen, directly or through others. */
export type Seen = ReadonlyMap<string, ReadonlySet<string>>;

/** One register under one authority: its heads, one candidate a person, and who stands. */
export interface Lane {
  readonly heads: readonly Said[];
  readonly candidates: readonly Said[];
  readonly stands: Said | null;
}

const NOTHING: ReadonlySet<string> = new Set();
const NOBODY: Lane = { heads: [], candidates: [], stands: null };

export const RANKS: Readonly<Record<Rank, number>> = {
  pass: 3,
  substitute: 3,
  teacher: 2,
  staff: 1,
  office: 1,
};

/** A sighting beats not-seen, and the sighting that tells more beats the one that tells less. */
export const EVIDENCE: Readonly<Record<Presence, number>> = {
  left_early: 5,
  late: 4,
  present: 3,
  elsewhere: 2,
  absent: 1,
};

/** The order of ids and of everything else that is text: by code unit, never by locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function reachable(from: string, named: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const ahead = [...(named.get(from) ?? [])];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const parents = named.get(next);
    if (parents === undefined || found.has(next)) continue;
    found.add(next);
    ahead.push(...parents);
  }
  return found;
}

/** Follows the named parents as far as the ops at hand lead; unknown ones lead nowhere. */
export function seenByEach(lines: readonly Said[]): Seen {
  const named = new Map(lines.map(({ op, mark }) => [op.id, mark.parents ?? []]));
  return new Map([...named.keys()].map((id) => [id, reachable(id, named)]));
}

export const saw = (seen: Seen, id: string): ReadonlySet<string> => seen.get(id) ?? NOTHING;

/** Whether one op was made in knowledge of the other and not the other way round (F2). */
function supersedes(later: Said, earlier: Said, seen: Seen): boolean {
  const [one, other] = [later.op.id, earlier.op.id];
  return saw(seen, one).has(other) && !saw(seen, other).has(one);
}

/** Each person's own lines, the latest by corrected capture time last (F3). */
export function byPerson(lines: readonly Said[]): Said[][] {
  const own = new Map<string, Said[]>();
  for (const line of lines) own.set(line.op.author, [...(own.get(line.op.author) ?? []), line]);
  return [...own.values()].map((mine) =>
    mine.sort((a, b) => ms(a.op.taken_at) - ms(b.op.taken_at) || byText(a.op.id, b.op.id)),
  );
}

/** Folds one lane; `lines` are those that speak in it, `weight` how much each tells (F4). */
export function choose(lines: readonly Said[], seen: Seen, weight: (line: Said) => number): Lane {
  const heads = lines.filter((line) => !lines.some((other) => supersedes(other, line, seen)));
  if (heads.length === 0) return NOBODY;
  const candidates = byPerson(heads).flatMap((own) => own.slice(-1));
  const [stands = null] = candidates.toSorted(
    (a, b) =>
      RANKS[b.op.rank] - RANKS[a.op.rank] || weight(b) - weight(a) || byText(a.op.id, b.op.id),
  );
  return { heads, candidates, stands };
}

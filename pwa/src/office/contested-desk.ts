/** Keeps the contested marks live, and settles them. */

import { batch, computed, signal } from "@preact/signals";
import { ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Change, ContestedItem, History, SignedInAs } from "../wire.ts";
import * as api from "./api.ts";
import {
  type Answer,
  allHeads,
  before,
  keyOf,
  merge,
  type Row,
  type Settled,
  standing,
} from "./contested.ts";
import { mayBeSettled, settledIn } from "./contested-settled.ts";
import * as desk from "./desk.ts";
import { headsOf, rule } from "./rule.ts";

export const rows = signal<readonly Row[]>([]);
export const failed = signal<string | null>(null);
export const fetched = signal(false);
/** What the last press came to, for the eye and the ear. */
export const said = signal<{ readonly key: string; readonly words: string } | null>(null);
export const busy = signal<string | null>(null);

export const open = computed(() => rows.value.filter(({ settled }) => !settled));
export const settledRows = computed(() => rows.value.filter(({ settled }) => settled));

const put = (key: string, settled: Settled | null): void => {
  rows.value = rows.value.map((row) => (row.key === key ? { ...row, settled } : row));
};

const isOpen = (key: string): boolean => rows.value.some((row) => row.key === key && !row.settled);

/** Fetches what is contested now; a press that is still under way is not taken for another's. */
export async function refreshContested(who: SignedInAs): Promise<void> {
  const answer = await api.contested(who.school.school_id);
  if (answer.end !== "answered") {
    if (answer.end === "refused") failed.value = answer.problem.detail;
    return;
  }
  const merged = merge(rows.value, answer.answer.items);
  batch(() => {
    rows.value = merged.rows;
    away.value = new Set([...away.value].filter((key) => !isOpen(key)));
    failed.value = null;
    fetched.value = true;
  });
  const others = merged.gone.filter((item) => keyOf(item) !== busy.value);
  await Promise.all(others.map((item) => tellWho(item, who)));
}

/** Whether a change may have made a mark contested, or settled one. */
export function concernsContested(changes: readonly Change[]): boolean {
  const shown = new Set(rows.value.map(({ item }) => item.roll.roll_id));
  return changes.some(
    (change) => change.type === "roll" && (change.contested > 0 || shown.has(change.roll_id)),
  );
}

/** The newest word about a student on a roll, and whose it is. */
function lastWord({ entries, roll }: History, item: ContestedItem, who: SignedInAs): Settled {
  const { student_id } = item.student;
  const about = entries.filter(
    ({ outcome, marks }) =>
      outcome === "accepted" && marks.some((mark) => mark.student_id === student_id),
  );
  const last = about.at(-1);
  const mark = roll.marks.find((one) => one.student_id === student_id);
  return {
    by: last?.author?.name ?? t`somebody`,
    mine: last?.author?.staff_id === who.me.staff_id,
    at: last?.received_at ?? new Date(desk.instantNow()).toISOString(),
    stands: mark ? standing(mark, roll.starts_at) : t`Not marked`,
    before: before(item),
    undone: false,
  };
}

async function tellWho(item: ContestedItem, who: SignedInAs): Promise<void> {
  const answer = await api.history(who.school.school_id, item.roll.roll_id);
  if (answer.end !== "answered") return;
  const { marks } = answer.answer.roll;
  const mark = marks.find(({ student_id }) => student_id === item.student.student_id);
  // A list cut short leaves some out that are contested still.
  if (!mark?.flags?.includes("contested")) put(keyOf(item), lastWord(answer.answer, item, who));
}

/** Settles a mark: a ruling that names everything that stands against each other (F8.1). */
export async function settle(
  item: ContestedItem,
  answer: Pick<Answer, "presence" | "arrived_at" | "left_at">,
  why: string,
  who: SignedInAs,
): Promise<boolean> {
  const { roll_id, starts_at } = item.roll;
  const { student_id } = item.student;
  return during(keyOf(item), async () => {
    const ruling = { ...answer, roll_id, student_id, why, parents: allHeads(item) };
    const ruled = await rule(who.school.school_id, ruling);
    if (ruled.end === "not") return ruled.why;
    const { presence, arrived_at } = answer;
    const mark = { student_id, presence, ...(arrived_at ? { arrived_at } : {}) };
    put(keyOf(item), {
      by: who.me.name,
      mine: true,
      at: new Date(desk.instantNow()).toISOString(),
      stands: standing(mark, starts_at),
      before: before(item),
      undone: false,
    });
    return null;
  });
}

const TAKEN_BACK = t`Taken back at the desk on the same day`;

/** Takes an answer back: the office's earlier word returns, or its word is released. */
export async function undo(row: Row, who: SignedInAs): Promise<boolean> {
  const { item, key, settled } = row;
  if (!settled) return false;
  const { roll_id } = item.roll;
  const { student_id } = item.student;
  const school = who.school.school_id;
  const done = await during(key, async () => {
    const found = await api.history(school, roll_id);
    if (found.end !== "answered") return t`The server did not answer. Try again.`;
    const { roll } = found.answer;
    const mark = roll.marks.find((one) => one.student_id === student_id);
    const parents = headsOf(mark, roll.ops);
    const ruling = { ...settled.before, roll_id, student_id, why: TAKEN_BACK, parents };
    const ruled = await rule(school, ruling);
    if (ruled.end === "not") return ruled.why;
    put(key, { ...settled, undone: true });
    return null;
  });
  if (done) await refreshContested(who);
  return done;
}

async function during(key: string, act: () => Promise<string | null>): Promise<boolean> {
  if (busy.value) return false;
  busy.value = key;
  const words = await act();
  batch(() => {
    busy.value = null;
    said.value = words === null ? null : { key, words };
  });
  return words === null;
}

const away = signal<ReadonlySet<string>>(new Set());

/** What stands on the page: the open ones, and those settled since it was opened, in place. */
export const listed = computed(() => rows.value.filter(({ key }) => !away.value.has(key)));

/** Those that are settled leave the list; "Settled today" keeps them. */
export function putAway(): void {
  batch(() => {
    said.value = null;
    away.value = new Set(settledRows.peek().map(({ key }) => key));
  });
}

const AT_ONCE = 4;
export const settledKnown = signal(false);

/** Reads what anybody settled today from the histories of the day's changed rolls. */
export async function loadSettled(who: SignedInAs): Promise<void> {
  const board = desk.board.peek();
  const { zone, school_id } = who.school;
  const today = schoolDate(desk.instantNow(), zone);
  if (!board || board.on !== today) return;
  const waiting = mayBeSettled(board);
  const reading = { me: who.me.staff_id, zone, today };
  const one = async (): Promise<void> => {
    for (let roll = waiting.shift(); roll !== undefined; roll = waiting.shift()) {
      const answer = await api.history(school_id, roll);
      if (answer.end === "answered") keep(settledIn(answer.answer, board, reading));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  settledKnown.value = true;
}

/** Adds what was settled before this page was opened; it does not come into the list of today. */
function keep(found: readonly Row[]): void {
  const known = new Set(rows.peek().map(({ key }) => key));
  const fresh = found.filter(({ key }) => !known.has(key));
  batch(() => {
    rows.value = [...rows.peek(), ...fresh];
    away.value = new Set([...away.peek(), ...fresh.map(({ key }) => key)]);
  });
}

/** Newest first. */
export const settledToday = computed(() =>
  [...settledRows.value].sort((a, b) => ms(b.settled?.at ?? "") - ms(a.settled?.at ?? "")),
);

export function forgetContested(): void {
  batch(() => {
    rows.value = [];
    fetched.value = false;
    settledKnown.value = false;
    said.value = null;
  });
}

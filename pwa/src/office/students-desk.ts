/** What the grid knows: the day, what is chosen and shown, what was ruled here and can be undone. */

import { batch, computed, signal } from "@preact/signals";
import { schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Change, ChangedCell, Codes, Grid, Ruled, Ruling } from "../wire.ts";
import { asOf, instant, type Loaded, now, session } from "./desk.ts";
import { stepsOf } from "./past.ts";
import { route } from "./route.ts";
import {
  type Area,
  type Cell,
  type Chosen,
  chosenCells,
  type Draft,
  EMPTY,
  type Filter,
  inOrder,
  isShownBy,
  NO_FILTER,
  orderOf,
  rowsOf,
  rulingOf,
  withRolls,
} from "./students.ts";
import { fetchCodes, fetchGrid, sendRulings } from "./students-api.ts";
import { marks } from "./students-words.ts";

export const grid = signal<Loaded<Grid>>({ is: "loading" });
export const codes = signal<Codes | null>(null);
export const filter = signal<Filter>(NO_FILTER);
export const chosen = signal<Chosen | null>(null);
export const draft = signal<Draft>(EMPTY);
/** Frozen while somebody works; who came since stands at the end. */
const order = signal<readonly number[]>([]);
/** Frozen with it: whom the filter showed when it was chosen. */
const shown = signal<ReadonlySet<number> | null>(null);

export interface Told {
  readonly kind: "done" | "not";
  readonly words: string;
  readonly lines: readonly string[];
}
/** What the last press came to, for the eye and the ear. */
export const told = signal<Told | null>(null);
/** What somebody else changed meanwhile, and what was to be said. */
export interface Clash {
  readonly cells: readonly ChangedCell[];
  readonly rulings: readonly Ruling[];
  readonly why: string;
}
export const clash = signal<Clash | null>(null);
export const busy = signal(false);
const done = signal<readonly (readonly Ruling[])[]>([]);
export const canUndo = computed(() => done.value.length > 0);

const shownGrid = computed(() => (grid.value.is === "here" ? grid.value.answer : null));
/** When something of the shown day became known: what one steps through in the past. */
export const steps = signal<readonly string[]>([]);
export const rows = computed(() => (shownGrid.value ? rowsOf(shownGrid.value) : []));
export const area = computed<Area>(() => {
  const ordered = inOrder(rows.value, order.value);
  const kept = shown.value;
  return {
    rows: kept ? ordered.filter(({ student }) => kept.has(student.num)) : ordered,
    periods: shownGrid.value?.periods ?? [],
  };
});
export const cells = computed<readonly Cell[]>(() => chosenCells(area.value, chosen.value));
export const chosenRow = computed(() =>
  area.value.rows.find(({ student }) => student.num === chosen.value?.num),
);

/** Works the order and the filter out anew: only when somebody asks for it. */
export function sortAnew(): void {
  const asked = filter.peek();
  const isAll = JSON.stringify(asked) === JSON.stringify(NO_FILTER);
  const all = rows.peek();
  batch(() => {
    order.value = orderOf(all);
    shown.value = isAll
      ? null
      : new Set(
          all
            .filter((row) => isShownBy(asked, row, instant.peek()))
            .map(({ student }) => student.num),
        );
    keepChosenInSight();
  });
}

/** What is not shown any more is not ruled on by a key. */
function keepChosenInSight(): void {
  const { rows: listed } = area.peek();
  const isThere = listed.some(({ student }) => student.num === chosen.peek()?.num);
  if (!isThere) chosen.value = null;
}

export function show(changes: Partial<Filter>): void {
  filter.value = { ...filter.peek(), ...changes };
  sortAnew();
}

export function choose(next: Chosen | null): void {
  const before = chosen.peek();
  const isSame = before?.num === next?.num && before?.period === next?.period;
  batch(() => {
    chosen.value = next;
    if (!isSame) {
      draft.value = { ...EMPTY, why: draft.peek().why };
      told.value = null;
    }
  });
}

export const write = (changes: Partial<Draft>): void => {
  draft.value = { ...draft.peek(), ...changes };
};

const school = (): string | null => {
  const who = session.peek();
  return who.at === "desk" ? who.who.school.school_id : null;
};

const UNREACHABLE = t`The server does not answer. Try again.`;
let fetching = 0;

/** Fetches the day; what is shown stays until the new one is here, its order and choice too. */
export async function fetchDay(on: string | null): Promise<void> {
  const here = school();
  if (!here) return;
  fetching += 1;
  const turn = fetching;
  const answer = await fetchGrid(here, on, asOf.peek());
  if (turn !== fetching) return;
  if (answer.end === "answered") take(answer.answer);
  else if (shownGrid.peek() === null) {
    const why = answer.end === "refused" ? answer.problem.detail : UNREACHABLE;
    grid.value = { is: "failed", why };
  }
}

/** When something of the day became known, or a roll fell due. An answer about the past knows of no
 * later steps: those that were known here stay. */
const stepsOfDay = ({ known_at, periods }: Grid, before: readonly string[]): string[] =>
  stepsOf([...before, ...known_at, ...periods.map(({ due_at }) => due_at)]);

function take(fresh: Grid): void {
  const before = shownGrid.peek();
  const isAnother = before?.on !== fresh.on;
  const isSame = before && !isAnother && before.as_of === fresh.as_of;
  batch(() => {
    grid.value = { is: "here", answer: isSame ? newest(before, fresh) : fresh };
    steps.value = stepsOfDay(fresh, isAnother ? [] : steps.peek());
    if (!isSame) done.value = [];
    if (isAnother) {
      chosen.value = null;
      sortAnew();
    }
  });
  if (codes.peek()?.on !== fresh.on) void fetchReasons(fresh.on);
}

/** What was ruled here while the day was on its way is not shown as it was before. */
function newest(before: Grid, fresh: Grid): Grid {
  const seqs = new Map(fresh.rolls.map(({ roll_id, seq }) => [roll_id, seq]));
  return withRolls(
    fresh,
    before.rolls.filter(({ roll_id, seq }) => seq > (seqs.get(roll_id) ?? seq)),
  );
}

async function fetchReasons(on: string): Promise<void> {
  const here = school();
  if (!here) return;
  const answer = await fetchCodes(here, on);
  if (answer.end === "answered") codes.value = answer.answer;
}

/** The codes' words, where no day of the grid has brought them. */
export async function needCodes(on: string): Promise<void> {
  if (codes.peek() === null) await fetchReasons(on);
}

const AGAIN_MS = 1200;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Follows the feed: what changed of the shown day is fetched, many changes once. */
export function gridNews(changes: readonly Change[]): void {
  const day = shownGrid.peek();
  if (!day || day.as_of !== null || route.peek().page !== "students") return;
  const concerns = changes.some((change) =>
    change.type === "roll" ? change.on === day.on : change.type !== "held",
  );
  if (!concerns || waiting !== undefined) return;
  waiting = setTimeout(() => {
    waiting = undefined;
    void fetchDay(day.on);
  }, AGAIN_MS);
}

/** Makes rulings; says what became of them. Whether all of them were made. */
export async function send(rulings: readonly Ruling[]): Promise<boolean> {
  const here = school();
  if (!here || busy.peek() || rulings.length === 0) return false;
  busy.value = true;
  const answer = await sendRulings(here, crypto.randomUUID(), false, rulings);
  busy.value = false;
  if (answer.end === "answered") return made(answer.answer);
  if (answer.end === "refused" && answer.problem.cells) {
    const { detail } = answer.problem;
    clash.value = { cells: answer.problem.cells, rulings, why: detail };
    void fetchDay(shownGrid.peek()?.on ?? null);
  } else {
    const why = answer.end === "refused" ? answer.problem.detail : UNREACHABLE;
    told.value = { kind: "not", words: why, lines: [] };
  }
  return false;
}

/** What would become of rulings; null where nobody could say. */
export async function look(rulings: readonly Ruling[]): Promise<Ruled | null> {
  const here = school();
  if (!here) return null;
  const answer = await sendRulings(here, crypto.randomUUID(), true, rulings);
  if (answer.end === "answered") return answer.answer;
  const why = answer.end === "refused" ? answer.problem.detail : UNREACHABLE;
  told.value = { kind: "not", words: why, lines: [] };
  return null;
}

function made(answer: Ruled): boolean {
  const stands = answer.lines.filter((line) => line.made && line.op_id);
  const not = answer.lines.filter((line) => !line.made);
  const back = stands.map(({ roll_id, student_id, heads, op_id }) => ({
    roll_id,
    student_id,
    seen: heads,
    takes_back: op_id ?? "",
  }));
  batch(() => {
    const day = shownGrid.peek();
    if (day) grid.value = { is: "here", answer: withRolls(day, answer.rolls) };
    if (back.length > 0) done.value = [...done.peek(), back];
    clash.value = null;
    told.value = {
      kind: not.length > 0 ? "not" : "done",
      words: spoken(answer),
      lines: not.map(({ says }) => says),
    };
  });
  return not.length === 0;
}

function spoken({ lines, made: count, refused }: Ruled): string {
  if (refused > 0 && count === 0) return t`Not saved.`;
  const [only] = lines;
  if (lines.length === 1 && only) return t`Saved. ${only.says}`;
  return refused > 0 ? t`${marks(count)} saved, ${refused} not.` : t`${marks(count)} saved.`;
}

/** The rulings that the draft makes on what is chosen. */
export const drafted = (): Ruling[] => {
  const ids = new Map(rows.peek().map(({ student }) => [student.num, student.student_id]));
  return cells.peek().map((cell) => rulingOf(cell, ids.get(cell.num) ?? "", draft.peek()));
};

/** Saves what is written about what is chosen. */
export async function save(): Promise<boolean> {
  const all = await send(drafted());
  if (all) draft.value = { ...EMPTY, why: draft.peek().why };
  return all;
}

/** Takes the last rulings back, unless somebody changed their marks since. */
export async function undo(): Promise<void> {
  const last = done.peek().at(-1);
  if (!last || busy.peek()) return;
  const before = done.peek();
  const all = await send(last);
  if (!all) return;
  batch(() => {
    done.value = before.slice(0, -1);
    told.value = { kind: "done", words: t`Taken back. ${told.peek()?.words ?? ""}`, lines: [] };
  });
}

/** After a look at what changed: the same rulings, over what stands now. */
export async function sendAllTheSame(): Promise<void> {
  const found = clash.peek();
  if (!found) return;
  const heads = new Map(found.cells.map((cell) => [cell.roll_id + cell.student_id, cell.heads]));
  await send(
    found.rulings.map((one) => ({
      ...one,
      seen: heads.get(one.roll_id + one.student_id) ?? one.seen,
    })),
  );
}

export const leaveAsItIs = (): void => {
  clash.value = null;
};

/** The date that the address names, else today at the school. */
export const wantedDay = computed(() => {
  const { page, part } = route.value;
  return page === "students" ? part : null;
});

export const isToday = (on: string, zone: string): boolean => on === schoolDate(now.value, zone);

/** Nobody is at the desk: nothing of the school stays in the page. */
export function forgetStudents(): void {
  batch(() => {
    grid.value = { is: "loading" };
    codes.value = null;
    chosen.value = null;
    filter.value = NO_FILTER;
    draft.value = EMPTY;
    done.value = [];
    steps.value = [];
    told.value = null;
    clash.value = null;
  });
}

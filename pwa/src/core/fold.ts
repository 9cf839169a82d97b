/** Folds the ops about one meeting into its roll (rules F), as sync/fold.py: the cases are shared. */

import { ms } from "./dates.ts";
import { byText, type FoldOp, type Said } from "./lanes.ts";
import { type FoldedMark, foldMark, statesSeen } from "./registers.ts";

export type { FoldOp } from "./lanes.ts";
export type { FoldedMark } from "./registers.ts";

export interface FoldedRoll {
  readonly state: "not_taken" | "submitted";
  readonly marks: readonly FoldedMark[];
  readonly unmarked: readonly string[];
  readonly first_op: string | null;
  readonly not_enrolled: readonly FoldedMark[];
}

const textOf = (value: unknown): string =>
  value === undefined || value === null ? "" : String(value).toLowerCase();

const timeOf = (at: string | null | undefined): string =>
  at ? new Date(ms(at)).toISOString().slice(0, -1).toLowerCase() : "";

/** All that the fold reads of an op, as one text; the server writes the same. */
function contentOf(op: FoldOp): string {
  const facts: unknown[] = [op.kind, op.author, op.rank, timeOf(op.taken_at)];
  for (const mark of op.marks) {
    const release = op.kind === "rule" && mark.presence === null;
    facts.push(mark.student_id, mark.presence, release, timeOf(mark.arrived_at));
    facts.push(timeOf(mark.left_at), mark.note, mark.reason, mark.excused, mark.evidence);
    facts.push(...[...new Set(mark.parents)].sort(byText));
  }
  return facts.map(textOf).join("\n");
}

/** Each op once. Two that share an id are a fault: the one whose content sorts first counts. */
function distinct(ops: readonly FoldOp[]): FoldOp[] {
  const kept = new Map<string, FoldOp>();
  for (const op of ops) {
    const other = kept.get(op.id);
    if (other === undefined || contentOf(op) < contentOf(other)) kept.set(op.id, op);
  }
  return [...kept.values()];
}

/** What each op says about each student; where it names one twice, its last line counts. */
function byStudent(ops: readonly FoldOp[]): Map<string, Said[]> {
  const lines = new Map<string, Said[]>();
  for (const op of ops) {
    for (const mark of new Map(op.marks.map((one) => [one.student_id, one])).values()) {
      lines.set(mark.student_id, [...(lines.get(mark.student_id) ?? []), { op, mark }]);
    }
  }
  return lines;
}

/** The submission that took the roll: the earliest capture that states anyone's presence. */
function firstSubmission(ops: readonly FoldOp[]): string | null {
  const took = ops.filter(
    (op) => op.kind === "submit" && op.marks.some((mark) => statesSeen({ op, mark })),
  );
  const [first] = took.toSorted((a, b) => ms(a.taken_at) - ms(b.taken_at) || byText(a.id, b.id));
  return first?.id ?? null;
}

/** Folds a roll from its ops; `roster` are the students enrolled on its date. */
export function fold(ops: readonly FoldOp[], roster: readonly string[]): FoldedRoll {
  const entries = distinct(ops);
  const enrolled = new Set(roster);
  const marks = [...byStudent(entries)]
    .sort(([a], [b]) => byText(a, b))
    .map(([studentId, said]) => foldMark(studentId, said));
  const marked = new Set(marks.filter((one) => one.presence).map((one) => one.student_id));
  const first = firstSubmission(entries);
  return {
    state: first === null ? "not_taken" : "submitted",
    marks: marks.filter((one) => enrolled.has(one.student_id)),
    unmarked: [...enrolled].filter((one) => !marked.has(one)).sort(byText),
    first_op: first,
    not_enrolled: marks.filter((one) => !enrolled.has(one.student_id)),
  };
}

/** The students that *all present* fills: displayed, without a mark or a known absence (F9). */
export function blanks(
  displayed: readonly string[],
  marked: readonly string[],
  knownAbsent: readonly string[],
): string[] {
  return displayed.filter((one) => !marked.includes(one) && !knownAbsent.includes(one));
}

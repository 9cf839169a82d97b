/** One student's registers and the mark they make (rules F2–F8), as sync/registers.py. */

import type { Presence, SentMark, Why } from "../wire.ts";
import { ms } from "./dates.ts";
import {
  type Flag,
  type Presences,
  presenceFlags,
  ruledIn,
  standing,
  stated,
  whyItStands,
} from "./dispute.ts";
import { byText, choose, EVIDENCE, type Lane, type Said, type Seen, seenByEach } from "./lanes.ts";

export interface FoldedNote {
  readonly op_id: string;
  readonly text: string;
}

/** One student's line on the folded roll; the fields are those of sync.model.Mark. */
export interface FoldedMark {
  readonly student_id: string;
  readonly presence: Presence | null;
  readonly stands_by: string | null;
  readonly seen: Presence | null;
  readonly seen_by: string | null;
  readonly ruled: Presence | null;
  readonly ruled_by: string | null;
  readonly arrived_at: string | null;
  readonly left_at: string | null;
  readonly reason: string | null;
  readonly excused: boolean | null;
  readonly evidence: string | null;
  readonly heads: readonly string[];
  readonly flags: readonly Flag[];
  readonly notes: readonly FoldedNote[];
  readonly why: Why | null;
}

type Field = "arrived_at" | "left_at" | "reason" | "excused" | "evidence";

/** Whether a submission's line states a presence; *elsewhere* is not for staff to say. */
export const statesSeen = ({ mark }: Said): boolean =>
  !!mark.presence && mark.presence !== "elsewhere";

/** Whether a ruling's line states a presence or releases (null) the earlier one. */
const statesRuled = ({ mark }: Said): boolean => mark.presence !== undefined;

const presenceWeight = (line: Said): number => {
  const presence = stated(line);
  return presence === null ? 0 : EVIDENCE[presence];
};
const noWeight = (): number => 0;

const valueIn = <F extends Field>(lane: Lane, field: F): NonNullable<SentMark[F]> | null =>
  lane.stands?.mark[field] ?? null;

const timeWeight =
  (field: "arrived_at" | "left_at") =>
  ({ mark }: Said): number => {
    const at = mark[field];
    if (!at) return Number.NEGATIVE_INFINITY;
    return field === "arrived_at" ? -ms(at) : ms(at);
  };

/** A register that the front desk and staff both keep: the desk's time stands (F6). */
function times(lines: Lines, seen: Seen, field: "arrived_at" | "left_at"): [Lane, Lane] {
  const weight = timeWeight(field);
  const desk = lines.office.filter((line) => statesRuled(line) || line.mark[field]);
  const room = lines.staff.filter((line) => statesSeen(line) || line.mark[field]);
  return [choose(desk, seen, weight), choose(room, seen, weight)];
}

function account(lines: Lines, seen: Seen, field: "reason" | "excused" | "evidence"): Lane {
  const isStated = ({ mark }: Said) => mark[field] !== undefined && mark[field] !== null;
  return choose(lines.office.filter(isStated), seen, noWeight);
}

const reasonsDiffer = (reason: Lane, excused: Lane): boolean =>
  new Set(reason.candidates.map(({ mark }) => mark.reason)).size > 1 ||
  new Set(excused.candidates.map(({ mark }) => mark.excused)).size > 1;

function headsOf(lanes: readonly Lane[]): string[] {
  const ids = lanes.flatMap((lane) => lane.heads.map(({ op }) => op.id));
  return [...new Set(ids)].sort(byText);
}

function notesIn(lines: readonly Said[]): FoldedNote[] {
  const notes = lines.flatMap(({ op, mark }) =>
    mark.note ? [{ op_id: op.id, text: mark.note }] : [],
  );
  return notes.sort((a, b) => byText(a.op_id, b.op_id));
}

interface Lines {
  readonly staff: readonly Said[];
  readonly office: readonly Said[];
}

/** Folds all that was said about one student; `said` are one line an op, in any order. */
export function foldMark(studentId: string, said: readonly Said[]): FoldedMark {
  const seen = seenByEach(said);
  const lines: Lines = {
    staff: said.filter(({ op }) => op.kind === "submit"),
    office: said.filter(({ op }) => op.kind === "rule"),
  };
  const arrived = times(lines, seen, "arrived_at");
  const left = times(lines, seen, "left_at");
  const reasons = account(lines, seen, "reason");
  const excused = account(lines, seen, "excused");
  const evidence = account(lines, seen, "evidence");
  const presences: Presences = {
    staff: choose(lines.staff.filter(statesSeen), seen, presenceWeight),
    office: choose(lines.office.filter(statesRuled), seen, presenceWeight),
    seen,
    arrived_at: valueIn(arrived[0], "arrived_at"),
    left_at: valueIn(left[0], "left_at"),
  };
  const { staff, office } = presences;
  const stands = standing(presences);
  const ruled = ruledIn(presences);
  const reason = valueIn(reasons, "reason") || null;
  const flags = presenceFlags(presences);
  if (reason !== null && stated(stands) === "present") flags.push("dormant_reason");
  if (reasonsDiffer(reasons, excused)) flags.push("reasons_differ");
  return {
    student_id: studentId,
    presence: stated(stands),
    stands_by: stands?.op.id ?? null,
    seen: stated(staff.stands),
    seen_by: staff.stands?.op.id ?? null,
    ruled,
    ruled_by: ruled === null ? null : (office.stands?.op.id ?? null),
    arrived_at: presences.arrived_at ?? valueIn(arrived[1], "arrived_at"),
    left_at: presences.left_at ?? valueIn(left[1], "left_at"),
    reason,
    excused: valueIn(excused, "excused"),
    evidence: valueIn(evidence, "evidence") || null,
    heads: headsOf([staff, office, ...arrived, ...left, reasons, excused, evidence]),
    flags: flags.sort(byText),
    notes: notesIn(said),
    why: whyItStands(presences),
  };
}

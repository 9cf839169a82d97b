/** Where people disagree about a presence: F4–F8, as sync/dispute.py. */

import type { Presence, Why } from "../wire.ts";
import { ms } from "./dates.ts";
import { byPerson, type Lane, RANKS, type Said, type Seen, saw } from "./lanes.ts";

/** What a person should look at in a mark. */
export type Flag = "contested" | "safety" | "own_devices" | "dormant_reason" | "reasons_differ";

/** The two presence lanes of one student, and the times that the front desk recorded. */
export interface Presences {
  readonly staff: Lane;
  readonly office: Lane;
  readonly seen: Seen;
  readonly arrived_at: string | null;
  readonly left_at: string | null;
}

type Stated = Presence | null;

/** The presence that a line states, if any. */
export const stated = (line: Said | null): Stated => line?.mark.presence ?? null;

/** What the office says; null where it said nothing or released its word. */
export const ruledIn = (of: Presences): Stated => stated(of.office.stands);

/** The line whose presence stands: the office's before the staff's (F5). */
export const standing = (of: Presences): Said | null =>
  ruledIn(of) === null ? of.staff.stands : of.office.stands;

const isSighting = (presence: Stated): boolean =>
  presence === "present" || presence === "late" || presence === "left_early";

const differ = (values: readonly unknown[]): boolean => new Set(values).size > 1;

/** The ops that somebody in the office knew of when ruling what stands now. */
function officeSaw(of: Presences): Set<string> {
  const ruled = ruledIn(of);
  if (ruled === null) return new Set();
  const agreeing = of.office.heads.filter((line) => stated(line) === ruled);
  return new Set(agreeing.flatMap(({ op }) => [...saw(of.seen, op.id)]));
}

/** Whether the office's word tells how a differing earlier observation was true (F5). */
function isExplained(line: Said, of: Presences): boolean {
  const [observed, ruled, at] = [stated(line), ruledIn(of), ms(line.op.taken_at)];
  const before = (time: string | null): boolean => time !== null && at < ms(time);
  if (observed === "absent" && ruled === "elsewhere") return true;
  if (observed === "absent" && isSighting(ruled)) return before(of.arrived_at);
  return isSighting(observed) && ruled === "left_early" && before(of.left_at);
}

/** The presences that stand against each other and that nobody has settled. */
function disputed(of: Presences): Set<Stated> {
  if (ruledIn(of) === null) return new Set(of.staff.candidates.map(stated));
  const known = officeSaw(of);
  const open = of.staff.candidates.filter(
    (line) => !known.has(line.op.id) && !isExplained(line, of),
  );
  return new Set([...of.office.candidates, ...open].map(stated));
}

function ownDiffer(lane: Lane, known: ReadonlySet<string>): boolean {
  return byPerson(lane.heads).some(
    (own) => differ(own.map(stated)) && !own.every(({ op }) => known.has(op.id)),
  );
}

/** What a person should look at in the presence of this student. */
export function presenceFlags(of: Presences): Flag[] {
  const flags: Flag[] = [];
  const against = disputed(of);
  if (against.size > 1) {
    flags.push("contested");
    if (against.has("absent") && [...against].some(isSighting)) flags.push("safety");
  }
  const known = officeSaw(of);
  if (ownDiffer(of.staff, known) || ownDiffer(of.office, known)) flags.push("own_devices");
  return flags;
}

function whyInLane(lane: Lane): Why | null {
  if (lane.stands === null) return null;
  const presence = stated(lane.stands);
  const against = lane.candidates.filter((line) => stated(line) !== presence);
  if (against.length > 0) {
    const highest = Math.max(...against.map(({ op }) => RANKS[op.rank]));
    return RANKS[lane.stands.op.rank] > highest ? "other_teacher_stands" : "sighting_stands";
  }
  return lane.heads.some((line) => stated(line) !== presence) ? "own_later" : null;
}

/** Which rule chose, where there was a choice. */
export function whyItStands(of: Presences): Why | null {
  const ruled = ruledIn(of);
  if (ruled === null) return whyInLane(of.staff);
  const against = of.staff.candidates.filter((line) => stated(line) !== ruled);
  if (against.length === 0) return whyInLane(of.office);
  return against.every((line) => isExplained(line, of)) ? "explained" : "office_stands";
}

/** What a cell of the board says about a roll at an instant: a kind, a few words, and a sentence. */

import { clockTime, ms } from "../core/dates.ts";
import type { BoardRoll } from "../wire.ts";
import { voidWords } from "./words.ts";

export type CellKind =
  | "upcoming"
  | "open"
  | "due"
  | "missing"
  | "received"
  | "late"
  | "contested"
  | "exempt";

/** came_later: taken on time, delivered afterwards · corrected: a later entry changed it ·
 * uncertified: taken on a day pass and not countersigned */
export type Extra =
  | "came_later"
  | "corrected"
  | "unproven"
  | "unmarked"
  | "safety"
  | "uncertified"
  | "locked";

export interface Cell {
  readonly kind: CellKind;
  /** What stands in the cell: a time, a count, a word. */
  readonly text: string;
  readonly extras: readonly Extra[];
  /** The whole of it as words for a screen reader and a tooltip. */
  readonly says: string;
}

/** Who has not taken this roll yet, and whether that is already too late. */
function untaken(roll: BoardRoll, now: number, zone: string): Cell {
  const at = (instant: string) => clockTime(instant, zone);
  const due = at(roll.due_at);
  if (now < ms(roll.opens_at))
    return {
      kind: "upcoming",
      text: "",
      extras: [],
      says: `not open yet, opens ${at(roll.opens_at)}`,
    };
  if (now < ms(roll.starts_at))
    return { kind: "open", text: "Open", extras: [], says: `open, due ${due}` };
  if (now <= ms(roll.late_at))
    return { kind: "due", text: "Due", extras: [], says: `not taken yet, due ${due}` };
  return { kind: "missing", text: "Not taken", extras: [], says: `not taken, was due ${due}` };
}

function extrasOf(roll: BoardRoll): Extra[] {
  const extras: Extra[] = [];
  if (roll.safety > 0) extras.push("safety");
  if (roll.timeliness === "taken_on_time") extras.push("came_later");
  if (roll.timeliness === "late_unproven") extras.push("unproven");
  if (roll.revision > 1 || roll.state === "corrected") extras.push("corrected");
  if (roll.unmarked_count > 0) extras.push("unmarked");
  if (roll.countersign) extras.push("uncertified");
  if (roll.state === "locked") extras.push("locked");
  return extras;
}

const marks = (count: number, word: string): string =>
  `${count} ${word} ${count === 1 ? "mark" : "marks"}`;

/** The extras as words, in the order they are drawn. */
function extraWords(roll: BoardRoll, extras: readonly Extra[]): string[] {
  const words: Record<Extra, string> = {
    safety: "safety: one saw a student here, another absent",
    came_later: "taken on time, came later",
    unproven: "whether it was taken in time cannot be shown",
    corrected: "changed since",
    unmarked: `${roll.unmarked_count} not marked`,
    uncertified: "taken on a day pass, not countersigned yet",
    locked: "locked",
  };
  return extras.map((extra) => words[extra]);
}

const isLate = (roll: BoardRoll): boolean =>
  roll.timeliness === "late" || roll.timeliness === "late_unproven";

/** The instant a cell shows: when it was taken, where that is what counts; else when it came. */
function shownAt(roll: BoardRoll): string {
  const taken = roll.timeliness === "taken_on_time" ? roll.taken_at : null;
  return taken ?? roll.received_at ?? roll.taken_at ?? roll.starts_at;
}

function received(roll: BoardRoll, zone: string): Cell {
  const extras = extrasOf(roll);
  const came = roll.received_at ? `received ${clockTime(roll.received_at, zone)}` : "received";
  const late = isLate(roll);
  const says = [came, late ? "late" : "", ...extraWords(roll, extras)];
  if (roll.contested > 0) {
    const words = [marks(roll.contested, "contested"), ...says].filter(Boolean).join(", ");
    const drawn = extras.filter((extra) => extra === "safety" || extra === "unmarked");
    return { kind: "contested", text: String(roll.contested), extras: drawn, says: words };
  }
  return {
    kind: late ? "late" : "received",
    text: clockTime(shownAt(roll), zone),
    extras,
    says: says.filter(Boolean).join(", "),
  };
}

/** Whether somebody took it: a roll may be locked before anybody did. */
export const isTaken = ({
  state,
  received_at,
}: Pick<BoardRoll, "state" | "received_at">): boolean =>
  state !== "not_taken" && !(state === "locked" && received_at === null);

/** A roll that came is shown as received even where none was expected: nothing is hidden. */
export function cellOf(roll: BoardRoll, now: number, zone: string): Cell {
  if (isTaken(roll)) return received(roll, zone);
  if (!roll.expected) {
    const why = voidWords(roll.void_reason, roll.void_note);
    return { kind: "exempt", text: why, extras: [], says: `no roll expected: ${why}` };
  }
  const cell = untaken(roll, now, zone);
  if (roll.state !== "locked") return cell;
  return { ...cell, extras: ["locked"], says: `${cell.says}, locked` };
}

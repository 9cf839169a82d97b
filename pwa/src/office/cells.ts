/** What a cell of the board says about a roll at an instant: a kind, a few words, and a sentence. */

import { clockTime, ms } from "../core/dates.ts";
import { plural, t, tOf } from "../core/t.ts";
import type { BoardRoll, CountedRoll } from "../wire.ts";
import { besideWords } from "./beside.ts";
import { voidWords } from "./words.ts";

/** open: on somebody's tablet · saved: there, on its way */
export type CellKind =
  | "upcoming"
  | "due"
  | "open"
  | "saved"
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

/** A roll, and what is known beside it where somebody asked for that. */
export type ShownRoll = CountedRoll & Partial<BoardRoll>;

/** A word of a tablet that says "open" is believed for so long (rule B1.4). */
const FADES_MS = 5 * 60_000;

/** Who has not taken this roll yet, and whether that is already too late. */
function untaken(roll: ShownRoll, now: number, zone: string): Cell {
  const at = (instant: string) => clockTime(instant, zone);
  const plain = (kind: CellKind, text: string, says: string): Cell => ({
    kind,
    text,
    extras: [],
    says,
  });
  const due = now <= ms(roll.late_at) ? t`due ${at(roll.due_at)}` : t`was due ${at(roll.due_at)}`;
  const word = roll.tablet ?? null;
  if (word?.state === "waiting") {
    const since = word.taken_at ? t` since ${at(word.taken_at)}` : "";
    const says = t`saved on a tablet${since}, on its way, tablet last seen ${at(word.at)}`;
    return plain("saved", tOf("a cell")`Saved`, says);
  }
  if (word && now - ms(word.at) <= FADES_MS)
    return plain("open", t`Open`, t`open on a tablet, ${due}`);
  const faded = word ? t`, open on a tablet, last seen ${at(word.at)}` : "";
  if (now < ms(roll.opens_at))
    return plain("upcoming", "", t`not open yet, opens ${at(roll.opens_at)}${faded}`);
  if (now < ms(roll.starts_at)) return plain("due", t`Due`, t`open, ${due}${faded}`);
  if (now <= ms(roll.late_at)) return plain("due", t`Due`, t`not taken yet, ${due}${faded}`);
  return plain("missing", t`Not taken`, t`not taken, ${due}${faded}`);
}

function extrasOf(roll: CountedRoll): Extra[] {
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

/** The extras as words, in the order they are drawn. */
function extraWords(roll: CountedRoll, extras: readonly Extra[], zone: string): string[] {
  const words: Record<Extra, string> = {
    safety: t`safety: one saw a student here, another absent`,
    came_later: t`taken ${clockTime(shownAt(roll), zone)}, on time, came later`,
    unproven: t`whether it was taken in time cannot be shown`,
    corrected: t`changed since`,
    unmarked: plural(roll.unmarked_count, "not marked", "not marked"),
    uncertified: t`taken on a day pass, not countersigned yet`,
    locked: t`locked`,
  };
  return extras.map((extra) => words[extra]);
}

const isLate = (roll: CountedRoll): boolean =>
  roll.timeliness === "late" || roll.timeliness === "late_unproven";

/** The instant a cell shows: when it was taken, where that is what counts; else when it came. */
function shownAt(roll: CountedRoll): string {
  const taken = roll.timeliness === "taken_on_time" ? roll.taken_at : null;
  return taken ?? roll.received_at ?? roll.taken_at ?? roll.starts_at;
}

function received(roll: CountedRoll, zone: string): Cell {
  const extras = extrasOf(roll);
  const came = roll.received_at ? t`received ${clockTime(roll.received_at, zone)}` : t`received`;
  const late = isLate(roll);
  const says = [came, late ? tOf("of a roll")`late` : "", ...extraWords(roll, extras, zone)];
  if (roll.contested > 0) {
    const words = [plural(roll.contested, "contested mark"), ...says].filter(Boolean).join(", ");
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
}: Pick<CountedRoll, "state" | "received_at">): boolean =>
  state !== "not_taken" && !(state === "locked" && received_at === null);

/** A roll that came is shown as received even where none was expected: nothing is hidden. */
export function cellOf(roll: ShownRoll, now: number, zone: string): Cell {
  if (isTaken(roll)) return received(roll, zone);
  if (!roll.expected) {
    const why = voidWords(roll.void_reason, roll.void_note);
    return { kind: "exempt", text: why, extras: [], says: t`no roll expected: ${why}` };
  }
  const cell = untaken(roll, now, zone);
  const says = [cell.says, ...besideWords(roll, zone)].join(", ");
  if (roll.state !== "locked") return { ...cell, says };
  return { ...cell, extras: ["locked"], says: t`${says}, locked` };
}

/** How one student's line looks on a tile: a shape, a word, and who is told what. */

import type { Line } from "./roll.ts";
import { t } from "./t.ts";
import { OFFICE_KNOWS, stateWords, tileLabel } from "./words.ts";

export type TileLook =
  | "present"
  | "absent"
  | "late"
  | "left_early"
  | "elsewhere"
  | "known"
  | "not_marked"
  | "contested"
  | "office";

export interface Tile {
  readonly look: TileLook;
  readonly word?: string | undefined;
  readonly second?: string | undefined;
  readonly label: string;
  readonly initials: string;
}

/** Minutes late and the time of leaving, as the school's zone shows them. */
export interface Times {
  readonly minutes: number | null;
  readonly left: string | undefined;
}

const SHORT = {
  present: t`Present`,
  absent: t`Absent`,
  late: t`Late`,
  left_early: t`Left`,
  elsewhere: t`Elsewhere`,
} as const;

function lookOf({ said, known, contested, ruled }: Line): TileLook {
  if (contested) return "contested";
  if (said.presence === null) return "not_marked";
  if (said.presence === "elsewhere") return "elsewhere";
  if (ruled) return "office";
  return known ? "known" : said.presence;
}

function wordOf({ said }: Line, look: TileLook, minutes: number | null): string | undefined {
  if (look !== "office" || said.presence === null) return undefined;
  return said.presence === "late" && minutes !== null ? t`Late ${minutes}` : SHORT[said.presence];
}

function secondOf(look: TileLook, { minutes, left }: Times): string | undefined {
  if (look === "known") return OFFICE_KNOWS;
  if (look === "late" && minutes !== null) return t`${minutes} min`;
  return look === "left_early" ? left : undefined;
}

/** The first letter of the given name, and the first capital of the family name. */
export function initialsOf(given: string, family: string): string {
  const first = [...given.trim()][0] ?? "";
  const words = family.trim().split(/\s+/u);
  const second = words.find((word) => /^\p{Lu}/u.test(word)) ?? words[0] ?? "";
  return `${first}${[...second][0] ?? ""}`.toUpperCase();
}

/** What the tile shows is in what is read of it, word by word and in that order (WCAG 2.5.3). */
function read({ said }: Line, look: TileLook, shown: string | undefined, times: Times): string {
  if (look === "contested") return t`two marks, ${stateWords(said.presence, times.minutes)}`;
  if (look === "office") return t`${shown ?? ""}, the office's word`;
  if (look === "left_early") return times.left ? t`left, ${times.left}` : t`left`;
  return stateWords(said.presence, times.minutes);
}

const PENCIL = { ring: "", dot: t`saved on this tablet`, tick: t`received` } as const;

export function tileOf(line: Line, times: Times): Tile {
  const { student, pencil, known } = line;
  const look = lookOf(line);
  const word = wordOf(line, look, times.minutes);
  const name = `${student.given_name} ${student.family_name}`.trim();
  const extra = [known ? OFFICE_KNOWS : "", PENCIL[pencil]].filter(Boolean);
  return {
    look,
    word,
    second: secondOf(look, times),
    label: tileLabel(name, read(line, look, word, times), extra),
    initials: initialsOf(student.given_name, student.family_name),
  };
}

/** The keyboard in the grid: arrows move, A absent, L late, P present, E left early, U undoes. */

import type { Said } from "../core/draft.ts";
import { asFromLeft, neighbour } from "../core/keys.ts";
import type { Line } from "../core/roll.ts";
import type { Roll } from "../wire.ts";
import { sayOf, undoTap } from "./actions.ts";
import type { OpenRoll } from "./rollbook.ts";
import { preferences } from "./state.ts";
import { absent, late, leftEarly, present, proposed } from "./words-said.ts";

export const tileId = (studentId: string): string => `student-${studentId}`;

const LETTERS: Record<string, (line: Line, roll: Roll) => Said> = {
  a: absent,
  p: present,
  l: (line, roll) => late(line, roll, proposed(roll)),
  e: leftEarly,
};

/** How many tiles stand in the first row, as drawn. */
function columnsOf(grid: Element): number {
  const tiles = [...grid.querySelectorAll<HTMLElement>(".tile")];
  const top = tiles[0]?.offsetTop;
  return Math.max(1, tiles.filter((tile) => tile.offsetTop === top).length);
}

function move(event: KeyboardEvent, grid: Element, index: number, lines: readonly Line[]) {
  const key = asFromLeft(event.key, getComputedStyle(grid).direction);
  const next = neighbour(key, index, lines.length, columnsOf(grid));
  const id = next === null ? undefined : lines[next]?.student.student_id;
  if (id === undefined) return null;
  event.preventDefault();
  document.getElementById(tileId(id))?.focus();
  return id;
}

function say(event: KeyboardEvent, open: OpenRoll, line: Line): void {
  const letter = event.key.toLowerCase();
  if (!preferences.value.letters || open.leave.may === "look") return;
  const word = LETTERS[letter];
  if (word) void sayOf(line, word(line, open.roll));
  else if (letter === "u") void undoTap();
  else return;
  event.preventDefault();
}

/** Takes a key pressed on a tile; the answer is the student who has the focus now, if it moved. */
export function pressKey(event: KeyboardEvent, open: OpenRoll): string | null {
  const tile = (event.target as Element).closest(".tile");
  const grid = tile?.parentElement;
  const { lines } = open.page;
  const index = lines.findIndex(({ student }) => tileId(student.student_id) === tile?.id);
  const line = lines[index];
  if (!grid || !line || event.ctrlKey || event.metaKey || event.altKey) return null;
  const moved = move(event, grid, index, lines);
  if (moved === null) say(event, open, line);
  return moved;
}

/** Brings a student into sight, for "1 not marked: show Thảo". */
export function show(studentId: string): void {
  const tile = document.getElementById(tileId(studentId));
  tile?.scrollIntoView({ block: "center" });
  tile?.focus();
}

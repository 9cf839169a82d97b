/** Where an arrow key leads on the board: to the nearest roll in that direction. */

import { asFromLeft } from "../core/keys.ts";

const ROLL = "button[data-roll]";
/** At the start of a row: the teacher's name. */
const NAME = "button[data-teacher]";

function middle(element: Element): { x: number; y: number } {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

/** How far along and how far aside a roll lies, seen in the direction of the key. */
const AHEAD: Readonly<Record<string, (dx: number, dy: number) => readonly [number, number]>> = {
  ArrowRight: (dx, dy) => [dx, dy],
  ArrowLeft: (dx, dy) => [-dx, dy],
  ArrowDown: (dx, dy) => [dy, dx],
  ArrowUp: (dx, dy) => [-dy, dx],
};

/** Rolls lead to rolls and names to names; at the start of a row's rolls lies its name. */
function inReach(
  key: string,
  from: HTMLElement,
  board: HTMLElement,
  rolls: readonly HTMLElement[],
): readonly HTMLElement[] {
  const isAcross = key === "ArrowRight" || key === "ArrowLeft";
  if (from.matches(NAME) && !isAcross) return [...board.querySelectorAll<HTMLElement>(NAME)];
  const back = asFromLeft(key, getComputedStyle(board).direction) === "ArrowLeft";
  if (!back) return rolls;
  return [...rolls, ...(from.closest("tr")?.querySelectorAll<HTMLElement>(NAME) ?? [])];
}

/** The roll to move to; null where the key means nothing here or nothing lies that way. */
export function keyMove(key: string, from: HTMLElement, board: HTMLElement): HTMLElement | null {
  const rolls = [...board.querySelectorAll<HTMLElement>(ROLL)];
  const direction = AHEAD[key];
  if (!from.matches(`${ROLL}, ${NAME}`))
    return direction || key === "Enter" ? (rolls[0] ?? null) : null;
  if (key === "Home") return rolls[0] ?? null;
  if (key === "End") return rolls.at(-1) ?? null;
  if (!direction) return null;
  const here = middle(from);
  const reach = inReach(key, from, board, rolls).flatMap((roll) => {
    const there = middle(roll);
    const [along, aside] = direction(there.x - here.x, there.y - here.y);
    return along > 4 ? [{ roll, cost: along + 8 * Math.abs(aside) }] : [];
  });
  return reach.sort((a, b) => a.cost - b.cost)[0]?.roll ?? null;
}

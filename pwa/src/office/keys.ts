/** Where an arrow key leads on the board: to the nearest roll in that direction. */

const ROLL = "button[data-roll]";
/** What the arrows reach: rolls, and the names at the start of their rows. */
const REACHED = `${ROLL}, button[data-teacher]`;

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

/** The roll to move to; null where the key means nothing here or nothing lies that way. */
export function keyMove(key: string, from: HTMLElement, board: HTMLElement): HTMLElement | null {
  const rolls = [...board.querySelectorAll<HTMLElement>(ROLL)];
  const direction = AHEAD[key];
  if (!from.matches(REACHED)) return direction || key === "Enter" ? (rolls[0] ?? null) : null;
  if (key === "Home") return rolls[0] ?? null;
  if (key === "End") return rolls.at(-1) ?? null;
  if (!direction) return null;
  const here = middle(from);
  const all = [...board.querySelectorAll<HTMLElement>(REACHED)];
  const reach = all.flatMap((roll) => {
    const there = middle(roll);
    const [along, aside] = direction(there.x - here.x, there.y - here.y);
    return along > 4 ? [{ roll, cost: along + 8 * Math.abs(aside) }] : [];
  });
  return reach.sort((a, b) => a.cost - b.cost)[0]?.roll ?? null;
}

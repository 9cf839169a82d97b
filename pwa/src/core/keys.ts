/** Where an arrow leads in a grid of students; pure, so that it can be tested without a screen. */

/** Which key goes the same way in a text from left to right: the start of a line is on the right. */
export function asFromLeft(key: string, direction: string): string {
  if (direction !== "rtl") return key;
  if (key === "ArrowLeft") return "ArrowRight";
  return key === "ArrowRight" ? "ArrowLeft" : key;
}

/** `columns` as drawn; the answer is an index, or null where there is nothing. */
export function neighbour(
  key: string,
  index: number,
  count: number,
  columns: number,
): number | null {
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
  };
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  const next = index + step;
  return next >= 0 && next < count ? next : null;
}

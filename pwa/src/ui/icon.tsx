import { DRAWINGS, type IconName, TURNING } from "./icons.ts";

export type { IconName } from "./icons.ts";

/** A shape beside words, never instead of them: hidden from screen readers. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }) {
  const turns = TURNING.has(name) ? " icon-turns" : "";
  return (
    <svg class={`icon${turns} ${className}`} viewBox="0 0 24 24" aria-hidden="true">
      {DRAWINGS[name].map((path) =>
        path.startsWith("*") ? (
          <path key={path} class="solid" d={path.slice(1)} />
        ) : (
          <path key={path} d={path} />
        ),
      )}
    </svg>
  );
}

/** The sign of the product: nine seats, one of them empty. */
export function Logo() {
  const seats = [0, 1, 2, 3, 4, 6, 7, 8].map((n) => [
    15 + 24 * (n % 3),
    15 + 24 * Math.floor(n / 3),
  ]);
  return (
    <svg class="logo" viewBox="0 0 96 96" aria-hidden="true">
      <rect class="logo-ground" width="96" height="96" rx="21" />
      {seats.map(([x, y]) => (
        <rect key={`${x}-${y}`} class="logo-seat" x={x} y={y} width="18" height="18" rx="4" />
      ))}
      <rect class="logo-empty" x="65" y="41" width="14" height="14" rx="2.5" />
    </svg>
  );
}

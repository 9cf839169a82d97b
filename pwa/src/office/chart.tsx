/**
 * Charts drawn by ourselves, each beside the table that says the same. Told apart without colour:
 * not taken is solid, late is tinted with an edge, unproven is dashed; the trend is a line of ink.
 */

import { dueOf, inTimeOf, type Part, percentWords, type Stretch } from "../core/rates.ts";
import { t, tOf } from "../core/t.ts";
import type { Rate } from "../wire.ts";

/** What is not in time, from the ground up. */
const MISSED: readonly Part[] = ["not_taken", "late", "unproven"];
const SCALES = [5, 10, 20, 50, 100];
/** Of a stretch's width. */
const GAP = 0.16;

const shareOf = (rate: Rate, part: number): number => {
  const due = dueOf(rate);
  return due === 0 ? 0 : (100 * part) / due;
};

const missedShare = (rate: Rate): number => shareOf(rate, dueOf(rate) - inTimeOf(rate));

/** The top of the scale: the first that holds everything. */
export function scaleOf(rates: readonly Rate[]): number {
  const most = Math.max(0, ...rates.map(missedShare));
  return SCALES.find((top) => most <= top) ?? 100;
}

function Bar({ stretch, place, top }: { stretch: Stretch; place: number; top: number }) {
  let ground = 0;
  return (
    <g class={stretch.partial ? "bar-partial" : ""}>
      {MISSED.map((part) => {
        const height = (100 * shareOf(stretch.rate, stretch.rate[part])) / top;
        ground += height;
        return height === 0 ? null : (
          <rect
            key={part}
            class={`bar bar-${part}`}
            x={place + GAP}
            y={100 - ground}
            width={1 - 2 * GAP}
            height={height}
          />
        );
      })}
    </g>
  );
}

/** A line through the middle of each stretch at the share of what was not in time. */
const lineOf = (trend: readonly Rate[], top: number): string =>
  trend.map((rate, place) => `${place + 0.5},${100 - (100 * missedShare(rate)) / top}`).join(" ");

export interface MissedChartProps {
  stretches: readonly Stretch[];
  trend: readonly Rate[];
  /** What the picture shows, as a sentence. */
  says: string;
  labelOf: (on: string) => string;
}

/** How much was not in time, stretch by stretch, and the trend over it. */
export function MissedChart({ stretches, trend, says, labelOf }: MissedChartProps) {
  const top = scaleOf([...stretches.map(({ rate }) => rate), ...trend]);
  const count = stretches.length;
  const ends = [stretches[0], stretches[Math.floor((count - 1) / 2)], stretches[count - 1]];
  const labels = count > 2 ? ends : stretches;
  return (
    <div class="chart">
      <ol class="chart-scale" aria-hidden="true">
        <li>{top}%</li>
        <li>{top / 2}%</li>
        <li>0</li>
      </ol>
      <svg
        class="chart-bars"
        viewBox={`0 0 ${Math.max(1, count)} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={says}
      >
        <path class="chart-rule" d={`M0 0H${count}M0 50H${count}M0 100H${count}`} />
        {stretches.map((stretch, place) => (
          <Bar key={stretch.on} stretch={stretch} place={place} top={top} />
        ))}
        {count > 1 && <polyline class="chart-trend" points={lineOf(trend, top)} />}
      </svg>
      <ol class="chart-days" aria-hidden="true">
        {labels.map((one) => one && <li key={one.on}>{labelOf(one.on)}</li>)}
      </ol>
    </div>
  );
}

const KEYS: readonly (readonly [Part, string])[] = [
  ["not_taken", t`not taken`],
  ["late", tOf("rolls")`late`],
  ["unproven", tOf("rolls")`unproven`],
];

/** `partial`: the last stretch is not over, and drawn paler. */
export function ChartKey({ trend, partial }: { trend: string; partial: boolean }) {
  return (
    <ul class="chart-key">
      {KEYS.map(([part, words]) => (
        <li key={part}>
          <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            <rect class={`bar bar-${part}`} x="0" y="0" width="1" height="1" />
          </svg>
          {words}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 2 2" preserveAspectRatio="none" aria-hidden="true">
          <polyline class="chart-trend" points="0,1 2,1" />
        </svg>
        {trend}
      </li>
      {partial && <li>{t`paler: not over yet`}</li>}
    </ul>
  );
}

/** One line's parts side by side: what was in time is paper, the rest is ink. */
export function Strip({ rate }: { rate: Rate }) {
  const due = dueOf(rate);
  if (due === 0) return null;
  let at = inTimeOf(rate);
  return (
    <svg class="strip-bar" viewBox={`0 0 ${due} 1`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar bar-on_time" x="0" y="0" width={due} height="1" />
      {(["unproven", "late", "not_taken"] as const).map((part) => {
        const x = at;
        at += rate[part];
        return rate[part] === 0 ? null : (
          <rect key={part} class={`bar bar-${part}`} x={x} y="0" width={rate[part]} height="1" />
        );
      })}
    </svg>
  );
}

/** Somebody's weeks in a line: the share in time, from half to all. */
export function Spark({ weeks, says }: { weeks: readonly Rate[]; says: string }) {
  const shown = weeks.filter((rate) => dueOf(rate) > 0);
  if (shown.length < 2) return <span class="spark-none">–</span>;
  const y = (rate: Rate): number =>
    2 * Math.max(0, missedShare(rate) > 50 ? 50 : missedShare(rate));
  const points = shown.map((rate, place) => `${place},${y(rate)}`).join(" ");
  return (
    <svg
      class="spark"
      viewBox={`0 -8 ${shown.length - 1} 116`}
      preserveAspectRatio="none"
      role="img"
      aria-label={says}
    >
      <path class="chart-rule" d={`M0 0H${shown.length - 1}`} />
      <polyline class="chart-trend" points={points} />
    </svg>
  );
}

/** "From 91% in time to 97%." */
export function trendWords(weeks: readonly Rate[]): string {
  const shown = weeks.filter((rate) => dueOf(rate) > 0);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last || shown.length < 2) return t`Too short for a trend.`;
  const words = (rate: Rate) => percentWords(inTimeOf(rate), dueOf(rate));
  return t`From ${words(first)} in time to ${words(last)}.`;
}

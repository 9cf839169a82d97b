/**
 * Students down, periods across. Only the rows in sight are in the page, so that six hundred scroll
 * as well as thirty; one tab stop, the arrows move, and the grid says which cell is chosen. It is no
 * table for that, and says by roles what it is.
 */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { clockTime } from "../core/dates.ts";
import { asFromLeft } from "../core/keys.ts";
import { t } from "../core/t.ts";
import type { Codes, Period } from "../wire.ts";
import { columnName } from "./board.ts";
import { instant } from "./desk.ts";
import {
  type Area,
  type Chosen,
  isContested,
  moved,
  placeOf,
  type Row,
  spanOf,
} from "./students.ts";
import { apartFace, face } from "./students-cell.tsx";
import { area, choose, chosen, codes } from "./students-desk.ts";
import { apartWords, cellSays } from "./students-words.ts";

const MINUTE = 60_000;
const ROW = 52;
const HEAD = 46;
/** Rows beyond what is in sight, and in what steps the window moves. */
const SPARE = 12;
const STEP = 2;

const cellId = (num: number, period: string): string => `cell-${num}-${period}`;

interface Shown {
  readonly periods: readonly Period[];
  readonly zone: string;
  readonly codes: Codes | null;
  /** To the minute: what is due changes no oftener. */
  readonly now: number;
}

interface RowProps {
  readonly row: Row;
  readonly at: number;
  readonly shown: Shown;
  /** The columns that are chosen in this row, the first and the last; null for none. */
  readonly left: number | null;
  readonly right: number | null;
  /** The column of the cell that the keys are about. */
  readonly end: number | null;
}

const press = (num: number, period: string, extend: boolean): void => {
  const before = chosen.peek();
  choose({ num, period, from: extend && before ? (before.from ?? before) : null });
};

/** No component of its own: two hundred are in sight, and more come with every turn of the wheel. */
function gridCell({ row, shown, left, right, end }: RowProps, period: Period, column: number) {
  const { zone, codes: words, now: at } = shown;
  const found = row.cells.get(period.period) ?? [];
  const [cell] = found;
  const isIn = left !== null && right !== null && column >= left && column <= right;
  const look = [
    "mark",
    cell && isContested(cell) ? "mark-contested" : "",
    isIn ? "mark-in" : "",
    column === end ? "mark-chosen" : "",
  ];
  const apart = cell ? undefined : row.apart.get(period.period);
  const says = found.map((one) => cellSays(one, words, at, zone)).join("; ");
  const none = apart ? apartWords(apart, zone) : t`no meeting`;
  const who = `${row.student.given_name} ${row.student.family_name}`;
  return (
    <div
      key={period.period}
      role="gridcell"
      id={cellId(row.student.num, period.period)}
      class={look.filter(Boolean).join(" ")}
      aria-colindex={column + 2}
      aria-selected={isIn}
      aria-label={`${who}, ${period.name}: ${says || none}`}
      onClick={(event) => press(row.student.num, period.period, event.shiftKey)}
    >
      {cell ? face({ cell, codes: words, now: at, zone }) : apartFace(apart, zone)}
      {found.length > 1 && <span class="mark-more">+{found.length - 1}</span>}
    </div>
  );
}

function gridRow(props: RowProps) {
  const { row, at, shown } = props;
  return (
    <div
      key={row.student.num}
      role="row"
      class="srow"
      aria-rowindex={at + 2}
      style={{ insetBlockStart: `${at * ROW}px` }}
    >
      <div role="rowheader" class="sname" aria-colindex={1}>
        <b>{row.student.given_name}</b>
        <span>{row.student.family_name}</span>
      </div>
      {shown.periods.map((period, column) => gridCell(props, period, column))}
    </div>
  );
}

type Drawn = ReturnType<typeof gridRow>;

/** A row that did not change is the very same one as before, and costs nothing to draw again. */
class Rows {
  private kept = new Map<number, { readonly props: RowProps; readonly drawn: Drawn }>();

  draw(all: readonly RowProps[]): Drawn[] {
    const fresh = new Map<number, { readonly props: RowProps; readonly drawn: Drawn }>();
    for (const props of all) {
      const before = this.kept.get(props.row.student.num);
      const same = before && isSame(before.props, props);
      fresh.set(props.row.student.num, same ? before : { props, drawn: gridRow(props) });
    }
    this.kept = fresh;
    return [...fresh.values()].map(({ drawn }) => drawn);
  }
}

const isSame = (a: RowProps, b: RowProps): boolean =>
  a.row === b.row &&
  a.at === b.at &&
  a.left === b.left &&
  a.right === b.right &&
  a.end === b.end &&
  a.shown.periods === b.shown.periods &&
  a.shown.codes === b.shown.codes &&
  a.shown.now === b.shown.now;

function Head({ periods, zone }: { periods: readonly Period[]; zone: string }) {
  return (
    <div role="row" class="shead" aria-rowindex={1}>
      <div role="columnheader" class="sname" aria-colindex={1}>
        <b>{t`Student`}</b>
        <span>{t`something to see first`}</span>
      </div>
      {periods.map((period, column) => (
        <div key={period.period} role="columnheader" class="speriod" aria-colindex={column + 2}>
          <b>{columnName(period)}</b>
          <span>{clockTime(period.starts_at, zone)}</span>
        </div>
      ))}
    </div>
  );
}

/** Brings the chosen row and column into sight, without moving more than is needed. */
function follow(box: HTMLElement, { rows, periods }: Area, at: Chosen): void {
  const { row, column } = placeOf({ rows, periods }, at);
  if (row < 0) return;
  const top = row * ROW;
  const seen = box.clientHeight - HEAD;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + ROW > box.scrollTop + seen) box.scrollTop = top + ROW - seen;
  const names = box.querySelector(".shead .sname")?.getBoundingClientRect().width ?? 0;
  const width = (box.scrollWidth - names) / Math.max(1, periods.length);
  const left = column * width;
  const wide = box.clientWidth - names;
  const way = getComputedStyle(box).direction === "rtl" ? -1 : 1;
  const from = way * box.scrollLeft;
  if (left < from) box.scrollLeft = way * left;
  else if (left + width > from + wide) box.scrollLeft = way * (left + width - wide);
}

export interface StudentsGridProps {
  zone: string;
  /** Keys that are no way to move: letters that rule, and the like. */
  onKey: (event: KeyboardEvent) => void;
}

export function StudentsGrid({ zone, onKey }: StudentsGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef(new Rows());
  const first = useSignal(0);
  const height = useSignal(600);
  const isWide = useSignal(false);
  const { rows, periods } = area.value;
  const at = chosen.value;
  const place = at && placeOf(area.value, at);
  const span = at && place && place.row >= 0 ? spanOf(area.value, at) : null;
  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown) return;
    const watch = new ResizeObserver(() => {
      height.value = shown.clientHeight;
      isWide.value = shown.scrollWidth > shown.clientWidth;
    });
    watch.observe(shown);
    return () => watch.disconnect();
  }, [height, isWide, periods.length]);
  useLayoutEffect(() => {
    if (box.current && at) follow(box.current, area.peek(), at);
  }, [at]);
  const many = Math.ceil(height.value / ROW);
  const start = Math.max(0, Math.min(first.value, rows.length - many) - SPARE);
  const seen = rows.slice(start, first.value + many + SPARE + STEP);
  const minute = Math.floor(instant.value / MINUTE) * MINUTE;
  const shown: Shown = { periods, zone, codes: codes.value, now: minute };
  const active = at && place && place.row >= 0 ? cellId(at.num, at.period) : undefined;
  return (
    <div
      ref={box}
      role="grid"
      class={isWide.value ? "sgrid sgrid-wide" : "sgrid"}
      tabIndex={0}
      aria-label={t`Students and periods. Arrow keys move, letters rule, ? shows all keys.`}
      aria-rowcount={rows.length + 1}
      aria-colcount={periods.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={active}
      style={{ "--periods": String(periods.length) }}
      onScroll={(event) => {
        const at = Math.floor(event.currentTarget.scrollTop / ROW / STEP) * STEP;
        if (at !== first.peek()) first.value = at;
      }}
      onFocus={() => {
        if (!chosen.peek()) choose(moved(area.peek(), null, FIRST));
      }}
      onKeyDown={(event) => {
        const next = moved(area.peek(), chosen.peek(), {
          key: asFromLeft(event.key, getComputedStyle(event.currentTarget).direction),
          extends: event.shiftKey,
          far: event.ctrlKey || event.metaKey,
          page: Math.max(1, many - 2),
        });
        if (!next) return onKey(event);
        event.preventDefault();
        choose(next);
      }}
    >
      <Head periods={periods} zone={zone} />
      <div role="rowgroup" class="sbody" style={{ blockSize: `${rows.length * ROW}px` }}>
        {drawn.current.draw(
          seen.map((row, n): RowProps => {
            const isIn = span !== null && start + n >= span.top && start + n <= span.bottom;
            return {
              row,
              at: start + n,
              shown,
              left: isIn ? span.left : null,
              right: isIn ? span.right : null,
              end: place && place.row === start + n ? place.column : null,
            };
          }),
        )}
      </div>
    </div>
  );
}

const FIRST = { key: "Home", extends: false, far: false, page: 1 };

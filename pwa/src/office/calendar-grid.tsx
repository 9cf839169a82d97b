/** A month as a grid of dates: one tab stop, keys by day, week and month, Enter opens a date. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { monthWords, shortDay, weekday } from "../core/dates.ts";
import { asFromLeft } from "../core/keys.ts";
import { plural, t } from "../core/t.ts";
import { Icon } from "../ui/parts.ts";
import type { CalendarDate } from "../wire.ts";
import { keyTo, monthOf, weeksOf } from "./calendar-month.ts";
import {
  bellTime,
  dateWords,
  gradesWords,
  isSchool,
  KIND_CHOICES,
  kindWords,
  mainBand,
  rollsWords,
} from "./calendar-words.ts";
import { capital } from "./words.ts";

export interface MonthProps {
  month: string;
  today: string;
  /** The date that is open beside the grid. */
  open: string | null;
  dates: ReadonlyMap<string, CalendarDate>;
  /** The bells of most days: they are not spelled in every cell. */
  usual: string | null;
  onOpen: (on: string) => void;
  onMonth: (month: string) => void;
}

/** Notes that only repeat the kind of day. */
const SAID: ReadonlySet<string> = new Set(KIND_CHOICES.map(({ words }) => words.toLowerCase()));

function What({ date, usual }: { date: CalendarDate; usual: string | null }) {
  const band = mainBand(date.bands);
  if (!band) return null;
  const isUsual = isSchool(band.kind) && (band.schedule === usual || !band.schedule);
  const what = isSchool(band.kind) ? (band.schedule ?? "") : capital(kindWords(band.kind));
  return (
    <span class={`cal-what${isUsual ? " cal-usual" : ""}`} aria-hidden="true">
      {band.kind === "make_up" && <b>{t`Make-up day`}</b>}
      {what && <span>{what}</span>}
      {band.note && !SAID.has(band.note.toLowerCase()) && band.note !== what && (
        <span class="cal-note">{band.note}</span>
      )}
      {band.closed_from_time && (
        <span class="cal-closes">
          <Icon name="clock" />
          <span class="cal-words">{t`Ends`} </span>
          {bellTime(band.closed_from_time)}
        </span>
      )}
      {date.bands.length > 1 && (
        <span class="cal-note">
          {t`${date.bands
            .filter((one) => one !== band)
            .map(({ grades }) => gradesWords(grades))
            .join(", ")} differ`}
        </span>
      )}
    </span>
  );
}

function Rolls({ date, today }: { date: CalendarDate; today: string }) {
  const { expected, taken, on } = date;
  if (!rollsWords(date, today)) return null;
  const missing = on < today ? expected - taken : on === today ? date.late : 0;
  return (
    <span class="cal-rolls" aria-hidden="true">
      <span class="cal-count">
        {on <= today ? t`${taken} of ${expected}` : plural(expected, "roll")}
      </span>
      {missing > 0 && (
        <b class="cal-missing">
          {missing}
          <span class="cal-words"> {t`not taken`}</span>
        </b>
      )}
    </span>
  );
}

function kindOf(date: CalendarDate | undefined): string {
  const band = date && mainBand(date.bands);
  if (!band) return date ? " cal-none" : "";
  return isSchool(band.kind) ? "" : " cal-closed hatched";
}

interface CellProps extends MonthProps {
  on: string;
  isCursor: boolean;
}

function Cell({ on, isCursor, month, today, open, dates, usual, onOpen }: CellProps) {
  const date = dates.get(on);
  const label = date && mainBand(date.bands)?.day_label;
  const isOther = monthOf(on) !== month;
  const look = [
    "cal-day",
    isOther && "cal-other",
    on === today && "cal-today",
    on === open && "cal-open",
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell that is pressed
    <button
      type="button"
      role="gridcell"
      class={look.filter(Boolean).join(" ") + kindOf(date)}
      data-on={on}
      tabIndex={isCursor ? 0 : -1}
      aria-selected={on === open}
      aria-current={on === today ? "date" : undefined}
      onClick={() => onOpen(on)}
    >
      <span class="unseen">{dateWords(on, date, today)}</span>
      <span class="cal-head" aria-hidden="true">
        <b class="cal-number">{Number(on.slice(8))}</b>
        {label && <span class="cal-label">{label}</span>}
      </span>
      {date && <What date={date} usual={usual} />}
      {date && <Rolls date={date} today={today} />}
    </button>
  );
}

function Row({ look, children }: { look: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid it is of
    // biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus in turn
    <div role="row" class={look}>
      {children}
    </div>
  );
}

/** A week whose days have names. */
const ANY_WEEK = weeksOf("2026-11")[0] ?? [];

function Weekdays() {
  return (
    <Row look="cal-weekdays">
      {ANY_WEEK.map((on) => (
        // biome-ignore lint/a11y/useSemanticElements: as the grid it is of
        // biome-ignore lint/a11y/useFocusableInteractive: nothing is done with a weekday
        <span role="columnheader" key={on}>
          <span class="cal-weekday">{weekday(on)}</span>
          <span class="cal-weekday-short" aria-hidden="true">
            {shortDay(on).slice(0, 2)}
          </span>
        </span>
      ))}
    </Row>
  );
}

/** The date that Tab comes to: where the keys went last, what is open, today, or the first. */
function cursorOf(went: string, { month, open, today }: MonthProps): string {
  const all = [went, open ?? "", today];
  return all.find((on) => monthOf(on) === month) ?? `${month}-01`;
}

export function MonthGrid(props: MonthProps) {
  const { month, onMonth } = props;
  const went = useSignal("");
  const grid = useRef<HTMLDivElement>(null);
  const moving = useRef(false);
  const cursor = cursorOf(went.value, props);
  useLayoutEffect(() => {
    if (!moving.current) return;
    moving.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-on="${cursor}"]`)?.focus();
  }, [cursor, month]);
  const onKey = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).dataset["on"];
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = keyTo(
      asFromLeft(event.key, getComputedStyle(event.currentTarget as Element).direction),
      from,
      event.shiftKey,
    );
    if (to === null) return;
    event.preventDefault();
    moving.current = true;
    went.value = to;
    if (monthOf(to) !== month) onMonth(monthOf(to));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table has no cells that are buttons
    <div
      class="cal"
      role="grid"
      aria-label={monthWords(`${month}-01`)}
      ref={grid}
      onKeyDown={onKey}
    >
      <Weekdays />
      {weeksOf(month).map((week) => (
        <Row key={week[0]} look="cal-week">
          {week.map((on) => (
            <Cell key={on} {...props} on={on} isCursor={on === cursor} />
          ))}
        </Row>
      ))}
    </div>
  );
}

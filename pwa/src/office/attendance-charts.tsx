/** Absence over time, and by weekday and period: drawn, with a table beside each that says it. */

import { longDate, shortDate } from "../core/dates.ts";
import { percentWords, weekOf } from "../core/rates.ts";
import { t } from "../core/t.ts";
import type { Attendance, DateAttendance, DayTotals, SlotAttendance } from "../wire.ts";
import { shareWords, slotsWords, WEEKDAYS } from "./attendance-words.ts";
import { Scroll } from "./report-parts.tsx";

const BY_DAY = 31;
const SCALES = [5, 10, 20, 50, 100];
const GAP = 0.16;
/** From the ground up: solid, tinted, outlined. */
const PARTS = ["unexcused", "pending", "excused"] as const;
type Part = (typeof PARTS)[number];
const CLASS: Readonly<Record<Part, string>> = {
  unexcused: "bar-not_taken",
  pending: "bar-late",
  excused: "bar-on_time",
};
const KEY: Readonly<Record<Part, string>> = {
  unexcused: t`absent, unexcused`,
  pending: t`waiting for a reason`,
  excused: t`absent, excused`,
};

const shareOf = (days: DayTotals, part: number): number =>
  days.expected === 0 ? 0 : (100 * part) / days.expected;

/** The top of the scale: the first that holds everything. */
const topOf = (dates: readonly DateAttendance[]): number => {
  const most = Math.max(0, ...dates.map(({ days }) => shareOf(days, days.absent)));
  return SCALES.find((top) => most <= top) ?? 100;
};

const added = (a: DayTotals, b: DayTotals): DayTotals =>
  Object.fromEntries(
    Object.entries(a).map(([name, count]) => [name, count + b[name as keyof DayTotals]]),
  ) as unknown as DayTotals;

/** The dates of each week together, by its Monday. */
export function weeksOf(dates: readonly DateAttendance[]): DateAttendance[] {
  const weeks = new Map<string, DayTotals>();
  for (const { on, days } of dates) {
    const week = weekOf(on);
    const before = weeks.get(week);
    weeks.set(week, before ? added(before, days) : days);
  }
  return [...weeks].map(([on, days]) => ({ on, days }));
}

function Bar({ days, place, top }: { days: DayTotals; place: number; top: number }) {
  let ground = 0;
  return (
    <g>
      {PARTS.map((part) => {
        const height = (100 * shareOf(days, days[part])) / top;
        ground += height;
        return height === 0 ? null : (
          <rect
            key={part}
            class={`bar ${CLASS[part]}`}
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

function AbsenceChart({ dates, says }: { dates: readonly DateAttendance[]; says: string }) {
  const top = topOf(dates);
  const count = dates.length;
  const ends = [dates[0], dates[Math.floor((count - 1) / 2)], dates[count - 1]];
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
        {dates.map(({ on, days }, place) => (
          <Bar key={on} days={days} place={place} top={top} />
        ))}
      </svg>
      <ol class="chart-days" aria-hidden="true">
        {(count > 2 ? ends : dates).map((one) => one && <li key={one.on}>{shortDate(one.on)}</li>)}
      </ol>
    </div>
  );
}

function Key() {
  return (
    <ul class="chart-key">
      {PARTS.map((part) => (
        <li key={part}>
          <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            <rect class={`bar ${CLASS[part]}`} x="0" y="0" width="1" height="1" />
          </svg>
          {KEY[part]}
        </li>
      ))}
    </ul>
  );
}

function Days({ dates, byDay }: { dates: readonly DateAttendance[]; byDay: boolean }) {
  return (
    <table class="report-table report-rates">
      <caption class="unseen">{t`Absence by ${byDay ? t`day` : t`week`}, the newest first`}</caption>
      <thead>
        <tr>
          <th scope="col">{byDay ? t`Day` : t`Week`}</th>
          {[t`Attended`, t`Excused`, t`Unexcused`, t`Waiting`, t`Not taken`].map((words) => (
            <th scope="col" class="number" key={words}>
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...dates].reverse().map(({ on, days }) => (
          <tr key={on}>
            <th scope="row">{byDay ? longDate(on) : t`Week of ${shortDate(on)}`}</th>
            <td class="number">
              <b>{shareWords(days)}</b>
            </td>
            <td class="number">{days.excused || ""}</td>
            <td class="number">{days.unexcused || ""}</td>
            <td class="number">{days.pending || ""}</td>
            <td class="number">{days.undetermined || ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How dark a cell is: five steps, the darkest for a fifth or more. */
export const stepOf = ({ absent, known }: SlotAttendance): number =>
  known === 0 ? 0 : Math.min(4, Math.ceil((20 * absent) / known));

function Slots({ slots }: { slots: readonly SlotAttendance[] }) {
  const periods = [...new Set(slots.map(({ period }) => period))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const days = [...new Set(slots.map(({ weekday }) => weekday))].sort();
  const at = new Map(slots.map((slot) => [`${slot.weekday}/${slot.period}`, slot]));
  return (
    <section class="report-part">
      <h2>{t`Absent, by weekday and period`}</h2>
      <p class="report-note">{t`${slotsWords(slots)} Rolls that nobody took count nowhere.`}</p>
      <Scroll label={t`Absent, by weekday and period`}>
        <table class="report-table report-rates attendance-slots">
          <caption class="unseen">{t`Absent marks of all that are known`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Period`}</th>
              {days.map((day) => (
                <th scope="col" class="number" key={day}>
                  {WEEKDAYS[day]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {periods.map((period) => (
              <tr key={period}>
                <th scope="row">{period}</th>
                {days.map((day) => {
                  const slot = at.get(`${day}/${period}`);
                  return (
                    <td class={`number slot-${slot ? stepOf(slot) : 0}`} key={day}>
                      {slot ? percentWords(slot.absent, slot.known) : "–"}
                      <span class="report-beside">{slot && `${slot.absent}/${slot.known}`}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

export function AttendanceCharts({ told }: { told: Attendance }) {
  const byDay = told.dates.length <= BY_DAY;
  const dates = byDay ? told.dates : weeksOf(told.dates);
  const words = byDay ? t`day` : t`week`;
  const says = t`Full days absent by ${words}, in percent of the days that are known. The table says the same.`;
  return (
    <>
      <section class="report-part">
        <h2>{t`Absent all day, by ${words}`}</h2>
        <div class="report-pair">
          <figure>
            <AbsenceChart dates={dates} says={says} />
            <figcaption>
              <Key />
            </figcaption>
          </figure>
          <Scroll label={t`By ${words}`}>
            <Days dates={dates} byDay={byDay} />
          </Scroll>
        </div>
      </section>
      <Slots slots={told.slots} />
    </>
  );
}

/** Absence over time, and by weekday and period: drawn, with a table beside each that says it. */

import { longDate, shortDate } from "../core/dates.ts";
import { percentWords, weekOf } from "../core/rates.ts";
import { t } from "../core/t.ts";
import type { Attendance, SlotAttendance } from "../wire.ts";
import {
  type Sums,
  slotName,
  slotsWords,
  sumsOf,
  sumsShare,
  WEEKDAYS,
} from "./attendance-words.ts";
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

const IN_SESSIONS: Readonly<Record<Part, string>> = {
  unexcused: t`absent, unauthorised`,
  pending: t`waiting for a reason`,
  excused: t`absent, authorised`,
};

/** A date or a week, in days or in sessions. */
interface Stretch {
  readonly on: string;
  readonly sums: Sums;
}

const shareOf = (sums: Sums, part: number): number =>
  sums.known === 0 ? 0 : (100 * part) / sums.known;

/** The top of the scale: the first that holds everything. */
const topOf = (dates: readonly Stretch[]): number => {
  const most = Math.max(0, ...dates.map(({ sums }) => shareOf(sums, sums.absent)));
  return SCALES.find((top) => most <= top) ?? 100;
};

const added = (a: Sums, b: Sums): Sums => ({
  known: a.known + b.known,
  attended: a.attended + b.attended,
  absent: a.absent + b.absent,
  excused: a.excused + b.excused,
  unexcused: a.unexcused + b.unexcused,
  pending: a.pending + b.pending,
  undetermined: a.undetermined + b.undetermined,
});

/** The dates of each week together, by its Monday. */
export function weeksOf(dates: readonly Stretch[]): Stretch[] {
  const weeks = new Map<string, Sums>();
  for (const { on, sums } of dates) {
    const week = weekOf(on);
    const before = weeks.get(week);
    weeks.set(week, before ? added(before, sums) : sums);
  }
  return [...weeks].map(([on, sums]) => ({ on, sums }));
}

function Bar({ sums, place, top }: { sums: Sums; place: number; top: number }) {
  let ground = 0;
  return (
    <g>
      {PARTS.map((part) => {
        const height = (100 * shareOf(sums, sums[part])) / top;
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

function AbsenceChart({ dates, says }: { dates: readonly Stretch[]; says: string }) {
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
        {dates.map(({ on, sums }, place) => (
          <Bar key={on} sums={sums} place={place} top={top} />
        ))}
      </svg>
      <ol class="chart-days" aria-hidden="true">
        {(count > 2 ? ends : dates).map((one) => one && <li key={one.on}>{shortDate(one.on)}</li>)}
      </ol>
    </div>
  );
}

function Key({ words }: { words: Readonly<Record<Part, string>> }) {
  return (
    <ul class="chart-key">
      {PARTS.map((part) => (
        <li key={part}>
          <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            <rect class={`bar ${CLASS[part]}`} x="0" y="0" width="1" height="1" />
          </svg>
          {words[part]}
        </li>
      ))}
    </ul>
  );
}

const HEADS = [t`Attended`, t`Excused`, t`Unexcused`, t`Waiting`, t`Not taken`] as const;
const SESSION_HEADS = [t`Attended`, t`Authorised`, t`Unauthorised`, t`Waiting`] as const;

function Days(props: { dates: readonly Stretch[]; byDay: boolean; inSessions: boolean }) {
  const { dates, byDay, inSessions } = props;
  const heads: readonly string[] = inSessions ? SESSION_HEADS : HEADS;
  return (
    <table class="report-table report-rates">
      <caption class="unseen">{t`Absence by ${byDay ? t`day` : t`week`}, the newest first`}</caption>
      <thead>
        <tr>
          <th scope="col">{byDay ? t`Day` : t`Week`}</th>
          {heads.map((words) => (
            <th scope="col" class="number" key={words}>
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...dates].reverse().map(({ on, sums }) => (
          <tr key={on}>
            <th scope="row">{byDay ? longDate(on) : t`Week of ${shortDate(on)}`}</th>
            <td class="number">
              <b>{sumsShare(sums)}</b>
              {inSessions && <span class="report-beside">{`${sums.attended}/${sums.known}`}</span>}
            </td>
            <td class="number">{sums.excused || ""}</td>
            <td class="number">{sums.unexcused || ""}</td>
            <td class="number">{sums.pending || ""}</td>
            {!inSessions && <td class="number">{sums.undetermined || ""}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How dark a cell is: five steps, the darkest for a fifth or more. */
export const stepOf = ({ absent, known }: SlotAttendance): number =>
  known === 0 ? 0 : Math.min(4, Math.ceil((20 * absent) / known));

function Slots(props: { slots: readonly SlotAttendance[]; inSessions: boolean }) {
  const { slots, inSessions } = props;
  const title = inSessions ? t`Absent, by weekday and session` : t`Absent, by weekday and period`;
  const periods = [...new Set(slots.map(({ period }) => period))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const days = [...new Set(slots.map(({ weekday }) => weekday))].sort();
  const at = new Map(slots.map((slot) => [`${slot.weekday}/${slot.period}`, slot]));
  return (
    <section class="report-part">
      <h2>{title}</h2>
      <p class="report-note">{t`${slotsWords(slots, inSessions)} Rolls that nobody took count nowhere.`}</p>
      <Scroll label={title}>
        <table class="report-table report-rates attendance-slots">
          <caption class="unseen">
            {inSessions
              ? t`Sessions absent of all that were possible`
              : t`Absent marks of all that are known`}
          </caption>
          <thead>
            <tr>
              <th scope="col">{inSessions ? t`Session` : t`Period`}</th>
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
                <th scope="row">{slotName(period, inSessions)}</th>
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
  const inSessions = told.sessions !== null;
  const byDay = told.dates.length <= BY_DAY;
  const every = told.dates.map((date) => ({ on: date.on, sums: sumsOf(date) }));
  const dates = byDay ? every : weeksOf(every);
  const words = byDay ? t`day` : t`week`;
  const says = inSessions
    ? t`Sessions absent by ${words}, in percent of those that were possible. The table says the same.`
    : t`Full days absent by ${words}, in percent of the days that are known. The table says the same.`;
  return (
    <>
      <section class="report-part">
        <h2>{inSessions ? t`Sessions absent, by ${words}` : t`Absent all day, by ${words}`}</h2>
        <div class="report-pair">
          <figure>
            <AbsenceChart dates={dates} says={says} />
            <figcaption>
              <Key words={inSessions ? IN_SESSIONS : KEY} />
            </figcaption>
          </figure>
          <Scroll label={t`By ${words}`}>
            <Days dates={dates} byDay={byDay} inSessions={inSessions} />
          </Scroll>
        </div>
      </section>
      <Slots slots={told.slots} inSessions={inSessions} />
    </>
  );
}

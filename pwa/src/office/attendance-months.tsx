/** The months between two dates: days taught, days attended, ADA as an exact fraction. */

import { monthWords } from "../core/dates.ts";
import { percentWords } from "../core/rates.ts";
import { numberWords, t } from "../core/t.ts";
import type { Attendance, MonthAttendance } from "../wire.ts";
import { decimalWords, ratioWords, shareWords } from "./attendance-words.ts";
import { Scroll } from "./report-parts.tsx";

const HEADS = [
  t`Days taught`,
  t`Student days`,
  t`Attended`,
  t`Share`,
  t`Excused`,
  t`Unexcused`,
  t`Waiting`,
  t`Not taken`,
  "ADA",
] as const;

const SESSION_HEADS = [
  t`Days taught`,
  t`Sessions possible`,
  t`Attended`,
  t`Share`,
  t`Authorised`,
  t`Unauthorised`,
  t`Waiting`,
] as const;

type Sums = Pick<MonthAttendance, "days" | "sessions" | "days_taught" | "ada" | "rate">;

/** Where the school counts in mornings and afternoons. */
function SessionLine({ name, sums, whole }: { name: string; sums: Sums; whole?: true }) {
  const { possible, attended, authorised, unauthorised, pending } = sums.sessions ?? NONE;
  return (
    <tr class={whole ? "attendance-whole" : ""}>
      <th scope="row">{name}</th>
      <td class="number">{sums.days_taught}</td>
      <td class="number">{numberWords(possible)}</td>
      <td class="number">{numberWords(attended)}</td>
      <td class="number">
        <b>{percentWords(attended, possible)}</b>
        <span class="report-beside">{ratioWords(sums.rate)}</span>
      </td>
      <td class="number">{authorised || ""}</td>
      <td class="number">{unauthorised || ""}</td>
      <td class="number">{pending || ""}</td>
    </tr>
  );
}

const NONE = { possible: 0, attended: 0, authorised: 0, unauthorised: 0, pending: 0 };

function DayLine({ name, sums, whole }: { name: string; sums: Sums; whole?: true }) {
  const { days } = sums;
  const counts = [days.expected, days.attended].map((count) => numberWords(count));
  return (
    <tr class={whole ? "attendance-whole" : ""}>
      <th scope="row">{name}</th>
      <td class="number">{sums.days_taught}</td>
      {counts.map((count, place) => (
        <td class="number" key={HEADS[place + 1]}>
          {count}
        </td>
      ))}
      <td class="number">
        <b>{shareWords(days)}</b>
      </td>
      <td class="number">{days.excused || ""}</td>
      <td class="number">{days.unexcused || ""}</td>
      <td class="number">{days.pending || ""}</td>
      <td class="number">{days.undetermined || ""}</td>
      <td class="number">
        <b>{decimalWords(sums.ada)}</b>
        <span class="report-beside">{ratioWords(sums.ada)}</span>
      </td>
    </tr>
  );
}

export function AttendanceMonths({ told }: { told: Attendance }) {
  const heads: readonly string[] = told.sessions ? SESSION_HEADS : HEADS;
  const Line = told.sessions ? SessionLine : DayLine;
  return (
    <Scroll label={t`Months`}>
      <table class="report-table report-rates">
        <caption class="unseen">{t`Months, the earliest first, and all together`}</caption>
        <thead>
          <tr>
            <th scope="col">{t`Month`}</th>
            {heads.map((words) => (
              <th scope="col" class="number" key={words}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.months.map((month) => (
            <Line key={month.month_on} name={monthWords(month.month_on)} sums={month} />
          ))}
          <Line name={t`All together`} sums={told} whole />
        </tbody>
      </table>
    </Scroll>
  );
}

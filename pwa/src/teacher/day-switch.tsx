/** From day to day: the last five school days, today, and the next ten. */

import { shortDate, shortDay } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { daysToChoose } from "../core/today.ts";
import { Button } from "../ui/parts.ts";
import { turn } from "./route.ts";
import { school, today } from "./state.ts";

function toDay(on: string | undefined): void {
  if (on) turn({ screen: "today", on: on === today.value ? null : on });
}

export function DaySwitch({ on }: { on: string }) {
  const days = daysToChoose(school.value?.calendar.days ?? [], today.value, on);
  const index = days.indexOf(on);
  const name = (day: string) =>
    day === today.value ? t`Today` : `${shortDay(day)}, ${shortDate(day)}`;
  return (
    <nav class="day-switch" aria-label={t`School days`}>
      <Button
        kind="quiet"
        icon="back"
        label={t`Earlier school day`}
        disabled={index <= 0}
        onPress={() => toDay(days[index - 1])}
      />
      <span class="day-chosen">
        <select
          class="field-input day-choice"
          aria-label={t`School day`}
          value={on}
          onChange={({ currentTarget }) => toDay(currentTarget.value)}
        >
          {days.map((day) => (
            <option key={day} value={day}>
              {name(day)}
            </option>
          ))}
        </select>
      </span>
      <Button
        kind="quiet"
        icon="forward"
        label={t`Later school day`}
        disabled={index < 0 || index === days.length - 1}
        onPress={() => toDay(days[index + 1])}
      />
    </nav>
  );
}

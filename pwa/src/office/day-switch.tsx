/** Leads from one school day to the next, and back to today. */

import { useSignal } from "@preact/signals";
import { longDate, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { Board, SchoolFacts } from "../wire.ts";
import { now } from "./desk.ts";
import { turnTo } from "./live.ts";
import { go } from "./route.ts";

/** A day the calendar ends at says so. */
export function DaySwitch({ school, shown }: { school: SchoolFacts; shown: Board }) {
  const end = useSignal<string | null>(null);
  const turn = async (step: 1 | -1) => {
    const found = await turnTo(school.school_id, shown.on, step);
    end.value = found ? null : t`No school day laid out beyond this one.`;
    if (found) go("board", found);
  };
  const isToday = shown.on === schoolDate(now.value, school.zone);
  return (
    <div class="day-switch">
      <Button
        kind="quiet"
        size="desk"
        icon="back"
        label={t`School day before`}
        onPress={() => void turn(-1)}
      />
      <p class="day-now">{longDate(shown.on)}</p>
      <Button
        kind="quiet"
        size="desk"
        icon="forward"
        label={t`School day after`}
        onPress={() => void turn(1)}
      />
      {!isToday && (
        <Button kind="plain" size="desk" onPress={() => go("board")}>
          {t`Today`}
        </Button>
      )}
      <p class="day-end" role="status">
        {end.value}
      </p>
    </div>
  );
}

/** A day of rolls: ruled by time, the one due now framed, what was missed on top. */

import { useSignal } from "@preact/signals";
import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { inSession, missed, nextRoll, rollsOn } from "../core/today.ts";
import { Button, Empty, Screen } from "../ui/parts.ts";
import type { Roll } from "../wire.ts";
import { DaySwitch } from "./day-switch.tsx";
import { MeetingDue, MeetingRow } from "./meeting.tsx";
import { ForYou, MoreSheet } from "./more.ts";
import { OfTheTablet } from "./notices.tsx";
import { route } from "./route.ts";
import { SidePanel } from "./side-panel.tsx";
import { minute, now, ownEntries, school, today } from "./state.ts";
import { at } from "./times.ts";
import { WhySheet } from "./why-not.tsx";

function NoRolls({ on }: { on: string }) {
  const day = school.value?.calendar.days.find((each) => each.on === on);
  const rolls = school.value?.rolls ?? [];
  const next = nextRoll(rolls, now.value);
  return (
    <Empty icon="tick" title={on === today.value ? t`No rolls today` : t`No rolls on this day`}>
      <p>
        {day?.note && t`The calendar says: ${day.note}. `}
        {t`Nothing is expected of you and nobody will be reminded.`}
      </p>
      {next && <p class="quiet">{t`Next roll: ${longDate(next.on)}, ${at(next.starts_at)}.`}</p>}
    </Empty>
  );
}

function Rolls({ rolls, due }: { rolls: readonly Roll[]; due: Roll | null }) {
  return (
    <ul class="meetings">
      {rolls.map((roll) =>
        roll === due ? (
          <MeetingDue key={roll.roll_id} roll={roll} />
        ) : (
          <MeetingRow key={roll.roll_id} roll={roll} />
        ),
      )}
    </ul>
  );
}

export function Today() {
  const more = useSignal(false);
  if (!school.value || route.value.screen !== "today") return null;
  const { rolls, place } = school.value;
  const on = route.value.on ?? today.value;
  const isToday = on === today.value;
  const earlier = isToday ? missed(rolls, ownEntries.value, today.value, minute.value) : [];
  const due = isToday ? inSession(rolls, ownEntries.value, on, minute.value) : null;
  const all = [...earlier, ...rollsOn(rolls, on)];
  return (
    <>
      <Screen
        title={longDate(on)}
        sub={`${place.me.name} · ${place.school.name}`}
        tools={<DaySwitch on={on} />}
        more={
          <>
            <ForYou always />
            <Button kind="quiet" icon="dots" label={t`More`} onPress={() => (more.value = true)} />
          </>
        }
        banner={<OfTheTablet everything />}
      >
        <div class="day">
          <div class="day-rolls">
            {all.length > 0 ? <Rolls rolls={all} due={due} /> : <NoRolls on={on} />}
          </div>
          <SidePanel />
        </div>
      </Screen>
      {more.value && <MoreSheet onClose={() => (more.value = false)} />}
      <WhySheet />
    </>
  );
}

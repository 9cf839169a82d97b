/** The school's calendar, a month at a time: what each date is, and how many rolls it expects. */

import { useLayoutEffect } from "preact/hooks";
import { monthWords, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Banner, Button, Empty } from "../ui/parts.ts";
import type { SignedInAs, Timetable } from "../wire.ts";
import { MonthGrid } from "./calendar-grid.tsx";
import { firstOf, isDate, isMonth, monthOf, monthsOn, reachOf } from "./calendar-month.ts";
import { CalendarNav } from "./calendar-nav.tsx";
import { monthLead, usualBells } from "./calendar-words.ts";
import { now } from "./desk.ts";
import { PageHead } from "./page.tsx";
import { go, route } from "./route.ts";
import { awaited, fetchAgain, fetchTimetable, timetable } from "./timetable.ts";

/** What the address names: a month, a date that is open beside it, or neither. */
export function placeOf(part: string | null, today: string) {
  if (part && isDate(part)) return { month: monthOf(part), open: part };
  return { month: part && isMonth(part) ? part : monthOf(today), open: null };
}

function Switch({ month, today }: { month: string; today: string }) {
  const to = (step: number) => go("calendar", monthOf(monthsOn(firstOf(month), step)));
  return (
    <div class="day-switch cal-switch">
      <Button kind="quiet" size="desk" icon="back" label={t`Month before`} onPress={() => to(-1)} />
      <Button
        kind="quiet"
        size="desk"
        icon="forward"
        label={t`Month after`}
        onPress={() => to(1)}
      />
      {month !== monthOf(today) && (
        <Button kind="plain" size="desk" onPress={() => go("calendar")}>
          {t`This month`}
        </Button>
      )}
      <Button kind="plain" size="desk" icon="print" onPress={() => print()}>
        {t`Print`}
      </Button>
    </div>
  );
}

/** Nothing was ever brought in: where calendars come from. */
function NoCalendar() {
  return (
    <Empty icon="calendar" title={t`The school has no calendar yet`}>
      <p>
        {t`Whoever runs the server brings one in as CSV files: bell schedules, calendar and meetings. After that it is changed here, a day at a time.`}
      </p>
    </Empty>
  );
}

function leadOf(found: Timetable | null, month: string): string {
  if (!found || awaited.value) return t`Fetching the month`;
  return monthLead(found.days.filter(({ on }) => monthOf(on) === month));
}

export function CalendarPage({ who }: { who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const today = schoolDate(now.value, zone);
  const { month, open } = placeOf(route.value.part, today);
  useLayoutEffect(() => {
    void fetchTimetable(school_id, ...reachOf(month));
  }, [school_id, month]);
  const loaded = timetable.value;
  const found = loaded.is === "here" ? loaded.answer : null;
  const dates = new Map((found?.days ?? []).map((date) => [date.on, date]));
  return (
    <main class="desk-main cal-main">
      <PageHead
        title={monthWords(firstOf(month))}
        lead={<span role="status">{loaded.is === "failed" ? "" : leadOf(found, month)}</span>}
      >
        <CalendarNav />
        <Switch month={month} today={today} />
      </PageHead>
      {loaded.is === "failed" && (
        <Banner
          kind="refused"
          icon="warn"
          action={
            <Button kind="plain" size="desk" onPress={() => void fetchAgain()}>
              {t`Try again`}
            </Button>
          }
        >
          <b>{t`The calendar could not be fetched.`}</b> {loaded.why}
        </Banner>
      )}
      {found && found.first_on === null ? (
        <NoCalendar />
      ) : (
        <MonthGrid
          month={month}
          today={today}
          open={open}
          dates={dates}
          usual={found && usualBells(found)}
          onOpen={(on) => go("calendar", on)}
          onMonth={(to) => go("calendar", to)}
        />
      )}
    </main>
  );
}

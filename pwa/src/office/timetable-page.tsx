/** The frame of the calendar's other pages: what they show is fetched, here, or failed in words. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { daysOn, schoolDate } from "../core/dates.ts";
import { t, told } from "../core/t.ts";
import { Banner, Button, Said } from "../ui/parts.ts";
import type { SignedInAs, Timetable } from "../wire.ts";
import { CalendarNav } from "./calendar-nav.tsx";
import { now } from "./desk.ts";
import { PageHead } from "./page.tsx";
import { fetchAgain, fetchTimetable, timetable } from "./timetable.ts";

/** How far ahead exemptions and leaves are listed. */
const TERM_DAYS = 180;

export interface TimetablePageProps {
  who: SignedInAs;
  title: string;
  lead: string;
  /** day: today alone, where the page shows no dates · term: from today half a year ahead */
  reach: "day" | "term";
  isWhole?: boolean;
  show: (table: Timetable) => ComponentChildren;
}

export function TimetablePage({ who, title, lead, reach, isWhole, show }: TimetablePageProps) {
  const { zone, school_id } = who.school;
  const today = schoolDate(now.value, zone);
  useLayoutEffect(() => {
    const to = reach === "day" ? today : daysOn(today, TERM_DAYS);
    void fetchTimetable(school_id, today, to, isWhole);
  }, [school_id, today, reach]);
  const loaded = timetable.value;
  return (
    <main class="desk-main passes-main">
      <PageHead title={title} lead={lead}>
        <CalendarNav />
      </PageHead>
      {loaded.is === "loading" && (
        <p class="desk-starting" role="status">
          {t`Fetching the timetable`}
        </p>
      )}
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
          <b>{t`This could not be fetched.`}</b> {loaded.why}
        </Banner>
      )}
      {loaded.is === "here" && show(loaded.answer)}
    </main>
  );
}

/** Why somebody only reads here, and who does more. */
export function ReadOnly({ why }: { why: string }) {
  return (
    <Banner kind="calm" icon="lock">
      <Said
        of={told`*Why this is only to read:* ${why} *Who can change that:* an administrator of your school.`}
      />
    </Banner>
  );
}

/** The frame of the calendar's other pages: what they show is fetched, here, or failed in words. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { daysOn, schoolDate } from "../core/dates.ts";
import { Banner, Button } from "../ui/parts.ts";
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
          Fetching the timetable
        </p>
      )}
      {loaded.is === "failed" && (
        <Banner
          kind="refused"
          icon="warn"
          action={
            <Button kind="plain" size="desk" onPress={() => void fetchAgain()}>
              Try again
            </Button>
          }
        >
          <b>This could not be fetched.</b> {loaded.why}
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
      <b>Why this is only to read:</b> {why} <b>Who can change that:</b> an administrator of your
      school.
    </Banner>
  );
}

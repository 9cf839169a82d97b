/** One date beside the calendar: what it is, which rolls are due when, and the way to change it. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { longDate, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { DayMeeting, SignedInAs, Timetable, TimetableDay } from "../wire.ts";
import { bandSentences, rollsWords } from "./calendar-words.ts";
import { preview, putAway } from "./change.ts";
import { ChangeAnswer } from "./change-answer.tsx";
import { becomesWords, changesOf, draftOf, firstBand, missingOf } from "./day-form.ts";
import { DayForm } from "./day-form-fields.tsx";
import {
  bellWords,
  dueWords,
  ruleWords,
  type Slot,
  slotCounts,
  slotsOf,
  timesWords,
  unexpectedOf,
  unexpectedWords,
} from "./day-meetings.ts";
import { now } from "./desk.ts";
import { Panel } from "./panel.tsx";
import { go } from "./route.ts";
import { day, fetchAgain, fetchDay, timetable } from "./timetable.ts";
import { capital, listed } from "./words.ts";

function Meetings({ of }: { of: readonly DayMeeting[] }) {
  return (
    <ul class="day-meetings">
      {of.map((meeting) => (
        <li key={meeting.roll_id}>
          <b>{meeting.section_title}</b> {listed(meeting.teacher_names)}
        </li>
      ))}
    </ul>
  );
}

function SlotOf({ slot, shown, zone }: { slot: Slot; shown: TimetableDay; zone: string }) {
  return (
    <details class="day-slot">
      <summary>
        <span class="day-slot-what">
          <b>{slot.first.period_name}</b> {bellWords(slot.first, zone)}
        </span>
        <span class="day-slot-due">
          {slotCounts(slot)}
          <span class="unseen">. </span>
        </span>
        <span class="day-slot-times">{dueWords(slot, zone)}</span>
      </summary>
      <p class="panel-none">
        {timesWords(slot, zone)} {ruleWords(slot, shown)}
      </p>
      <Meetings of={slot.meetings} />
    </details>
  );
}

function Expected({ shown, zone }: { shown: TimetableDay; zone: string }) {
  const slots = slotsOf(shown);
  const rolls = slots.reduce((sum, { meetings }) => sum + meetings.length, 0);
  return (
    <>
      <h3>
        {t`Rolls expected`} <span>{rolls}</span>
      </h3>
      {slots.length === 0 && <p class="panel-none">{t`No roll is expected on this date.`}</p>}
      {slots.map((slot) => (
        <SlotOf key={slot.key} slot={slot} shown={shown} zone={zone} />
      ))}
    </>
  );
}

function NotExpected({ shown }: { shown: TimetableDay }) {
  const groups = unexpectedOf(shown);
  if (groups.length === 0) return null;
  return (
    <>
      <h3>{t`Not expected, and why`}</h3>
      {groups.map((group) => (
        <details class="day-slot" key={group.key}>
          <summary>{unexpectedWords(group)}</summary>
          <Meetings of={group.meetings} />
        </details>
      ))}
    </>
  );
}

interface OpenedProps {
  shown: TimetableDay;
  table: Timetable;
  who: SignedInAs;
}

/** The form, and under it what it would move. */
function Changing({ shown, table, who }: OpenedProps) {
  const { zone, school_id } = who.school;
  const { on } = shown;
  const of = `day/${on}`;
  const isOpen = useSignal(false);
  const draft = useSignal(draftOf(firstBand(shown.bands), null));
  const trouble = useSignal<string | null>(null);
  const again = () => Promise.all([fetchDay(school_id, on), fetchAgain()]);
  useLayoutEffect(() => putAway, [on]);
  const ask = () => {
    trouble.value = missingOf(draft.value, on);
    if (trouble.value) return;
    const changes = changesOf(draft.value, on, table);
    void preview({ school: school_id, of, revision: shown.revision, changes, again });
  };
  return (
    <div class="day-change">
      {!isOpen.value && (
        <Button
          kind="plain"
          size="desk"
          icon="pencil"
          onPress={() => {
            draft.value = draftOf(firstBand(shown.bands), table.schedules[0]?.schedule ?? null);
            isOpen.value = true;
            putAway();
          }}
        >
          {t`Change this day`}
        </Button>
      )}
      {isOpen.value && (
        <DayForm
          draft={draft}
          on={on}
          bands={shown.bands}
          table={table}
          trouble={trouble.value}
          onAsk={ask}
          onClose={() => {
            isOpen.value = false;
            putAway();
          }}
        />
      )}
      <ChangeAnswer
        of={of}
        school={school_id}
        zone={zone}
        saveWords={t`Save: ${becomesWords(draft.value)}`}
        now={() => bandSentences(shown.bands)}
        again={again}
        onDone={() => {
          isOpen.value = false;
        }}
      />
    </div>
  );
}

function Opened({ shown, table, who }: OpenedProps) {
  const { zone } = who.school;
  return (
    <>
      <div class="panel-standing day-is">
        {bandSentences(shown.bands).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {shown.exemptions.map(({ exemption_id, why, period }) => (
          <p key={exemption_id}>{t`Exempt${period ? t` in period ${period}` : ""}: ${why}.`}</p>
        ))}
      </div>
      <Changing key={shown.on} shown={shown} table={table} who={who} />
      <Expected shown={shown} zone={zone} />
      <NotExpected shown={shown} />
      <p class="day-board">
        <Button kind="quiet" size="desk" icon="grid" onPress={() => go("board", shown.on)}>
          {t`Open the board of this day`}
        </Button>
      </p>
    </>
  );
}

/** "240 rolls expected", or how far they are. */
function subOf(on: string, today: string, table: Timetable | null): string {
  const date = table?.days.find((one) => one.on === on);
  const rolls = date && rollsWords(date, today);
  return rolls ? capital(rolls) : on === today ? t`Today` : plural(0, "roll");
}

export function DayPanel({ who, on }: { who: SignedInAs; on: string }) {
  const { zone, school_id } = who.school;
  useLayoutEffect(() => {
    void fetchDay(school_id, on);
  }, [school_id, on]);
  const loaded = day.value;
  const table = timetable.value.is === "here" ? timetable.value.answer : null;
  const today = schoolDate(now.value, zone);
  const isHere = loaded.is === "here" && loaded.answer.on === on;
  return (
    <Panel title={longDate(on)} sub={subOf(on, today, table)}>
      {isHere && table && <Opened shown={loaded.answer} table={table} who={who} />}
      {loaded.is === "loading" && <p role="status">{t`Fetching the day`}</p>}
      {loaded.is === "failed" && (
        <Empty
          icon="question"
          title={t`This day cannot be opened`}
          actions={
            <Button kind="plain" onPress={() => void fetchDay(school_id, on)}>
              {t`Try again`}
            </Button>
          }
        >
          <p>{loaded.why}</p>
        </Empty>
      )}
    </Panel>
  );
}

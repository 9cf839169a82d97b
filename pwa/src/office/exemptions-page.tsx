/** What is taken out of the timetable: meetings that expect no roll, and people who are away. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { By, SignedInAs, Timetable, TimetableChange } from "../wire.ts";
import { DateField } from "./ask-fields.tsx";
import { busy, preview, putAway } from "./change.ts";
import { ChangeAnswer, GoneAnswer } from "./change-answer.tsx";
import {
  type ExemptionDraft,
  exemptionOf,
  exemptionSentence,
  type LeaveDraft,
  leaveOf,
  leaveSentence,
  missingExemption,
  missingLeave,
} from "./exemptions.ts";
import { Choice, Line } from "./sheets-day.tsx";
import { fetchAgain } from "./timetable.ts";
import { TimetablePage } from "./timetable-page.tsx";

interface HereProps {
  table: Timetable;
  who: SignedInAs;
}

interface ItemProps extends HereProps {
  of: string;
  says: string;
  by: By | null;
  at: string;
  end: TimetableChange;
  endWords: string;
  now: () => readonly string[];
}

/** One exemption or leave, and the way to end it. */
function Item({ of, says, by, at, end, endWords, now, table, who }: ItemProps) {
  const { school_id, zone } = who.school;
  const ask = () =>
    void preview({
      school: school_id,
      of,
      revision: table.revision,
      changes: [end],
      again: fetchAgain,
    });
  return (
    <li class="rule-item">
      <p>{says}</p>
      <p class="pass-when">
        {by ? t`Set by ${by.name} on ` : t`Set on `}
        {shortDate(schoolDate(ms(at), zone))}.
      </p>
      <Button
        kind="plain"
        size="desk"
        label={`${endWords}: ${says}`}
        busy={busy.value}
        onPress={ask}
      >
        {endWords}
      </Button>
      <ChangeAnswer
        of={of}
        school={school_id}
        zone={zone}
        saveWords={t`Save: ${endWords.toLowerCase()}`}
        now={now}
        again={fetchAgain}
      />
    </li>
  );
}

const allExemptions = (table: Timetable): string[] =>
  table.exemptions.map((one) => exemptionSentence(one, table));

const allLeaves = (table: Timetable): string[] =>
  table.leaves.map((one) => leaveSentence(one, table));

const orNone = (all: readonly string[], none: string): readonly string[] =>
  all.length > 0 ? all : [none];

const NO_EXEMPTION = t`No meeting is exempt.`;
const NO_LEAVE = t`Nobody is away.`;

function NewExemption({ table, who }: HereProps) {
  const { school_id, zone } = who.school;
  const blank = { on: table.today, section_id: "", period: "", why: "" };
  const draft = useSignal<ExemptionDraft>(blank);
  const trouble = useSignal<string | null>(null);
  const now = draft.value;
  const write = (some: Partial<ExemptionDraft>) => {
    putAway();
    draft.value = { ...draft.value, ...some };
  };
  const ask = () => {
    trouble.value = missingExemption(now);
    if (trouble.value) return;
    void preview({
      school: school_id,
      of: "exemption",
      revision: table.revision,
      changes: [exemptionOf(now)],
      again: fetchAgain,
    });
  };
  return (
    <section class="pass-new" aria-labelledby="exempt-new">
      <h2 id="exempt-new">{t`Take meetings out of a date`}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <DateField label={t`Date`} value={now.on} onInput={(on) => write({ on })} />
        <div class="ask-row">
          <Choice
            label={t`Section`}
            none={t`All sections`}
            value={now.section_id}
            choices={table.sections.map(({ section_id, title }) => ({
              value: section_id,
              words: title,
            }))}
            onChoose={(section_id) => write({ section_id })}
          />
          <Choice
            label={t`Period`}
            none={t`All periods`}
            value={now.period}
            choices={table.periods.map((period) => ({ value: period, words: t`Period ${period}` }))}
            onChoose={(period) => write({ period })}
          />
        </div>
        <Line
          label={t`Why`}
          value={now.why}
          hint={t`Teachers read it: an assembly, a trip. Never anything about a student.`}
          onInput={(why) => write({ why })}
        />
        <p class="ask-error" role="alert">
          {trouble.value}
        </p>
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`See what it moves`}
        </Button>
      </form>
      <ChangeAnswer
        of="exemption"
        school={school_id}
        zone={zone}
        saveWords={t`Save: no roll is expected`}
        now={() => orNone(allExemptions(table), NO_EXEMPTION)}
        again={fetchAgain}
        onDone={() => {
          draft.value = { ...blank, on: draft.value.on };
        }}
      />
    </section>
  );
}

function NewLeave({ table, who }: HereProps) {
  const { school_id, zone } = who.school;
  const blank = { staff_id: "", from_on: table.today, to_on: "" };
  const draft = useSignal<LeaveDraft>(blank);
  const trouble = useSignal<string | null>(null);
  const now = draft.value;
  const write = (some: Partial<LeaveDraft>) => {
    putAway();
    draft.value = { ...draft.value, ...some };
  };
  const ask = () => {
    trouble.value = missingLeave(now);
    if (trouble.value) return;
    void preview({
      school: school_id,
      of: "leave",
      revision: table.revision,
      changes: [leaveOf(now)],
      again: fetchAgain,
    });
  };
  return (
    <section class="pass-new" aria-labelledby="leave-new">
      <h2 id="leave-new">{t`Somebody is away`}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Choice
          label={t`Person`}
          none={t`Choose a person`}
          value={now.staff_id}
          choices={table.staff.map(({ staff_id, name, role }) => ({
            value: staff_id,
            words: `${name}, ${role}`,
          }))}
          onChoose={(staff_id) => write({ staff_id })}
        />
        <div class="ask-row">
          <DateField
            label={t`From`}
            value={now.from_on}
            onInput={(from_on) => write({ from_on })}
          />
          <DateField
            label={t`Until`}
            value={now.to_on}
            hint={t`Empty: that day alone.`}
            onInput={(to_on) => write({ to_on })}
          />
        </div>
        <p class="ask-hint">
          {t`Whoever is away is not reminded. Their rolls stay expected: a day pass lets a substitute take them.`}
        </p>
        <p class="ask-error" role="alert">
          {trouble.value}
        </p>
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`See what it moves`}
        </Button>
      </form>
      <ChangeAnswer
        of="leave"
        school={school_id}
        zone={zone}
        saveWords={t`Save the leave`}
        now={() => orNone(allLeaves(table), NO_LEAVE)}
        again={fetchAgain}
        onDone={() => {
          draft.value = blank;
        }}
      />
    </section>
  );
}

function Here({ table, who }: HereProps) {
  useLayoutEffect(() => putAway, []);
  const { exemptions, leaves } = table;
  const { school_id, zone } = who.school;
  return (
    <div class="passes">
      <div class="exempt-lists">
        <h2>{t`Meetings without a roll`}</h2>
        {exemptions.length === 0 && <p class="pass-none">{NO_EXEMPTION}</p>}
        <GoneAnswer
          kind="exemption"
          left={exemptions.map(({ exemption_id }) => exemption_id)}
          school={school_id}
          zone={zone}
          now={() => orNone(allExemptions(table), NO_EXEMPTION)}
          again={fetchAgain}
        />
        <ul class="rule-list" aria-label={t`Exemptions`}>
          {exemptions.map((one) => (
            <Item
              key={one.exemption_id}
              of={`exemption/${one.exemption_id}`}
              says={exemptionSentence(one, table)}
              by={one.set_by}
              at={one.set_at}
              end={{ type: "end_exemption", exemption_id: one.exemption_id }}
              endWords={t`End it`}
              now={() => orNone(allExemptions(table), NO_EXEMPTION)}
              table={table}
              who={who}
            />
          ))}
        </ul>
        <h2>{t`Who is away`}</h2>
        {leaves.length === 0 && <p class="pass-none">{NO_LEAVE}</p>}
        <GoneAnswer
          kind="leave"
          left={leaves.map(({ leave_id }) => leave_id)}
          school={school_id}
          zone={zone}
          now={() => orNone(allLeaves(table), NO_LEAVE)}
          again={fetchAgain}
        />
        <ul class="rule-list" aria-label={t`Leave`}>
          {leaves.map((one) => (
            <Item
              key={one.leave_id}
              of={`leave/${one.leave_id}`}
              says={leaveSentence(one, table)}
              by={one.set_by}
              at={one.set_at}
              end={{ type: "end_leave", leave_id: one.leave_id }}
              endWords={t`End the leave`}
              now={() => orNone(allLeaves(table), NO_LEAVE)}
              table={table}
              who={who}
            />
          ))}
        </ul>
      </div>
      <div class="exempt-new">
        <NewExemption table={table} who={who} />
        <NewLeave table={table} who={who} />
      </div>
    </div>
  );
}

export function ExemptionsPage({ who }: { who: SignedInAs }) {
  return (
    <TimetablePage
      who={who}
      title={t`Exemptions and leave`}
      lead={t`Meetings that expect no roll, and people who are not reminded. From today half a year ahead.`}
      reach="term"
      show={(table) => <Here table={table} who={who} />}
    />
  );
}

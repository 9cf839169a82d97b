/** The rolls that were looked for and were not there: whom to call, and what was done already. */

import { useLayoutEffect } from "preact/hooks";
import { clockTime, longDate, ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { MissingPerson, MissingRoll, NotSubmitted, SchoolFacts, SignedInAs } from "../wire.ts";
import { calledWords, remindedWords } from "./beside.ts";
import { roomWords } from "./board.ts";
import { UNREACHED } from "./calling.ts";
import { callTrouble, noteCall } from "./calls-desk.ts";
import { instantNow, mayChange, now } from "./desk.ts";
import { PageHead } from "./page.tsx";
import { FileLink, PrintButton, Shown } from "./report-parts.tsx";
import {
  lastDayWords,
  missingLead,
  missingTitle,
  NOBODY_WHY,
  tabletWords,
} from "./report-words.ts";
import { missing } from "./reports.ts";
import { fileOf, type Moment } from "./reports-api.ts";
import { go, open, route } from "./route.ts";
import { Choice, DayField } from "./sheets-day.tsx";
import { capital } from "./words.ts";

function Roll({ roll, zone }: { roll: MissingRoll; zone: string }) {
  const beside = [
    remindedWords(roll.reminded, zone),
    calledWords(roll.called, zone),
    tabletWords(roll.tablet, zone),
  ].filter(Boolean);
  return (
    <>
      <td>
        <a href={`#/board?roll=${roll.roll_id}`}>
          <b>{roll.period_name}</b>, {roll.section_title}
        </a>
        {roll.with_names.length > 0 && (
          <span class="report-beside">{t`with ${roll.with_names.join(", ")}`}</span>
        )}
      </td>
      <td>
        <span class="report-narrow">{t`Due`} </span>
        {clockTime(roll.due_at, zone)}
      </td>
      <td>{beside.length > 0 ? `${capital(beside.join(", "))}.` : t`Nothing yet.`}</td>
    </>
  );
}

/** Name, where to call, and how the last school day went: once, beside all of their rolls. */
function Person({ person, on }: { person: MissingPerson; on: string }) {
  const rows = Math.max(1, person.rolls.length);
  const where = [
    person.room && roomWords(person.room),
    person.extension && t`ext. ${person.extension}`,
  ];
  return (
    <>
      <th scope="rowgroup" rowSpan={rows}>
        <b>{person.name}</b>
        {person.why && <span class="report-beside">{NOBODY_WHY[person.why]}</span>}
        {person.reach === "none" && (
          <span class="report-beside">
            {UNREACHED} {person.reach_why}
          </span>
        )}
        {person.last_day && <span class="report-beside">{lastDayWords(person.last_day, on)}</span>}
      </th>
      <td rowSpan={rows}>{where.filter(Boolean).join(", ") || t`Not known`}</td>
    </>
  );
}

function Called({ person, onDone }: { person: MissingPerson; onDone: () => void }) {
  const rolls = person.rolls.map(({ roll_id }) => roll_id);
  const isCalled = person.rolls.every(({ called }) => called !== null);
  const press = async () => {
    await noteCall(rolls, isCalled);
    onDone();
  };
  if (person.staff_id === null || !mayChange.value) return null;
  return isCalled ? (
    <Button
      kind="quiet"
      size="desk"
      label={t`Undo: ${person.name} was not called`}
      onPress={() => void press()}
    >
      {t`Undo`}
    </Button>
  ) : (
    <Button
      kind="plain"
      size="desk"
      icon="phone"
      label={t`Called ${person.name}`}
      onPress={() => void press()}
    >
      {t`Called`}
    </Button>
  );
}

function Lines({ told, onDone }: { told: NotSubmitted; onDone: () => void }) {
  const { zone } = told.school;
  return (
    <table class="report-table report-missing">
      <caption class="unseen">{t`Rolls not submitted, by whom to call`}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Teacher`}</th>
          <th scope="col">{t`Where`}</th>
          <th scope="col">{t`Roll`}</th>
          <th scope="col">{t`Due`}</th>
          <th scope="col">{t`Done so far`}</th>
          {!told.past && (
            <th scope="col" class="report-does">
              <span class="unseen">{t`Call`}</span>
            </th>
          )}
        </tr>
      </thead>
      {told.people.map((person) => (
        <tbody key={`${person.staff_id}${person.why}`}>
          {person.rolls.map((roll, place) => (
            <tr key={roll.roll_id}>
              {place === 0 && <Person person={person} on={told.on} />}
              <Roll roll={roll} zone={zone} />
              {place === 0 && !told.past && (
                <td class="report-does" rowSpan={person.rolls.length}>
                  <Called person={person} onDone={onDone} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Each check of the day that has come; the present is always there. */
function MomentChoice({ told }: { told: NotSubmitted }) {
  const { zone } = told.school;
  const passed = told.periods.filter(({ check_at }) => ms(check_at) <= now.value);
  const asked = route.value.query["moment"] ?? "";
  const choices = passed.map(({ name, check_at }) => ({
    value: check_at,
    words: t`Check of ${name}, ${clockTime(check_at, zone)}`,
  }));
  return (
    <Choice
      label={t`Looked at`}
      none={t`Now`}
      value={choices.some(({ value }) => value === asked) ? asked : ""}
      choices={choices}
      onChoose={(at) => open({ moment: at || null })}
    />
  );
}

function NothingMissing({ told }: { told: NotSubmitted }) {
  const words =
    told.expected === 0
      ? t`No roll is expected on that day.`
      : told.waiting > 0
        ? t`${plural(told.waiting, "roll")} will be looked for later.`
        : t`All that was expected has been received.`;
  return (
    <Empty icon="tick" title={t`Nothing is missing`}>
      <p>{words}</p>
    </Empty>
  );
}

function Told({
  told,
  moment,
  onAgain,
}: {
  told: NotSubmitted;
  moment: Moment;
  onAgain: () => void;
}) {
  return (
    <>
      <PageHead title={missingTitle(told)} lead={missingLead(told)}>
        <Button kind="plain" size="desk" onPress={onAgain}>
          {t`Look again`}
        </Button>
        <PrintButton />
        <FileLink href={fileOf(told.school.school_id, "not-submitted", moment)}>
          {t`Spreadsheet`}
        </FileLink>
      </PageHead>
      <div class="report-asks">
        <DayField on={told.on} onChoose={(on) => go("reports", "not-submitted", { on })} />
        <MomentChoice told={told} />
      </div>
      <p class="report-said" role="alert">
        {callTrouble.value}
      </p>
      {told.people.length > 0 ? (
        <Lines told={told} onDone={onAgain} />
      ) : (
        <NothingMissing told={told} />
      )}
    </>
  );
}

const today = ({ zone }: SchoolFacts): string => schoolDate(instantNow(), zone);

export function MissingReport({ who }: { who: SignedInAs }) {
  const { school } = who;
  const { query } = route.value;
  const on = query["on"] ?? null;
  const at = query["moment"] ?? null;
  const moment = { on, at };
  useLayoutEffect(() => {
    void missing.begin(school.school_id, { on, at });
  }, [school, on, at]);
  return (
    <Shown
      loaded={missing.shown.value}
      waiting={t`Looking what is missing of ${longDate(on ?? today(school))}`}
    >
      {(told) => (
        <Told
          told={told}
          moment={moment}
          onAgain={() => void missing.fetch(school.school_id, moment)}
        />
      )}
    </Shown>
  );
}

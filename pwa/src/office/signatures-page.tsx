/** Signatures: who has signed which week, what changed beside it, and which days are closed. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import {
  clockTime,
  daysOn,
  longDate,
  monthWords,
  ms,
  schoolDate,
  shortDate,
} from "../core/dates.ts";
import {
  changeWords,
  nextDayWords,
  rollWords,
  standingWords,
  weekWords,
} from "../core/week-words.ts";
import { plural } from "../core/words.ts";
import { Button, Empty } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import type { ClosedDay, PersonWeek, SignedInAs, Week, WeekRoll, Weeks } from "../wire.ts";
import { PageHead } from "./page.tsx";
import { whyNot } from "./passes-ends.ts";
import { ReportLeaves } from "./report-leaves.tsx";
import { PrintButton, Scroll, Shown } from "./report-parts.tsx";
import { ofPerson, weeks } from "./reports.ts";
import { go, route, spellRoute } from "./route.ts";
import { acceptNextDay, closeSpan } from "./signatures-api.ts";

const when = (at: string, zone: string): string =>
  `${shortDate(schoolDate(ms(at), zone))}, ${clockTime(at, zone)}`;

function personWords(one: PersonWeek, over: boolean, zone: string): string {
  if (one.signed_at) {
    const signed = `Signed ${when(one.signed_at, zone)}`;
    return one.changes > 0 ? `${signed}; ${plural(one.changes, "change")} since` : signed;
  }
  return over ? "Not signed" : "Not over yet";
}

function People({ told }: { told: Weeks }) {
  const { zone } = told.school;
  if (told.people.length === 0)
    return (
      <Empty icon="calendar" title="No rolls were expected">
        <p>In this week nobody was to take a roll, so there is nothing to sign.</p>
      </Empty>
    );
  return (
    <section class="report-part">
      <h2>Who has signed</h2>
      <Scroll label="Who has signed">
        <table class="report-table report-rates">
          <caption class="unseen">Who has signed the week, A to Z</caption>
          <thead>
            <tr>
              <th scope="col">Teacher</th>
              <th scope="col" class="number">
                Rolls
              </th>
              <th scope="col" class="number">
                Not taken
              </th>
              <th scope="col" class="number">
                Came a day later
              </th>
              <th scope="col">Signature</th>
            </tr>
          </thead>
          <tbody>
            {told.people.map((one) => (
              <tr key={one.staff_id}>
                <th scope="row">
                  <a
                    href={spellRoute({
                      page: "signatures",
                      part: told.week_on,
                      query: { staff: one.staff_id },
                    })}
                  >
                    {one.name}
                  </a>
                </th>
                <td class="number">{one.rolls}</td>
                <td class="number">{one.not_taken || ""}</td>
                <td class="number">{one.next_day || ""}</td>
                <td class={one.signed_at || !told.over ? "" : "signature-missing"}>
                  {personWords(one, told.over, zone)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Close or open again: a button each, and the reason where one is needed. */
function Closing({ day, who }: { day: ClosedDay; who: SignedInAs }) {
  const why = useSignal<string | null>(null);
  const trouble = useSignal<string | null>(null);
  const name = longDate(day.on);
  const act = async (reason: string | null) => {
    const asked = { span: "day", first_on: day.on } as const;
    const answer = await closeSpan(
      who.school.school_id,
      reason === null ? { ...asked, act: "close" } : { ...asked, act: "reopen", why: reason },
    );
    if (answer.end !== "answered") {
      trouble.value = whyNot(answer);
      return;
    }
    trouble.value = null;
    why.value = null;
    await weeks.fetch(who.school.school_id, route.value.part);
  };
  if (why.value !== null)
    return (
      <form
        class="say-why"
        onSubmit={(event) => {
          event.preventDefault();
          if (why.value?.trim()) void act(why.value.trim());
          else trouble.value = "Write why the day is opened again: the reason is kept.";
        }}
      >
        <label class="ask">
          <span class="ask-label">Why {name} is opened again</span>
          <input
            class="ask-input"
            autofocus
            maxLength={500}
            value={why.value}
            onInput={(event) => {
              why.value = event.currentTarget.value;
            }}
          />
        </label>
        <Button kind="main" size="desk" type="submit">
          Open again
        </Button>
        <Button
          kind="quiet"
          size="desk"
          onPress={() => {
            why.value = null;
            trouble.value = null;
          }}
        >
          Cancel
        </Button>
        <p class="report-said" role="alert">
          {trouble.value}
        </p>
      </form>
    );
  return (
    <>
      <Button
        kind="plain"
        size="desk"
        label={day.closed ? `Open ${name} again` : `Close ${name}`}
        onPress={() => {
          if (day.closed) why.value = "";
          else void act(null);
        }}
      >
        {day.closed ? "Open again" : "Close"}
      </Button>
      <p class="report-said" role="alert">
        {trouble.value}
      </p>
    </>
  );
}

function closedWords({ closed, by, at, why }: ClosedDay, zone: string): string {
  if (!by || !at) return "Open";
  const done = closed ? "Closed by" : "Opened again by";
  return `${done} ${by.name}, ${when(at, zone)}${why ? `: “${why}”` : ""}`;
}

function Days({ told, who }: { told: Weeks; who: SignedInAs }) {
  const { zone, school_id } = told.school;
  const may = who.me.role === "administrator";
  const today = schoolDate(ms(told.server_time), zone);
  const trouble = useSignal<string | null>(null);
  const closeMonth = async () => {
    const answer = await closeSpan(school_id, {
      span: "month",
      act: "close",
      first_on: told.month_on,
    });
    trouble.value = answer.end === "answered" ? null : whyNot(answer);
    await weeks.fetch(school_id, route.value.part);
  };
  return (
    <section class="report-part">
      <h2>
        {monthWords(told.month_on)}: {told.month_closed ? "closed" : "open"}
      </h2>
      <p class="report-note">
        A closed day takes nothing in any more: what still comes is held for the office.
        {may ? "" : " An administrator closes and opens days."}
      </p>
      {may && !told.month_closed && (
        <p class="report-note">
          <Button kind="plain" size="desk" onPress={() => void closeMonth()}>
            Close {monthWords(told.month_on)}
          </Button>
          <span class="report-said" role="alert">
            {trouble.value}
          </span>
        </p>
      )}
      <Scroll label="Days of the month">
        <table class="report-table report-rates">
          <caption class="unseen">Days of {monthWords(told.month_on)}</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" class="number">
                Rolls
              </th>
              <th scope="col" class="number">
                Not taken
              </th>
              <th scope="col">Closed</th>
              {may && (
                <th scope="col" class="report-does">
                  <span class="unseen">What can be done</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {told.days.map((day) => (
              <tr key={day.on}>
                <th scope="row">{longDate(day.on)}</th>
                <td class="number">{day.rolls}</td>
                <td class="number">{day.not_taken || ""}</td>
                <td>{unbroken(closedWords(day, zone))}</td>
                {may && (
                  <td class="report-does">{day.on < today && <Closing day={day} who={who} />}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Turn({ told }: { told: Weeks }) {
  return (
    <div class="report-asks">
      <Button kind="plain" size="desk" onPress={() => go("signatures", daysOn(told.week_on, -7))}>
        The week before
      </Button>
      <Button kind="plain" size="desk" onPress={() => go("signatures", daysOn(told.week_on, 7))}>
        The week after
      </Button>
    </div>
  );
}

function titleOf({ people, over }: Weeks): string {
  const missing = people.filter(({ signed_at }) => !signed_at).length;
  if (!over) return "This week is not over yet";
  if (people.length === 0) return "Nothing to sign";
  if (missing === 0) return "Every teacher has signed";
  return `${plural(missing, "teacher has", "teachers have")} not signed`;
}

function Told({ told, who }: { told: Weeks; who: SignedInAs }) {
  return (
    <>
      <PageHead title={titleOf(told)} lead={`The week of ${weekWords(told)}.`}>
        <PrintButton />
      </PageHead>
      <Turn told={told} />
      <People told={told} />
      <Days told={told} who={who} />
    </>
  );
}

function Accept({ roll, who, again }: { roll: WeekRoll; who: SignedInAs; again: () => void }) {
  const why = useSignal("");
  const trouble = useSignal<string | null>(null);
  const accept = async () => {
    const words = why.value.trim();
    if (!words) {
      trouble.value = "Write why it is accepted: the reason is kept.";
      return;
    }
    const answer = await acceptNextDay(who.school.school_id, roll.roll_id, { why: words });
    trouble.value = answer.end === "answered" ? null : whyNot(answer);
    if (answer.end === "answered") again();
  };
  return (
    <form
      class="say-why"
      onSubmit={(event) => {
        event.preventDefault();
        void accept();
      }}
    >
      <label class="ask">
        <span class="ask-label">Why it is accepted a day later</span>
        <input
          class="ask-input"
          maxLength={500}
          value={why.value}
          onInput={(event) => {
            why.value = event.currentTarget.value;
          }}
        />
      </label>
      <Button kind="plain" size="desk" type="submit">
        Accept
      </Button>
      <p class="report-said" role="alert">
        {trouble.value}
      </p>
    </form>
  );
}

function Person({ told, who, again }: { told: Week; who: SignedInAs; again: () => void }) {
  const { zone } = told.school;
  const may = who.me.role === "administrator";
  const changes = told.signed?.changes ?? [];
  return (
    <>
      <PageHead title={told.person.name} lead={`${weekWords(told)}. ${standingWords(told, zone)}`}>
        <PrintButton />
        <a
          class="button button-plain button-desk"
          href={spellRoute({ page: "signatures", part: told.week_on, query: {} })}
        >
          Everybody
        </a>
      </PageHead>
      {told.signed && (
        <>
          <p class="report-note">“{told.signed.words}”</p>
          <p class="report-note signature-digest">
            SHA-256 of what was signed: <code>{told.signed.digest}</code>
          </p>
        </>
      )}
      {changes.length > 0 && (
        <section class="report-part">
          <h2>Changed since it was signed</h2>
          <ul class="signature-changes">
            {changes.map((change, place) => (
              <li key={`${change.roll_id}/${place}`}>{unbroken(changeWords(change, zone))}</li>
            ))}
          </ul>
        </section>
      )}
      {told.rolls.length === 0 ? (
        <Empty icon="calendar" title="No rolls in this week">
          <p>Nothing of theirs was expected, so there is nothing to sign.</p>
        </Empty>
      ) : (
        <section class="report-part">
          <h2>Rolls of the week</h2>
          <Scroll label="Rolls of the week">
            <table class="report-table report-rates">
              <caption class="unseen">Rolls of the week as they stand now</caption>
              <thead>
                <tr>
                  <th scope="col">Day</th>
                  <th scope="col">Section</th>
                  <th scope="col">As it stands</th>
                </tr>
              </thead>
              <tbody>
                {told.rolls.map((roll) => (
                  <tr key={roll.roll_id}>
                    <th scope="row">
                      {longDate(roll.on)}, {roll.period_name}
                    </th>
                    <td>
                      <a href={`#/board/${roll.on}?roll=${roll.roll_id}`}>{roll.section_title}</a>
                    </td>
                    <td class={roll.taken ? "" : "signature-missing"}>
                      {rollWords(roll)}
                      <span class="report-beside">{unbroken(nextDayWords(roll, zone))}</span>
                      {may && roll.next_day && !roll.accepted && told.signed && (
                        <Accept roll={roll} who={who} again={again} />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </section>
      )}
    </>
  );
}

export function SignaturesPage({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  const week = route.value.part;
  const staff = route.value.query["staff"] ?? null;
  useLayoutEffect(() => {
    if (staff) void ofPerson.begin(school_id, { staff, week });
    else void weeks.begin(school_id, week);
  }, [school_id, week, staff]);
  return (
    <main class="desk-main report signatures">
      <ReportLeaves role={who.me.role} page="signatures" />
      {staff ? (
        <Shown loaded={ofPerson.shown.value} waiting="Reading the week">
          {(told) => (
            <Person
              told={told}
              who={who}
              again={() => void ofPerson.fetch(school_id, { staff, week })}
            />
          )}
        </Shown>
      ) : (
        <Shown loaded={weeks.shown.value} waiting="Looking who has signed">
          {(told) => <Told told={told} who={who} />}
        </Shown>
      )}
    </main>
  );
}

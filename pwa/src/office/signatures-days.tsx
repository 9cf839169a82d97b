/** The days of a month: which are closed, and closing and opening them and the whole month. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { longDate, monthWords, ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { changeWords } from "../core/week-words.ts";
import { Button } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import type { Close, SignedInAs, SinceClosed, Weeks } from "../wire.ts";
import { whyNot } from "./passes-ends.ts";
import { Scroll, Shown } from "./report-parts.tsx";
import { sinceClosed, weeks } from "./reports.ts";
import { route } from "./route.ts";
import { SayWhy } from "./say-why.tsx";
import { closeSpan } from "./signatures-api.ts";
import { closedWords, closingWords, sumsWords } from "./signatures-words.ts";

type Span = Pick<Close, "span" | "first_on">;

/** Does it and shows what stands then; answers why it could not be done. */
async function act(who: SignedInAs, body: Close): Promise<string | null> {
  const { school_id } = who.school;
  const answer = await closeSpan(school_id, body);
  await weeks.fetch(school_id, route.value.part);
  return answer.end === "answered" ? null : whyNot(answer);
}

/** Close or open again: a button each, and the reason where one is needed. */
function Closing(props: {
  span: Span;
  name: string;
  closed: boolean;
  short: boolean;
  who: SignedInAs;
}) {
  const { span, name, closed, who } = props;
  const asking = useSignal(false);
  const trouble = useSignal<string | null>(null);
  if (asking.value)
    return (
      <SayWhy
        label={t`Why ${name} is opened again`}
        button={t`Open again`}
        needed={t`Write why it is opened again: the reason is kept.`}
        onSay={async (why) => {
          const failed = await act(who, { ...span, act: "reopen", why });
          if (failed === null) asking.value = false;
          return failed;
        }}
        onCancel={() => {
          asking.value = false;
        }}
      />
    );
  const short = closed ? t`Open again` : t`Close`;
  const words = closed ? t`Open ${name} again` : t`Close ${name}`;
  return (
    <>
      <Button
        kind="plain"
        size="desk"
        label={props.short ? `${short}: ${name}` : words}
        onPress={async () => {
          if (closed) asking.value = true;
          else trouble.value = await act(who, { ...span, act: "close" });
        }}
      >
        {props.short ? short : words}
      </Button>
      <p class="report-said" role="alert">
        {trouble.value}
      </p>
    </>
  );
}

/** What changed of a month after it was closed, for whoever closes it again. */
function Since({ told }: { told: SinceClosed }) {
  const { zone } = told.school;
  const { closed, again, changes } = told;
  if (!closed || (!again && changes.length === 0)) return null;
  return (
    <section class="report-part" aria-label={t`Changed after the month was closed`}>
      <h2>{t`Changed after the month was closed`}</h2>
      <p class="report-note">
        {t`Closed by ${unbroken(closingWords(closed, zone))}`}
        {again ? <>{t`, and again by ${unbroken(closingWords(again, zone))}.`} </> : ". "}
        {sumsWords(told)}
      </p>
      {changes.length === 0 ? (
        <p class="report-note">{t`No mark was changed in between.`}</p>
      ) : (
        <ul class="signature-changes">
          {changes.map((change, place) => (
            <li key={`${change.roll_id}/${place}`}>{unbroken(changeWords(change, zone))}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function Days({ told, who }: { told: Weeks; who: SignedInAs }) {
  const { zone, school_id } = told.school;
  const may = who.me.role === "administrator";
  const today = schoolDate(ms(told.server_time), zone);
  const month = monthWords(told.month_on);
  const { month_on, month_closed } = told;
  useLayoutEffect(() => {
    void sinceClosed.begin(school_id, month_on);
  }, [school_id, month_on, told.server_time]);
  return (
    <section class="report-part">
      <h2>{month_closed ? t`${month}: closed` : t`${month}: open`}</h2>
      <p class="report-note">
        {t`A closed day takes nothing in any more: what still comes is held for the office.${may ? "" : t` An administrator closes and opens days.`}`}
      </p>
      {may && (
        <div class="report-note">
          <Closing
            key={`${month_on}/${month_closed}`}
            span={{ span: "month", first_on: month_on }}
            name={month}
            closed={month_closed}
            short={false}
            who={who}
          />
        </div>
      )}
      <Shown loaded={sinceClosed.shown.value} waiting={t`Looking what changed after it was closed`}>
        {(since) => <Since told={since} />}
      </Shown>
      <Scroll label={t`Days of the month`}>
        <table class="report-table report-rates">
          <caption class="unseen">{t`Days of ${month}`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Day`}</th>
              <th scope="col" class="number">
                {t`Rolls`}
              </th>
              <th scope="col" class="number">
                {t`Not taken`}
              </th>
              <th scope="col">{t`Closed`}</th>
              {may && (
                <th scope="col" class="report-does">
                  <span class="unseen">{t`What can be done`}</span>
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
                  <td class="report-does">
                    {day.on < today && (
                      <Closing
                        key={`${day.on}/${day.closed}`}
                        span={{ span: "day", first_on: day.on }}
                        name={longDate(day.on)}
                        closed={day.closed}
                        short
                        who={who}
                      />
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

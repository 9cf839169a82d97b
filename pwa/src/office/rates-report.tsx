/** How many rolls came in time, by day or week and by period, with the trend drawn. */

import { useLayoutEffect } from "preact/hooks";
import { longDate, shortDate } from "../core/dates.ts";
import { dueOf, inTimeOf, percentWords, running, type Stretch, weeksOf } from "../core/rates.ts";
import { numberWords, t } from "../core/t.ts";
import { Empty } from "../ui/parts.ts";
import type { PeriodRate, Rate, Rates, SignedInAs } from "../wire.ts";
import { ChartKey, MissedChart, Strip, trendWords } from "./chart.tsx";
import { PageHead } from "./page.tsx";
import { FileLink, PrintButton, Scroll, Shown } from "./report-parts.tsx";
import { rateWords, receivedWords, spanWords } from "./report-words.ts";
import { rates } from "./reports.ts";
import { fileOf } from "./reports-api.ts";
import { route } from "./route.ts";
import { lastDay, SpanChoice } from "./span-choice.tsx";

/** Beyond so many days the chart and its table go by weeks. */
const BY_DAY = 31;
const TREND = 4;
const TREND_DAYS = 5;

export function RateCells({ rate }: { rate: Rate }) {
  return (
    <>
      <td class="number">{numberWords(dueOf(rate))}</td>
      <td class="number">
        <b>{percentWords(inTimeOf(rate), dueOf(rate))}</b>
      </td>
      <td class="number">{rate.delivered_later || ""}</td>
      <td class="number">{rate.late || ""}</td>
      <td class="number">{rate.unproven || ""}</td>
      <td class="number">{rate.not_taken || ""}</td>
    </>
  );
}

export function RateHeads() {
  return (
    <>
      <th scope="col" class="number">
        {t`Due`}
      </th>
      <th scope="col" class="number">
        {t`In time`}
      </th>
      <th scope="col" class="number">
        {t`Came later`}
      </th>
      <th scope="col" class="number">
        {t`Late`}
      </th>
      <th scope="col" class="number">
        {t`Unproven`}
      </th>
      <th scope="col" class="number">
        {t`Not taken`}
      </th>
    </>
  );
}

function Stretches({
  all,
  name,
  labelOf,
}: {
  all: readonly Stretch[];
  name: string;
  labelOf: (on: string) => string;
}) {
  return (
    <table class="report-table report-rates">
      <caption class="unseen">{t`Rolls by ${name.toLowerCase()}, the newest first`}</caption>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <RateHeads />
        </tr>
      </thead>
      <tbody>
        {[...all].reverse().map(({ on, partial, rate }) => (
          <tr key={on}>
            <th scope="row">
              {labelOf(on)}
              {partial && <span class="report-beside">{t`so far`}</span>}
            </th>
            <RateCells rate={rate} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OverTime({ told }: { told: Rates }) {
  const byDay = told.days.length <= BY_DAY;
  const all = byDay ? told.days : weeksOf(told.days);
  const trend = running(all, byDay ? TREND_DAYS : TREND);
  const labelOf = byDay ? longDate : (on: string) => t`Week of ${shortDate(on)}`;
  const words = byDay ? t`last 5 school days together` : t`last 4 weeks together`;
  const says = t`Rolls not in time by ${byDay ? t`day` : t`week`}. ${trendWords(all.map(({ rate }) => rate))} The table says the same.`;
  return (
    <section class="report-part">
      <h2>{t`Not in time, by ${byDay ? t`day` : t`week`}`}</h2>
      <div class="report-pair">
        <figure>
          <MissedChart stretches={all} trend={trend} says={says} labelOf={shortDate} />
          <figcaption>
            <ChartKey trend={words} partial={all.some(({ partial }) => partial)} />
          </figcaption>
        </figure>
        <Scroll label={t`By ${byDay ? t`day` : t`week`}`}>
          <Stretches all={all} name={byDay ? "Day" : "Week"} labelOf={labelOf} />
        </Scroll>
      </div>
    </section>
  );
}

function Periods({ periods }: { periods: readonly PeriodRate[] }) {
  return (
    <section class="report-part">
      <h2>{t`By period`}</h2>
      <Scroll label={t`By period, as a table`}>
        <table class="report-table report-rates">
          <caption class="unseen">{t`Rolls by class period`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Period`}</th>
              <RateHeads />
              <th scope="col">
                <span class="unseen">{t`Drawn`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {periods.map(({ period, name, rate }) => (
              <tr key={period}>
                <th scope="row">{name}</th>
                <RateCells rate={rate} />
                <td class="report-strip">
                  <Strip rate={rate} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Told({ told }: { told: Rates }) {
  const dates = { from: told.from, to: told.to };
  const { school_id } = told.school;
  return (
    <>
      <PageHead title={rateWords(told.total)} lead={spanWords(told)}>
        <PrintButton />
        <FileLink href={fileOf(school_id, "submission-by-day", dates)}>{t`By day`}</FileLink>
        <FileLink href={fileOf(school_id, "submission-by-period", dates)}>{t`By period`}</FileLink>
      </PageHead>
      <SpanChoice part="submission" told={told} last={lastDay(told)} />
      {told.days.length === 0 ? (
        <Empty icon="calendar" title={t`No rolls were expected`}>
          <p>{t`Between these days nothing was expected, so there is nothing to count.`}</p>
        </Empty>
      ) : (
        <>
          <p class="report-note">
            {t`${receivedWords(told.total)} were received at all. Taken on time and delivered later counts as in time. Rolls that are not due yet count nowhere.`}
          </p>
          <OverTime told={told} />
          <Periods periods={told.periods} />
        </>
      )}
    </>
  );
}

export function RatesReport({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  const from = route.value.query["from"] ?? null;
  const to = route.value.query["to"] ?? null;
  useLayoutEffect(() => {
    void rates.begin(school_id, { from, to });
  }, [school_id, from, to]);
  return (
    <Shown loaded={rates.shown.value} waiting={t`Counting the rolls`}>
      {(told) => <Told told={told} />}
    </Shown>
  );
}

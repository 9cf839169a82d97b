/** How each teacher's rolls came: for administrators alone, by name and not by rank. */

import { useLayoutEffect } from "preact/hooks";
import { t } from "../core/t.ts";
import { Empty } from "../ui/parts.ts";
import type { SignedInAs, TeacherRates } from "../wire.ts";
import { Spark, trendWords } from "./chart.tsx";
import { PageHead } from "./page.tsx";
import { RateCells, RateHeads } from "./rates-report.tsx";
import { FileLink, PrintButton, Scroll, Shown } from "./report-parts.tsx";
import { spanWords } from "./report-words.ts";
import { ofTeachers } from "./reports.ts";
import { fileOf } from "./reports-api.ts";
import { route } from "./route.ts";
import { lastDay, SpanChoice } from "./span-choice.tsx";

function Told({ told }: { told: TeacherRates }) {
  const dates = { from: told.from, to: told.to };
  return (
    <>
      <PageHead
        title={t`Rolls by teacher`}
        lead={t`${spanWords(told)} Each teacher sees their own and nobody else’s; the office sees none.`}
      >
        <PrintButton />
        <FileLink href={fileOf(told.school.school_id, "submission-by-teacher", dates)}>
          {t`Spreadsheet`}
        </FileLink>
      </PageHead>
      <SpanChoice part="teachers" told={told} last={lastDay(told)} />
      {told.teachers.length === 0 ? (
        <Empty icon="calendar" title={t`No rolls were expected`}>
          <p>{t`Between these days nobody was to take a roll.`}</p>
        </Empty>
      ) : (
        <Scroll label={t`By teacher`}>
          <table class="report-table report-rates">
            <caption class="unseen">{t`Rolls by teacher, A to Z`}</caption>
            <thead>
              <tr>
                <th scope="col">{t`Teacher`}</th>
                <RateHeads />
                <th scope="col">{t`Week by week`}</th>
              </tr>
            </thead>
            <tbody>
              {told.teachers.map(({ staff_id, name, total, weeks }) => (
                <tr key={staff_id}>
                  <th scope="row">{name}</th>
                  <RateCells rate={total} />
                  <td class="report-strip">
                    <Spark
                      weeks={weeks.map(({ rate }) => rate)}
                      says={trendWords(weeks.map(({ rate }) => rate))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  );
}

export function TeachersReport({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  const from = route.value.query["from"] ?? null;
  const to = route.value.query["to"] ?? null;
  useLayoutEffect(() => {
    void ofTeachers.begin(school_id, { from, to });
  }, [school_id, from, to]);
  return (
    <Shown loaded={ofTeachers.shown.value} waiting={t`Counting the rolls`}>
      {(told) => <Told told={told} />}
    </Shown>
  );
}

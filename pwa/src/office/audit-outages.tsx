/** Outages: tablets that were away, and times in which no server is known to have run. */

import { t } from "../core/t.ts";
import { Empty } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import type { Outages, ServerStart } from "../wire.ts";
import { outagesFile } from "./audit-api.ts";
import { Dates } from "./audit-dates.tsx";
import { atWords, downWords, outagesTitle, outageWords, spanOf } from "./audit-words.ts";
import { PageHead } from "./page.tsx";
import { FileLinks, PrintButton, Scroll } from "./report-parts.tsx";
import { listed } from "./words.ts";

const AWAY = t`Told by rolls that arrived more than two minutes after they were taken: a tablet that was away and took nothing is not seen. Each start of the server is kept.`;

/** Each start of the server, and what is not known before it. */
function Server({ starts, zone }: { starts: readonly ServerStart[]; zone: string }) {
  return (
    <section class="report-part">
      <h2>{t`The server`}</h2>
      {starts.length === 0 ? (
        <p class="report-note">{t`The server was not started in these days.`}</p>
      ) : (
        <Scroll label={t`Starts of the server`}>
          <table class="report-table report-rates">
            <caption class="unseen">{t`Starts of the server, the earliest first`}</caption>
            <thead>
              <tr>
                <th scope="col">{t`Started`}</th>
                <th scope="col">{t`Known to be alive until`}</th>
                <th scope="col">{t`Without a server`}</th>
              </tr>
            </thead>
            <tbody>
              {starts.map((one) => (
                <tr key={one.at}>
                  <th scope="row">{atWords(one.at, zone)}</th>
                  <td>{one.known_until ? atWords(one.known_until, zone) : t`The first start`}</td>
                  <td class={one.outage ? "audit-later" : ""}>{downWords(one)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

export function Away({ told }: { told: Outages }) {
  const { zone } = told.school;
  const count = told.outages.length;
  return (
    <>
      <PageHead title={outagesTitle(told)} lead={`${spanOf(told)}. ${AWAY}`}>
        <PrintButton />
        <FileLinks
          kinds={["xlsx", "csv"]}
          href={(kind) => outagesFile(told.school.school_id, kind, told)}
        />
      </PageHead>
      <div class="report-asks">
        <Dates part="outages" from={told.from} to={told.to} />
      </div>
      {told.clocks.map((word) => (
        <p class="report-note" key={word.at}>
          {atWords(word.at, zone)}: {word.what}
        </p>
      ))}
      {count === 0 ? (
        <Empty icon="tick" title={t`Everything arrived at once`}>
          <p>{t`Every roll of these days was here within two minutes.`}</p>
        </Empty>
      ) : (
        <section class="report-part">
          <Scroll label={t`Outages`}>
            <table class="report-table report-rates">
              <caption class="unseen">{t`Tablets that were away, the earliest first`}</caption>
              <thead>
                <tr>
                  <th scope="col">{t`From and to`}</th>
                  <th scope="col">{t`Tablet`}</th>
                  <th scope="col">{t`Whose rolls`}</th>
                  <th scope="col" class="number">
                    {t`Entries`}
                  </th>
                  <th scope="col" class="number">
                    {t`Longest, min`}
                  </th>
                </tr>
              </thead>
              <tbody>
                {told.outages.map((one) => (
                  <tr key={`${one.from_at}/${one.device_label}`}>
                    <th scope="row">{outageWords(one, zone)}</th>
                    <td>{one.device_label ?? t`Without a name`}</td>
                    <td>{unbroken(listed(one.names))}</td>
                    <td class="number">{one.entries}</td>
                    <td class="number">{one.longest_min}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </section>
      )}
      <Server starts={told.starts} zone={zone} />
    </>
  );
}

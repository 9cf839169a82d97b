/** Who has signed a week: everybody who was to take a roll in it. */

import { t } from "../core/t.ts";
import { Empty } from "../ui/parts.ts";
import type { Weeks } from "../wire.ts";
import { Scroll } from "./report-parts.tsx";
import { spellRoute } from "./route.ts";
import { personWords } from "./signatures-words.ts";

export function People({ told }: { told: Weeks }) {
  const { zone } = told.school;
  if (told.people.length === 0)
    return (
      <Empty icon="calendar" title={t`No rolls were expected`}>
        <p>{t`In this week nobody was to take a roll, so there is nothing to sign.`}</p>
      </Empty>
    );
  return (
    <section class="report-part">
      <h2>{t`Who has signed`}</h2>
      <Scroll label={t`Who has signed`}>
        <table class="report-table report-rates">
          <caption class="unseen">{t`Who has signed the week, A to Z`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Teacher`}</th>
              <th scope="col" class="number">
                {t`Rolls`}
              </th>
              <th scope="col" class="number">
                {t`Not taken`}
              </th>
              <th scope="col" class="number">
                {t`Came a day later`}
              </th>
              <th scope="col">{t`Signature`}</th>
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

/** One person's week: the rolls as they stand, the signature, and what changed beside it. */

import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import {
  changeWords,
  nextDayWords,
  rollWords,
  standingWords,
  weekWords,
} from "../core/week-words.ts";
import { Empty } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import type { SignedInAs, Week, WeekRoll } from "../wire.ts";
import { PageHead } from "./page.tsx";
import { whyNot } from "./passes-ends.ts";
import { PrintButton, Scroll } from "./report-parts.tsx";
import { spellRoute } from "./route.ts";
import { SayWhy } from "./say-why.tsx";
import { acceptNextDay } from "./signatures-api.ts";

function Accept({ roll, who, again }: { roll: WeekRoll; who: SignedInAs; again: () => void }) {
  return (
    <SayWhy
      label={t`Why it is accepted a day later`}
      button="Accept"
      needed={t`Write why it is accepted: the reason is kept.`}
      onSay={async (why) => {
        const answer = await acceptNextDay(who.school.school_id, roll.roll_id, { why });
        if (answer.end !== "answered") return whyNot(answer);
        again();
        return null;
      }}
    />
  );
}

export function Person({ told, who, again }: { told: Week; who: SignedInAs; again: () => void }) {
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
          {t`Everybody`}
        </a>
      </PageHead>
      {told.signed && (
        <>
          <p class="report-note">“{told.signed.words}”</p>
          <p class="report-note signature-digest">
            {t`SHA-256 of what was signed:`} <code>{told.signed.digest}</code>
          </p>
        </>
      )}
      {changes.length > 0 && (
        <section class="report-part">
          <h2>{t`Changed since it was signed`}</h2>
          <ul class="signature-changes">
            {changes.map((change, place) => (
              <li key={`${change.roll_id}/${place}`}>{unbroken(changeWords(change, zone))}</li>
            ))}
          </ul>
        </section>
      )}
      {told.rolls.length === 0 ? (
        <Empty icon="calendar" title={t`No rolls in this week`}>
          <p>{t`Nothing of theirs was expected, so there is nothing to sign.`}</p>
        </Empty>
      ) : (
        <section class="report-part">
          <h2>{t`Rolls of the week`}</h2>
          <Scroll label={t`Rolls of the week`}>
            <table class="report-table report-rates">
              <caption class="unseen">{t`Rolls of the week as they stand now`}</caption>
              <thead>
                <tr>
                  <th scope="col">{t`Day`}</th>
                  <th scope="col">{t`Section`}</th>
                  <th scope="col">{t`As it stands`}</th>
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

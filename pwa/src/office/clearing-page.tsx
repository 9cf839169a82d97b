/** Clearing: absences without a reason, those whose time runs out first, and what was cleared. */

import { useLayoutEffect } from "preact/hooks";
import { longDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { Cleared, ClearingQueue, SignedInAs, WaitingAbsence } from "../wire.ts";
import {
  beginClearing,
  clearingBusy,
  clearingOf,
  clearOne,
  queue,
  takeReasonBack,
} from "./clearing.ts";
import { ClearingForm } from "./clearing-form.tsx";
import { chosen, closeMany, forgetMany, isMany, pick } from "./clearing-many.ts";
import { ManyBar, ManyForm, SavedMany } from "./clearing-many.tsx";
import { ageWords, clearedWords, countWords, missedWords, windowWords } from "./clearing-words.ts";
import { fetchCodes } from "./front-desk.ts";
import { DeskLeaves } from "./front-desk-leaves.tsx";
import { fullName, gradeWords } from "./names.ts";
import { PageHead } from "./page.tsx";
import { Scroll, Shown } from "./report-parts.tsx";
import "./front-desk.css";

function Waiting({ one }: { one: WaitingAbsence }) {
  const name = fullName(one.student);
  const isChosen = clearingOf.value === one;
  return (
    <tr class={isChosen ? "clearing-chosen" : ""}>
      <td class="clearing-pick">
        <input
          type="checkbox"
          aria-label={t`Choose ${name}, ${longDate(one.on)}`}
          checked={chosen.value.includes(one)}
          onChange={() => pick(one)}
        />
      </td>
      <th scope="row">
        <b>{name}</b>
        <span class="report-beside">{gradeWords(one.student)}</span>
      </th>
      <td>
        {longDate(one.on)}
        <span class="report-beside">
          {missedWords(one)}. {ageWords(one)}.
        </span>
      </td>
      <td class={one.state === "lapsed" ? "clearing-lapsed" : ""}>{windowWords(one)}</td>
      <td class="report-does">
        <Button
          kind="plain"
          size="desk"
          label={t`Give a reason: ${name}, ${longDate(one.on)}`}
          onPress={() => {
            closeMany();
            clearOne(one);
          }}
        >
          {t`Give a reason`}
        </Button>
      </td>
    </tr>
  );
}

function Queue({ told }: { told: ClearingQueue }) {
  if (told.waiting.length === 0)
    return (
      <Empty icon="tick" title={t`No absence waits for a reason`}>
        <p>{t`Each absence of the year so far has one, or nobody was absent.`}</p>
      </Empty>
    );
  return (
    <>
      <ManyBar waiting={told.waiting} />
      <Scroll label={t`Absences without a reason`}>
        <table class="report-table clearing-table">
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">{t`Chosen`}</span>
              </th>
              <th scope="col">{t`Student`}</th>
              <th scope="col">{t`Absence`}</th>
              <th scope="col">{t`Time left`}</th>
              <th scope="col">
                <span class="unseen">{t`What can be done`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {told.waiting.map((one) => (
              <Waiting key={`${one.student.student_id} ${one.on}`} one={one} />
            ))}
          </tbody>
        </table>
        {told.more && (
          <p class="report-note">
            {t`These are the first ${told.waiting.length} of ${told.count}.`}
          </p>
        )}
      </Scroll>
    </>
  );
}

function Done({ one, who }: { one: Cleared; who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const name = fullName(one.student);
  return (
    <li class={`desk-visit${one.undone_by ? " desk-visit-gone" : ""}`}>
      <div>
        <p>
          <b>{name}</b> {shortDate(one.on)}
        </p>
        <p class="desk-visit-says">
          {clearedWords(one, zone)}
          {one.note && ` “${one.note}”`}
        </p>
      </div>
      {!one.undone_by && (
        <Button
          kind="quiet"
          size="desk"
          busy={clearingBusy.value}
          label={t`Take back the reason: ${name}, ${longDate(one.on)}`}
          onPress={() => void takeReasonBack(school_id, one.clearing_id)}
        >
          {t`Take back`}
        </Button>
      )}
    </li>
  );
}

function Cleareds({ told, who }: { told: ClearingQueue; who: SignedInAs }) {
  if (told.cleared.length === 0) return null;
  return (
    <section class="clearing-done" aria-label={t`Reasons given last`}>
      <h2>{t`Given last`}</h2>
      <ul>
        {told.cleared.map((one) => (
          <Done key={one.clearing_id} one={one} who={who} />
        ))}
      </ul>
    </section>
  );
}

export function ClearingPage({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  useLayoutEffect(() => {
    void beginClearing(school_id);
    fetchCodes(school_id);
    return () => {
      clearOne(null);
      forgetMany();
    };
  }, [school_id]);
  const loaded = queue.value;
  const one = clearingOf.value;
  const isAsked = one !== null || isMany.value;
  return (
    <main class="desk-main front">
      <DeskLeaves here="clearing" />
      <PageHead
        title={loaded.is === "here" ? countWords(loaded.answer.count) : t`Clearing`}
        lead={t`Those whose time runs out first. A reason clears an absence also after that.`}
      />
      <Shown loaded={loaded} waiting={t`Going through the year`}>
        {(told) => (
          <div class={isAsked ? "front-columns" : "clearing-alone"}>
            {one && (
              <ClearingForm key={`${one.student.student_id} ${one.on}`} one={one} who={who} />
            )}
            {isMany.value && <ManyForm who={who} />}
            <div class="clearing-lists">
              <SavedMany school={school_id} />
              <Queue told={told} />
              <Cleareds told={told} who={who} />
            </div>
          </div>
        )}
      </Shown>
    </main>
  );
}

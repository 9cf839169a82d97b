/** Reminders: who is told of a missing roll, when and how, each step in a sentence. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { clockTime, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import type { ReminderPolicy, ReminderStaff, SignedInAs } from "../wire.ts";
import { TimeField } from "./ask-fields.tsx";
import { CalendarNav } from "./calendar-nav.tsx";
import { PageHead } from "./page.tsx";
import {
  changedStep,
  draftOf,
  draftSentences,
  missingOf,
  policyOf,
  policySentences,
  RECIPIENTS,
  type RemindersDraft,
  type StepDraft,
  withoutStep,
  withStep,
} from "./reminders.ts";
import { busy, fetchReminders, reminders, said, saveReminders } from "./reminders-desk.ts";
import { ReadOnly } from "./timetable-page.tsx";

interface HereProps {
  policy: ReminderPolicy;
  who: SignedInAs;
}

type Write = (next: RemindersDraft) => void;

/** Whether anything looks after reminders at all. */
function Ticking({ policy }: { policy: ReminderPolicy }) {
  if (policy.ticked_at !== null) return null;
  return (
    <Banner kind="held" icon="warn">
      <b>{t`Nothing looks after reminders.`}</b>{" "}
      {t`Whoever runs the server starts that with “rollbook jobs”. Until then nobody is reminded.`}
    </Banner>
  );
}

function SetBy({ policy, who }: HereProps) {
  const { zone } = who.school;
  const { ticked_at, set_by, set_at } = policy;
  const when = (at: string) =>
    `${shortDate(schoolDate(Date.parse(at), zone))}, ${clockTime(at, zone)}`;
  return (
    <p class="pass-none">
      {set_at === null
        ? t`Nobody has changed this: it is what comes with Rollbook.`
        : t`Set ${set_by ? t`by ${set_by.name} ` : ""}on ${when(set_at)}.`}
      {ticked_at && t` Last looked after on ${when(ticked_at)}.`}
    </p>
  );
}

function Reads({ of, label }: { of: readonly string[]; label: string }) {
  return (
    <ul class="effects" aria-label={label}>
      {of.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

interface StepProps {
  step: StepDraft;
  place: number;
  onWrite: (some: Partial<StepDraft>) => void;
  onRemove: () => void;
}

function StepFields({ step, place, onWrite, onRemove }: StepProps) {
  const which = t`step ${place + 1}`;
  return (
    <tr>
      <td>
        <input
          class="ask-input step-minutes"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          aria-label={t`Minutes, ${which}`}
          value={step.minutes}
          onInput={(event) => onWrite({ minutes: event.currentTarget.value })}
        />
      </td>
      <td>
        <select
          class="ask-input"
          aria-label={t`Before or after, ${which}`}
          value={step.side}
          onChange={(event) =>
            onWrite({ side: event.currentTarget.value === "before" ? "before" : "after" })
          }
        >
          <option value="before">{t`before the deadline`}</option>
          <option value="after">{t`after the deadline`}</option>
        </select>
      </td>
      <td>
        <select
          class="ask-input"
          aria-label={t`To whom, ${which}`}
          value={step.to}
          onChange={(event) => {
            const chosen = RECIPIENTS.find(({ value }) => value === event.currentTarget.value);
            if (chosen) onWrite({ to: chosen.value });
          }}
        >
          {RECIPIENTS.map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </td>
      <td>
        <Button
          kind="quiet"
          size="desk"
          icon="cross"
          label={t`Take ${which} out`}
          onPress={onRemove}
        />
      </td>
    </tr>
  );
}

interface ListProps {
  legend: string;
  none: string;
  staff: readonly ReminderStaff[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}

function PeopleList({ legend, none, staff, chosen, onChoose }: ListProps) {
  const put = (id: string, isIn: boolean) => {
    const next = new Set(chosen);
    if (isIn) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return (
    <fieldset class="ask-group grades">
      <legend>{legend}</legend>
      {staff.map(({ staff_id, name, role }) => (
        <label class="tick" key={staff_id}>
          <input
            type="checkbox"
            checked={chosen.has(staff_id)}
            onChange={(event) => put(staff_id, event.currentTarget.checked)}
          />
          <span>
            {name} <small>{role}</small>
          </span>
        </label>
      ))}
      <p class="ask-hint">{none}</p>
    </fieldset>
  );
}

function Steps({ now, write }: { now: RemindersDraft; write: Write }) {
  const list = useRef<HTMLDivElement>(null);
  const focusOn = (place: number) =>
    queueMicrotask(() => list.current?.querySelectorAll("input")[Math.max(0, place)]?.focus());
  return (
    <div class="ask-group" ref={list}>
      <table class="bells-rows step-rows">
        <thead>
          <tr>
            <th scope="col">{t`Minutes`}</th>
            <th scope="col">{t`When`}</th>
            <th scope="col">{t`To whom`}</th>
            <th scope="col">
              <span class="unseen">{t`Take out`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {now.steps.map((step, place) => (
            <StepFields
              key={step.key}
              step={step}
              place={place}
              onWrite={(some) => write(changedStep(now, step.key, some))}
              onRemove={() => {
                write(withoutStep(now, step.key));
                focusOn(Math.min(place, now.steps.length - 2));
              }}
            />
          ))}
        </tbody>
      </table>
      <div class="effect-does">
        <Button
          kind="plain"
          size="desk"
          icon="plus"
          onPress={() => {
            write(withStep(now));
            focusOn(now.steps.length);
          }}
        >
          {t`Add a step`}
        </Button>
      </div>
    </div>
  );
}

function OtherHours({ now, write, mails }: { now: RemindersDraft; write: Write; mails: boolean }) {
  return (
    <>
      <div class="ask-row">
        <TimeField
          label={t`Quiet from`}
          value={now.quietFrom}
          onInput={(quietFrom) => write({ ...now, quietFrom })}
        />
        <TimeField
          label={t`Quiet until`}
          value={now.quietTo}
          hint={t`May run past midnight. Both empty: none.`}
          onInput={(quietTo) => write({ ...now, quietTo })}
        />
      </div>
      <TimeField
        label={t`Daily mail at`}
        value={now.digest}
        hint={
          mails
            ? t`For whoever has no notifications. Empty: no mail.`
            : t`This Rollbook cannot send mail. Whoever runs the server sets that up.`
        }
        onInput={(digest) => write({ ...now, digest })}
      />
    </>
  );
}

function Became({ policy }: { policy: ReminderPolicy }) {
  const region = useRef<HTMLDivElement>(null);
  const now = said.value;
  useLayoutEffect(() => {
    if (now.is !== "nothing") region.current?.focus();
  }, [now]);
  return (
    <div class="change-answer" role="status" tabIndex={-1} ref={region}>
      {now.is === "saved" && (
        <Banner kind="calm" icon="tick">
          <b>{t`Saved.`}</b> {t`It holds from now on. What lies behind is not made up for.`}
        </Banner>
      )}
      {now.is === "stopped" && !now.isMeanwhile && (
        <Banner kind="refused" icon="warn">
          <b>{t`Nothing was changed.`}</b> {now.why}
        </Banner>
      )}
      {now.is === "stopped" && now.isMeanwhile && (
        <>
          <Banner kind="held" icon="pause">
            <b>{t`Somebody else changed the reminders meanwhile.`}</b>{" "}
            {t`Nothing of yours was saved, and what you wrote still stands here. Look at it again, then save.`}
          </Banner>
          <h4>{t`As it is now`}</h4>
          <Reads of={policySentences(policy)} label={t`As it is now`} />
        </>
      )}
    </div>
  );
}

function Writing({ policy, who }: HereProps) {
  const { school_id } = who.school;
  const draft = useSignal(draftOf(policy));
  const trouble = useSignal<string | null>(null);
  const now = draft.value;
  const reads = draftSentences(now, policy);
  const write: Write = (next) => {
    said.value = { is: "nothing" };
    draft.value = next;
  };
  return (
    <section class="pass-new" aria-labelledby="reminders-new">
      <h2 id="reminders-new">{t`Remind otherwise from now on`}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          trouble.value = missingOf(now);
          if (!trouble.value) void saveReminders(school_id, policyOf(now, policy.set_at));
        }}
      >
        <Steps now={now} write={write} />
        <OtherHours now={now} write={write} mails={policy.mails} />
        <PeopleList
          legend={t`Office list`}
          none={t`Nobody chosen: everybody of the office.`}
          staff={policy.staff}
          chosen={now.office}
          onChoose={(office) => write({ ...now, office })}
        />
        <PeopleList
          legend={t`Administrators`}
          none={t`Nobody chosen: every administrator.`}
          staff={policy.staff}
          chosen={now.administrators}
          onChoose={(administrators) => write({ ...now, administrators })}
        />
        {reads && (
          <>
            <h3>{t`How it will read`}</h3>
            <Reads of={reads} label={t`How it will read`} />
          </>
        )}
        <p class="ask-error" role="alert">
          {trouble.value}
        </p>
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`Remind like this from now on`}
        </Button>
      </form>
      <Became policy={policy} />
    </section>
  );
}

function Here({ policy, who }: HereProps) {
  const may = who.me.role === "administrator";
  return (
    <div class={may ? "passes passes-wide" : "passes passes-alone"}>
      <div>
        {!may && (
          <ReadOnly
            why={t`who is told of a missing roll, and when, is decided for the whole school.`}
          />
        )}
        <h2 class="rule-title">{t`Who is told, and when`}</h2>
        <Ticking policy={policy} />
        <Reads of={policySentences(policy)} label={t`Reminders`} />
        <SetBy policy={policy} who={who} />
      </div>
      {may && <Writing policy={policy} who={who} />}
    </div>
  );
}

export function RemindersPage({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  useLayoutEffect(() => {
    said.value = { is: "nothing" };
    void fetchReminders(school_id);
  }, [school_id]);
  const loaded = reminders.value;
  return (
    <main class="desk-main passes-main">
      <PageHead
        title={t`Reminders`}
        lead={t`Who is told of a roll that is not taken. Whoever submits it ends them for all.`}
      >
        <CalendarNav />
      </PageHead>
      {loaded.is === "loading" && (
        <p class="desk-starting" role="status">
          {t`Fetching the reminders`}
        </p>
      )}
      {loaded.is === "failed" && (
        <Banner
          kind="refused"
          icon="warn"
          action={
            <Button kind="plain" size="desk" onPress={() => void fetchReminders(school_id)}>
              {t`Try again`}
            </Button>
          }
        >
          <b>{t`The reminders could not be fetched.`}</b> {loaded.why}
        </Banner>
      )}
      {loaded.is === "here" && <Here policy={loaded.answer} who={who} />}
    </main>
  );
}

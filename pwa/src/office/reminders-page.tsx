/** Reminders: who is told of a missing roll, when and how, each step in a sentence. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { clockTime, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import type { ReminderPolicy, SignedInAs } from "../wire.ts";
import { CalendarNav } from "./calendar-nav.tsx";
import { PageHead } from "./page.tsx";
import { draftOf, draftSentences, missingOf, policyOf, policySentences } from "./reminders.ts";
import { busy, fetchReminders, reminders, said, saveReminders } from "./reminders-desk.ts";
import { OtherHours, PeopleList, Steps, type Write } from "./reminders-steps.tsx";
import { ReadOnly } from "./timetable-page.tsx";

interface HereProps {
  policy: ReminderPolicy;
  who: SignedInAs;
}

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

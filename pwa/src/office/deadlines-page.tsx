/** Deadlines: what holds for whom from when, as sentences; and, for an administrator, a new rule. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { DeadlinePolicy, SignedInAs, Timetable } from "../wire.ts";
import { DateField, Grades, NumberField, TimeField } from "./ask-fields.tsx";
import { EVERYBODY } from "./calendar-words.ts";
import { busy, preview, putAway } from "./change.ts";
import { ChangeAnswer, GoneAnswer } from "./change-answer.tsx";
import {
  draftOf,
  draftSentence,
  generalOf,
  inOrder,
  missingOf,
  type PolicyDraft,
  policyOf,
  policySentence,
  standingOf,
  usualSentence,
} from "./deadlines.ts";
import { Choice } from "./sheets-day.tsx";
import { fetchAgain } from "./timetable.ts";
import { ReadOnly, TimetablePage } from "./timetable-page.tsx";

const OF = "policy";

const STANDS = { now: t`In force`, ahead: t`To come`, over: t`Over` } as const;

const sentences = (table: Timetable): string[] => [
  ...inOrder(table.policies, table.today).map(policySentence),
  usualSentence(table.usual),
];

interface RuleProps {
  policy: DeadlinePolicy;
  table: Timetable;
  who: SignedInAs;
}

function Rule({ policy, table, who }: RuleProps) {
  const { zone, school_id } = who.school;
  const standing = standingOf(policy, table.today);
  const of = `${OF}/${policy.policy_id}`;
  const end = () => {
    const from_on = standing === "ahead" ? policy.from_on : table.today;
    const changes = [{ type: "end_policy" as const, policy_id: policy.policy_id, from_on }];
    void preview({
      school: school_id,
      of,
      revision: table.revision,
      changes,
      again: fetchAgain,
    });
  };
  return (
    <li class={`rule-item rule-${standing}`}>
      <p>
        <span class="pass-state">{STANDS[standing]}</span> {policySentence(policy)}
      </p>
      <p class="pass-when">
        {policy.set_by ? t`Set by ${policy.set_by.name} on ` : t`Set on `}
        {shortDate(schoolDate(ms(policy.set_at), zone))}.
      </p>
      {standing !== "over" && table.may_set_policies && (
        <Button kind="plain" size="desk" busy={busy.value} onPress={end}>
          {standing === "ahead" ? t`Take it back` : t`End it today`}
        </Button>
      )}
      <ChangeAnswer
        of={of}
        school={school_id}
        zone={zone}
        saveWords={standing === "ahead" ? t`Save: take it back` : t`Save: end it today`}
        now={() => sentences(table)}
        again={fetchAgain}
      />
    </li>
  );
}

interface NewProps {
  table: Timetable;
  who: SignedInAs;
}

function Times({ now, write }: { now: PolicyDraft; write: (some: Partial<PolicyDraft>) => void }) {
  return (
    <>
      <fieldset class="ask-group minutes">
        <legend>{t`Minutes from the bell`}</legend>
        <NumberField label={t`Opens before`} value={now.open} onInput={(open) => write({ open })} />
        <NumberField label={t`Due after`} value={now.due} onInput={(due) => write({ due })} />
        <NumberField
          label={t`Grace after due`}
          value={now.grace}
          onInput={(grace) => write({ grace })}
        />
        <NumberField
          label={t`Looked for after`}
          value={now.check}
          onInput={(check) => write({ check })}
        />
        <p class="ask-hint">{t`Within the grace a roll still counts as in time.`}</p>
      </fieldset>
      <div class="ask-row">
        <TimeField label={t`Closes at`} value={now.close} onInput={(close) => write({ close })} />
        <NumberField
          label={t`Locks, days later`}
          value={now.lock}
          hint={t`Empty: never by itself.`}
          onInput={(lock) => write({ lock })}
        />
      </div>
    </>
  );
}

function NewRule({ table, who }: NewProps) {
  const { zone, school_id } = who.school;
  const draft = useSignal(draftOf(generalOf(table), table.today));
  const trouble = useSignal<string | null>(null);
  const now = draft.value;
  const write = (some: Partial<PolicyDraft>) => {
    putAway();
    draft.value = { ...draft.value, ...some };
  };
  const ask = () => {
    trouble.value = missingOf(now, table.today);
    if (trouble.value) return;
    void preview({
      school: school_id,
      of: OF,
      revision: table.revision,
      changes: [policyOf(now, table)],
      again: fetchAgain,
    });
  };
  return (
    <section class="pass-new" aria-labelledby="rule-new">
      <h2 id="rule-new">{t`New deadlines from a date on`}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <div class="ask-row">
          <DateField
            label={t`From`}
            value={now.from_on}
            hint={t`Today or later: the past is not changed.`}
            onInput={(from_on) => write({ from_on })}
          />
          <Choice
            label={t`Period`}
            none={t`All periods`}
            value={now.period === EVERYBODY ? "" : now.period}
            choices={table.periods.map((period) => ({ value: period, words: t`Period ${period}` }))}
            onChoose={(period) => write({ period: period || EVERYBODY })}
          />
        </div>
        {table.grades.length > 1 && (
          <Grades
            legend={t`For whom`}
            all={table.grades}
            isForAll={now.isForAll}
            chosen={now.grades}
            onChoose={(isForAll, grades) => write({ isForAll, grades })}
          />
        )}
        <Times now={now} write={write} />
        <p class="rule-reads" role="status">
          {draftSentence(now, table)}
        </p>
        <p class="ask-error" role="alert">
          {trouble.value}
        </p>
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`See what it moves`}
        </Button>
      </form>
      <ChangeAnswer
        of={OF}
        school={school_id}
        zone={zone}
        saveWords={t`Save these deadlines`}
        now={() => sentences(table)}
        again={fetchAgain}
      />
    </section>
  );
}

function Here({ table, who }: NewProps) {
  useLayoutEffect(() => putAway, []);
  return (
    <div class={table.may_set_policies ? "passes passes-wide" : "passes passes-alone"}>
      <div>
        {!table.may_set_policies && (
          <ReadOnly
            why={t`deadlines decide what counts as late, so the office reads them here and does not set them.`}
          />
        )}
        <GoneAnswer
          kind={OF}
          left={table.policies.map(({ policy_id }) => policy_id)}
          school={who.school.school_id}
          zone={who.school.zone}
          now={() => sentences(table)}
          again={fetchAgain}
        />
        <ul class="rule-list" aria-label={t`Deadlines`}>
          {inOrder(table.policies, table.today).map((policy) => (
            <Rule key={policy.policy_id} policy={policy} table={table} who={who} />
          ))}
          <li class="rule-item rule-usual">
            <p>
              <span class="pass-state">{t`Usual`}</span> {usualSentence(table.usual)}
            </p>
          </li>
        </ul>
        <p class="pass-none">
          {t`Of several rules the narrowest counts: grades and period, then grades, then period; of equals the newest. A roll that was taken keeps the times that it had.`}
        </p>
      </div>
      {table.may_set_policies && <NewRule table={table} who={who} />}
    </div>
  );
}

export function DeadlinesPage({ who }: { who: SignedInAs }) {
  return (
    <TimetablePage
      who={who}
      title={t`Deadlines`}
      lead={t`When rolls open, are due, close and lock, in minutes from the bell.`}
      reach="term"
      isWhole
      show={(table) => <Here table={table} who={who} />}
    />
  );
}

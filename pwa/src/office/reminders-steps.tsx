/** The steps of a reminder policy, and who else is told at which hours: the fields of the form. */

import { useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { ReminderStaff } from "../wire.ts";
import { TimeField } from "./ask-fields.tsx";
import {
  changedStep,
  RECIPIENTS,
  type RemindersDraft,
  type StepDraft,
  withoutStep,
  withStep,
} from "./reminders.ts";

export type Write = (next: RemindersDraft) => void;

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

export function PeopleList({ legend, none, staff, chosen, onChoose }: ListProps) {
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

export function Steps({ now, write }: { now: RemindersDraft; write: Write }) {
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

export function OtherHours({
  now,
  write,
  mails,
}: {
  now: RemindersDraft;
  write: Write;
  mails: boolean;
}) {
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

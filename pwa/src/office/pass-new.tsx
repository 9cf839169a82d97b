/** Writing a day pass: who comes, whose meetings, until when. */

import { clockTime } from "../core/dates.ts";
import { t, told } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button, Said, Switch } from "../ui/parts.ts";
import type { Passes } from "../wire.ts";
import { inOrder, type PassRoll, rollsOf, teachersOf, until } from "./pass-form.ts";
import { ask, asked, busy, trouble } from "./passes.ts";
import { Choice, Line } from "./sheets-day.tsx";
import { roleWords } from "./words.ts";

function Who({ staff }: { staff: Passes["staff"] }) {
  const { who, given, family, staff_id } = asked.value;
  return (
    <fieldset class="ask-group">
      <legend>{t`Who comes?`}</legend>
      <Switch
        label={t`Who comes`}
        value={who}
        choices={[
          { value: "new", words: t`Somebody new` },
          { value: "staff", words: t`Somebody of the staff` },
        ]}
        onChange={(chosen) => ask({ who: chosen })}
      />
      {who === "new" ? (
        <div class="ask-row">
          <Line label={t`Given name`} value={given} onInput={(value) => ask({ given: value })} />
          <Line label={t`Family name`} value={family} onInput={(value) => ask({ family: value })} />
        </div>
      ) : (
        <Choice
          label={t`Person`}
          none={t`Choose a person`}
          value={staff_id}
          choices={staff.map((one) => ({
            value: one.staff_id,
            words: `${one.name}, ${roleWords(one.role)}`,
          }))}
          onChoose={(value) => ask({ staff_id: value })}
        />
      )}
    </fieldset>
  );
}

const rollWords = (roll: PassRoll, zone: string): string =>
  `${clockTime(roll.starts_at, zone)} ${roll.section_title}, ${roll.period_name}`;

function put(roll_id: string, isIn: boolean): void {
  const chosen = new Set(asked.value.chosen);
  if (isIn) chosen.add(roll_id);
  else chosen.delete(roll_id);
  ask({ chosen });
}

function Chosen({ rolls, zone }: { rolls: readonly PassRoll[]; zone: string }) {
  if (rolls.length === 0)
    return <p class="ask-hint">{t`Choose who is away: that teacher’s meetings appear here.`}</p>;
  return (
    <ul class="pass-rolls">
      {rolls.map((roll) => (
        <li key={roll.roll_id}>
          <label class="tick">
            <input
              type="checkbox"
              checked={asked.value.chosen.has(roll.roll_id)}
              onChange={(event) => put(roll.roll_id, event.currentTarget.checked)}
            />
            <span>
              {rollWords(roll, zone)}
              <small> {roll.teacher_names.join(", ")}</small>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}

/** Whose meetings are on the list: chosen as away, or put there one by one. */
function Which({ rolls, zone }: { rolls: readonly PassRoll[]; zone: string }) {
  const { away, chosen } = asked.value;
  const listed = inOrder(
    rolls.filter((roll) => chosen.has(roll.roll_id) || rollsOf([roll], away).length > 0),
  );
  const others = inOrder(rolls.filter((roll) => !listed.includes(roll)));
  return (
    <fieldset class="ask-group">
      <legend>{t`Which meetings?`}</legend>
      <Choice
        label={t`Who is away`}
        none={t`Choose a teacher`}
        value={away}
        choices={teachersOf(rolls).map((name) => ({ value: name, words: name }))}
        onChoose={(name) =>
          ask({ away: name, chosen: new Set(rollsOf(rolls, name).map(({ roll_id }) => roll_id)) })
        }
      />
      <Chosen rolls={listed} zone={zone} />
      <Choice
        label={t`Add a single meeting`}
        none={t`None`}
        value=""
        choices={others.map((roll) => ({
          value: roll.roll_id,
          words: `${rollWords(roll, zone)}, ${roll.teacher_names.join(", ")}`,
        }))}
        onChoose={(roll_id) => roll_id && put(roll_id, true)}
      />
    </fieldset>
  );
}

/** What the pass lets its holder see, and what not. */
function Sees() {
  return (
    <div class="pass-sees">
      <p>
        <Said
          of={told`*The pass shows* the names of the students of these meetings, and that the office knows of an absence. *It never shows* reasons, notes, other days, other sections or what others marked.`}
        />
      </p>
      <p>
        {t`These rolls count as received at once. They are marked uncertified until a teacher of the section or an administrator countersigns them.`}
      </p>
    </div>
  );
}

export function NewPass(props: { answer: Passes; zone: string; onIssue: () => void }) {
  const { rolls, staff } = props.answer;
  const { chosen } = asked.value;
  const ends = until(
    rolls.filter(({ roll_id }) => chosen.has(roll_id)),
    props.zone,
  );
  return (
    <section class="pass-new" aria-labelledby="pass-new">
      <h2 id="pass-new">{t`Issue a pass`}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onIssue();
        }}
        noValidate
      >
        <Who staff={staff} />
        <Which rolls={rolls} zone={props.zone} />
        <Line
          label={t`Valid until`}
          brief
          value={asked.value.until}
          hint={
            ends
              ? t`Empty: ${ends}, a quarter of an hour after the last meeting.`
              : t`Empty: a quarter of an hour after the last meeting.`
          }
          onInput={(value) => ask({ until: value })}
        />
        <Sees />
        <p class="ask-error" role="alert">
          {trouble.value}
        </p>
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {chosen.size > 0
            ? t`Issue the pass for ${plural(chosen.size, "meeting")}`
            : t`Issue the pass`}
        </Button>
      </form>
    </section>
  );
}

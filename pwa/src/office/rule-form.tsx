/** The office's ruling on one student: a presence, minutes, and the reason that is kept with it. */

import { useSignal } from "@preact/signals";
import { ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { Presence, Roll } from "../wire.ts";
import { minutesAfter } from "./contested.ts";
import { rule } from "./rule.ts";
import type { OneStudent } from "./student.ts";

const KEYS: readonly (readonly [Presence, string, string])[] = [
  ["present", t`Present`, "P"],
  ["late", t`Late`, "L"],
  ["left_early", t`Left early`, "E"],
  ["absent", t`Absent`, "A"],
  ["elsewhere", t`Elsewhere`, "W"],
];

const REASONS = [
  t`Seen by the office`,
  t`Phoned in by the family`,
  t`Front desk time`,
  t`With the nurse`,
  t`On a trip`,
  t`The teacher asked for it`,
];

interface KeysProps {
  value: Presence | null;
  onChoose: (presence: Presence) => void;
}

function PresenceKeys({ value, onChoose }: KeysProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div class="rule-keys" role="group" aria-label={t`What shall stand`}>
      {KEYS.map(([presence, words, letter]) => (
        <button
          key={presence}
          type="button"
          class="rule-key"
          aria-pressed={presence === value}
          onClick={() => onChoose(presence)}
        >
          <b>{words}</b>
          <span aria-hidden="true">{letter}</span>
        </button>
      ))}
    </div>
  );
}

/** Letters choose while the focus is in the form and not in a field. */
function onLetter(event: KeyboardEvent, choose: (presence: Presence) => void): void {
  const target = event.target as HTMLElement;
  if (target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const found = KEYS.find(([, , letter]) => letter === event.key.toUpperCase());
  if (!found) return;
  event.preventDefault();
  choose(found[0]);
}

/** How many minutes after the bell somebody came or left, by the mark that stands. */
function minutesOf({ mark }: OneStudent, roll: Roll, presence: Presence | null): number {
  const at = presence === "left_early" ? mark?.left_at : mark?.arrived_at;
  return minutesAfter(roll.starts_at, at) ?? (presence === "left_early" ? 30 : 5);
}

function timeOf(roll: Roll, minutes: number): string {
  return new Date(ms(roll.starts_at) + minutes * 60_000).toISOString();
}

export interface RuleFormProps {
  one: OneStudent;
  roll: Roll;
  school: string;
  onRuled: () => void;
}

export function RuleForm({ one, roll, school, onRuled }: RuleFormProps) {
  const presence = useSignal<Presence | null>(null);
  const minutes = useSignal<number | null>(null);
  const why = useSignal("");
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const hasTime = presence.value === "late" || presence.value === "left_early";
  const shown = minutes.value ?? minutesOf(one, roll, presence.value);

  async function send(stands: Presence | null) {
    if (busy.value) return;
    const words = why.value.trim();
    if (words === "") {
      problem.value = t`Write why first: the reason is kept with your ruling.`;
      return;
    }
    busy.value = true;
    const ruled = await rule(school, {
      roll_id: roll.roll_id,
      student_id: one.student.student_id,
      presence: stands,
      why: words,
      parents: one.heads,
      arrived_at: stands === "late" ? timeOf(roll, shown) : undefined,
      left_at: stands === "left_early" ? timeOf(roll, shown) : undefined,
    });
    busy.value = false;
    problem.value = ruled.end === "not" ? ruled.why : null;
    if (ruled.end === "not") return;
    presence.value = null;
    why.value = "";
    onRuled();
  }

  const choose = (chosen: Presence) => {
    presence.value = chosen;
    minutes.value = null;
    problem.value = null;
  };
  const name = one.student.given_name || t`The student`;
  return (
    <form
      class="rule"
      aria-label={t`Your ruling`}
      onKeyDown={(event) => onLetter(event, choose)}
      onSubmit={(event) => {
        event.preventDefault();
        if (presence.value) void send(presence.value);
        else problem.value = t`Choose first what shall stand.`;
      }}
    >
      <h3>{t`Your ruling`}</h3>
      <PresenceKeys value={presence.value} onChoose={choose} />
      {hasTime && (
        <label class="rule-field">
          <span class="field-label">
            {presence.value === "late" ? t`Minutes late` : t`Left, minutes after the bell`}
          </span>
          <input
            class="field-input"
            type="number"
            min={1}
            max={600}
            value={shown}
            onInput={(event) => {
              minutes.value = Math.max(1, Math.trunc(event.currentTarget.valueAsNumber) || 1);
            }}
          />
        </label>
      )}
      <label class="rule-field">
        <span class="field-label">{t`Reason for the change`}</span>
        <input
          class="field-input"
          list="rule-reasons"
          value={why.value}
          maxLength={500}
          onInput={(event) => {
            why.value = event.currentTarget.value;
          }}
        />
      </label>
      <datalist id="rule-reasons">
        {REASONS.map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
      <p class="item-said" role="alert">
        {problem.value}
      </p>
      <p class="rule-note">
        {t`${name}’s earlier marks stay beside yours. The change is told in the teacher’s inbox.`}
      </p>
      <div class="decide-answers">
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`Save the ruling`}
        </Button>
        {one.mark?.office && (
          <Button kind="plain" size="desk" busy={busy.value} onPress={() => void send(null)}>
            {t`Withdraw the office’s word`}
          </Button>
        )}
      </div>
    </form>
  );
}

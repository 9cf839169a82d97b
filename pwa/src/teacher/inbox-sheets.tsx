/** The two answers that need more than a tap: came late, and I saw something else. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { instant, ms } from "../core/dates.ts";
import type { Question } from "../core/inbox.ts";
import { fullName } from "../core/inbox-words.ts";
import { capped } from "../core/note.ts";
import { minutesOf } from "../core/roll.ts";
import { capital } from "../core/spans.ts";
import { t } from "../core/t.ts";
import { lateWords, stateWords } from "../core/words.ts";
import { Button, Presets, Sheet, Stepper, Switch } from "../ui/parts.ts";
import type { Presence } from "../wire.ts";
import { answer } from "./inbox-actions.ts";
import { asking } from "./inbox-state.ts";
import { at } from "./times.ts";

const PRESETS = [5, 10, 15, 20];
const FIRST_GUESS = 5;

const close = () => {
  asking.value = null;
};

const arrival = ({ roll }: Question, minutes: number): string =>
  instant(ms(roll.starts_at) + minutes * 60_000);

interface MinutesProps {
  readonly question: Question;
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}

function Minutes({ question, minutes, onChange }: MinutesProps) {
  return (
    <>
      <Stepper
        minutes={minutes}
        detail={t`arrived ${at(arrival(question, minutes))}`}
        onChange={onChange}
      />
      <Presets
        label={t`Minutes late`}
        choices={PRESETS.map((to) => ({ words: `${to}`, onPick: () => onChange(to) }))}
      />
    </>
  );
}

/** The minutes that somebody has named already, so that agreeing takes no counting. */
function firstMinutes({ roll, mark, mine }: Question): number {
  const told = [mine, ...(mark?.voices ?? [])].find((voice) => voice?.presence === "late");
  return (told && minutesOf(roll, told)) ?? FIRST_GUESS;
}

function Late({ question }: { question: Question }) {
  const minutes = useSignal(firstMinutes(question));
  const keep = () => {
    void answer(question, { presence: "late", arrived_at: arrival(question, minutes.value) });
    close();
  };
  return (
    <>
      <Minutes
        question={question}
        minutes={minutes.value}
        onChange={(to) => {
          minutes.value = to;
        }}
      />
      <div class="sheet-answers">
        <Button kind="plain" onPress={close}>
          {t`Cancel`}
        </Button>
        <Button kind="main" autoFocus onPress={keep}>
          {lateWords(minutes.value)}
        </Button>
      </div>
    </>
  );
}

type Seen = Exclude<Presence, "elsewhere">;

const SEEN: readonly { value: Seen; words: string }[] = [
  { value: "present", words: t`Present` },
  { value: "absent", words: t`Absent` },
  { value: "late", words: t`Late` },
  { value: "left_early", words: t`Left early` },
];

function Words({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t`Words for the office, if you like`}
      </label>
      <textarea
        id={id}
        class="field-input note"
        rows={3}
        value={text}
        onInput={({ currentTarget }) => {
          const kept = capped(currentTarget.value);
          if (currentTarget.value !== kept) currentTarget.value = kept;
          onChange(kept);
        }}
      />
    </div>
  );
}

function Else({ question }: { question: Question }) {
  const { mine, student } = question;
  const first = mine?.presence && mine.presence !== "elsewhere" ? mine.presence : "present";
  const seen = useSignal<Seen>(first);
  const minutes = useSignal(firstMinutes(question));
  const text = useSignal("");
  const isLate = seen.value === "late";
  const keep = () => {
    const times = isLate ? { arrived_at: arrival(question, minutes.value) } : {};
    void answer(question, { presence: seen.value, ...times }, text.value);
    close();
  };
  return (
    <>
      <Switch
        label={t`What you saw of ${student.given_name}`}
        value={seen.value}
        choices={SEEN}
        onChange={(value) => {
          seen.value = value;
        }}
      />
      {isLate && (
        <Minutes
          question={question}
          minutes={minutes.value}
          onChange={(to) => {
            minutes.value = to;
          }}
        />
      )}
      <Words
        text={text.value}
        onChange={(to) => {
          text.value = to;
        }}
      />
      <div class="sheet-answers">
        <Button kind="plain" onPress={close}>
          {t`Cancel`}
        </Button>
        <Button kind="main" onPress={keep}>
          {t`I saw: ${stateWords(seen.value, isLate ? minutes.value : null)}`}
        </Button>
      </div>
    </>
  );
}

export function AskingSheet() {
  const open = asking.value;
  if (!open) return null;
  const { question, sheet } = open;
  const bell = t`The bell was at ${at(question.roll.starts_at)}.`;
  const sub = `${capital(question.roll.period_name)}. ${bell}`;
  return (
    <Sheet title={fullName(question)} sub={sub} onClose={close}>
      {sheet === "late" ? <Late question={question} /> : <Else question={question} />}
    </Sheet>
  );
}

/** One student: late with minutes, left early, a note. Closing it changes nothing. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { instant, ms } from "../core/dates.ts";
import type { Said } from "../core/draft.ts";
import { capped } from "../core/note.ts";
import { type Line, minutesOf } from "../core/roll.ts";
import { strong } from "../core/spans.ts";
import { t, told } from "../core/t.ts";
import { lateWords } from "../core/words.ts";
import { wordsOf } from "../device/notes.ts";
import { Button, Presets, Said as SaidWords, Sheet, Stepper } from "../ui/parts.ts";
import { noteOf, sayOf } from "./actions.ts";
import type { OpenRoll } from "./rollbook.ts";
import { sheetOf } from "./sheet-of.ts";
import { at, saidWords } from "./times.ts";
import { absent, late, leftEarly, present, proposed } from "./words-said.ts";

const PRESETS = [5, 10, 15, 20];
const FIRST_GUESS = 5;

const close = () => {
  sheetOf.value = null;
};

interface SheetOf {
  readonly open: OpenRoll;
  readonly line: Line;
}

function Note({ line, onDone }: { line: Line; onDone: () => void }) {
  const id = useId();
  const text = useSignal(wordsOf(line.said.note) ?? "");
  const keep = () => {
    void noteOf(line, text.value);
    onDone();
  };
  return (
    <>
      <div class="field">
        <label class="field-label" for={id}>
          {t`Note for the office`}
        </label>
        <textarea
          id={id}
          class="field-input note"
          rows={4}
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = capped(currentTarget.value);
            if (currentTarget.value !== text.value) currentTarget.value = text.value;
          }}
        />
      </div>
      <div class="sheet-answers">
        <Button kind="plain" onPress={onDone}>
          {t`Cancel`}
        </Button>
        <Button kind="main" onPress={keep}>
          {t`Keep the note`}
        </Button>
      </div>
    </>
  );
}

function OtherWords({ open, line, onNote }: SheetOf & { onNote: () => void }) {
  const say = (said: Said) => {
    void sayOf(line, said);
    close();
  };
  return (
    <div class="sheet-words">
      <Button kind="quiet" icon="ring" onPress={() => say(present(line))}>
        {t`Present`}
      </Button>
      <Button kind="quiet" icon="cross" onPress={() => say(absent(line))}>
        {t`Absent`}
      </Button>
      <Button kind="quiet" icon="door" onPress={() => say(leftEarly(line, open.roll))}>
        {t`Left early`}
      </Button>
      <Button kind="quiet" icon="pencil" onPress={onNote}>
        {line.said.note ? t`Change the note` : t`Add a note`}
      </Button>
    </div>
  );
}

function Late({ open, line, onNote }: SheetOf & { onNote: () => void }) {
  const { roll } = open;
  const bell = ms(roll.starts_at);
  const minutes = useSignal(minutesOf(roll, line.said) ?? proposed(roll) ?? FIRST_GUESS);
  const set = (to: number) => {
    minutes.value = to;
  };
  const now = proposed(roll);
  const presets = PRESETS.map((to) => ({ words: `${to}`, onPick: () => set(to) }));
  return (
    <>
      <Stepper
        minutes={minutes.value}
        detail={t`arrived ${at(instant(bell + minutes.value * 60_000))}`}
        onChange={set}
      />
      <Presets
        label={t`Minutes late`}
        choices={now === null ? presets : [...presets, { words: t`Now`, onPick: () => set(now) }]}
      />
      <div class="sheet-answers">
        <Button kind="plain" onPress={close}>
          {t`Cancel`}
        </Button>
        <Button
          kind="main"
          autoFocus
          onPress={() => {
            void sayOf(line, late(line, roll, minutes.value));
            close();
          }}
        >
          {lateWords(minutes.value)}
        </Button>
      </div>
      <OtherWords open={open} line={line} onNote={onNote} />
    </>
  );
}

/** What is so and who said it, where nothing can be changed here. */
function Told({ open, line }: SheetOf) {
  const mark = open.roll.marks.find(({ student_id }) => student_id === line.student.student_id);
  const by = open.roll.people[mark?.by ?? 0];
  const state = strong(saidWords(open.roll, line.said));
  return (
    <p>
      <SaidWords of={mark && by ? told`${state}, as ${by.name} marked it.` : [state]} />
    </p>
  );
}

export function StudentSheet({ open, line }: SheetOf) {
  const noting = useSignal(false);
  const { given_name, family_name } = line.student;
  const bell = t`The bell was at ${at(open.roll.starts_at)}.`;
  const look = open.leave.may === "look";
  return (
    <Sheet
      title={`${given_name} ${family_name}`}
      sub={look ? undefined : `${open.roll.period_name}. ${bell}`}
      onClose={close}
    >
      {look && <Told open={open} line={line} />}
      {!look && noting.value && <Note line={line} onDone={close} />}
      {!look && !noting.value && (
        <Late
          open={open}
          line={line}
          onNote={() => {
            noting.value = true;
          }}
        />
      )}
    </Sheet>
  );
}

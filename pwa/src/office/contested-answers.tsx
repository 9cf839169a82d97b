/** The one-tap answers to a contested mark; for a settled one the way back. */

import type { ComponentChildren } from "preact";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { ContestedItem, SignedInAs } from "../wire.ts";
import { answersOf, canUndo, type Row } from "./contested.ts";
import { busy, undo } from "./contested-desk.ts";
import { now } from "./desk.ts";
import { fullName } from "./marks.ts";
import { open } from "./route.ts";
import type { Answer } from "./rule.ts";

interface AnswersProps {
  row: Row;
  who: SignedInAs;
  calling: boolean;
  onAnswer: (answer: Answer) => void;
  onLate: () => void;
  onCall: () => void;
}

/** A button with the letter that presses it. */
function Lettered({ letter, children }: { letter: string; children: ComponentChildren }) {
  return <span data-answer={letter}>{children}</span>;
}

function Open({ row, who, calling, onAnswer, onLate, onCall }: AnswersProps) {
  const isBusy = busy.value === row.key;
  return (
    <>
      {answersOf(row.item, who).map((answer) => (
        <Lettered key={answer.words} letter={answer.letter}>
          <Button kind="plain" size="desk" busy={isBusy} onPress={() => onAnswer(answer)}>
            {answer.words}
          </Button>
        </Lettered>
      ))}
      <Lettered letter="L">
        <Button kind="plain" size="desk" busy={isBusy} onPress={onLate}>
          {t`Late…`}
        </Button>
      </Lettered>
      <Lettered letter="C">
        <Button kind="plain" size="desk" icon="phone" pressed={calling} onPress={onCall}>
          {t`Call`}
        </Button>
      </Lettered>
    </>
  );
}

function TakeBack({ row, who }: { row: Row; who: SignedInAs }) {
  const { settled, item, key } = row;
  if (!settled || !canUndo(settled, now.value, who.school.zone)) return null;
  return (
    <Lettered letter="U">
      <Button
        kind="plain"
        size="desk"
        icon="undo"
        busy={busy.value === key}
        label={t`Undo: ${fullName(item.student)}`}
        onPress={() => void undo(row, who)}
      >
        {t`Undo`}
      </Button>
    </Lettered>
  );
}

function ToRoll({ item }: { item: ContestedItem }) {
  const { roll, section, student } = item;
  return (
    <Button
      kind="quiet"
      size="desk"
      label={t`Open the roll of ${section.title}, ${roll.period_name}`}
      onPress={() => open({ roll: roll.roll_id, student: student.student_id })}
    >
      {t`Roll`}
    </Button>
  );
}

export function Answers(props: AnswersProps) {
  const { row, who } = props;
  return (
    <div class="item-answers">
      {row.settled ? <TakeBack row={row} who={who} /> : <Open {...props} />}
      <ToRoll item={row.item} />
    </div>
  );
}

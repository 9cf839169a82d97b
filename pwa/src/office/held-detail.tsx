/** One held entry beside its roll as it stands, and what can be decided about it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Banner, Button, Empty, Icon } from "../ui/parts.ts";
import type { Choice, HeldDetail, SignedInAs } from "../wire.ts";
import { now } from "./desk.ts";
import { type Chosen, Lines } from "./held-beside.tsx";
import { closeDetail, decide, detail, refreshDetail } from "./held-desk.ts";
import { besides } from "./held-lines.ts";
import {
  canSentence,
  endedSentence,
  receivedSentence,
  tookSentence,
  waitsSentence,
} from "./held-words.ts";
import { Panel } from "./panel.tsx";
import { openRoll } from "./roll.ts";
import { Sentences } from "./sentences.tsx";

const WORDS: Readonly<Record<Choice, string>> = {
  take_over: t`Take over`,
  hear_again: t`Hear again`,
  set_aside: t`Leave out`,
};

function takeWords(chosen: number, all: number): string {
  if (chosen === all) return all === 1 ? t`Take it over` : t`Take over all ${all}`;
  return chosen === 1 ? t`Take over 1 student` : t`Take over ${chosen} students`;
}

const TAKEN = t`Taken over at the desk after looking at it`;

interface DecideProps {
  shown: HeldDetail;
  school: string;
  chosen: Chosen;
  all: number;
}

function Decide({ shown, school, chosen, all }: DecideProps) {
  const { choices, item, why_not } = shown;
  const why = useSignal(choices.includes("take_over") ? TAKEN : "");
  const problem = useSignal<string | null>(null);
  const busy = useSignal<Choice | null>(null);

  async function act(how: Choice) {
    if (busy.value) return;
    const words = why.value.trim();
    if (words === "" || (how === "set_aside" && words === TAKEN)) {
      why.value = "";
      problem.value = t`Write why first: the reason is kept with your decision.`;
      return;
    }
    busy.value = how;
    const some = how === "take_over" && chosen.size < all ? { students: [...chosen] } : {};
    problem.value = await decide(school, item.op_id, { how, why: words, ...some });
    busy.value = null;
  }

  return (
    <section class="decide" aria-label={t`What to do`}>
      {why_not && (
        <Banner kind="held" icon="lock">
          {why_not}
        </Banner>
      )}
      {choices.length > 0 && (
        <label class="decide-why">
          <span class="field-label">{t`Why, kept with your decision`}</span>
          <input
            class="field-input"
            value={why.value}
            maxLength={500}
            onInput={(event) => {
              why.value = event.currentTarget.value;
            }}
          />
        </label>
      )}
      <p class="item-said" role="alert">
        {problem.value}
      </p>
      <div class="decide-answers">
        {choices.map((how) => (
          <Button
            key={how}
            kind={how === "take_over" ? "main" : "plain"}
            size="desk"
            busy={busy.value === how}
            disabled={how === "take_over" && chosen.size === 0}
            onPress={() => void act(how)}
          >
            {how === "take_over" ? takeWords(chosen.size, all) : WORDS[how]}
          </Button>
        ))}
      </div>
    </section>
  );
}

function Told({ shown, zone }: { shown: HeldDetail; zone: string }) {
  const { item } = shown;
  const today = schoolDate(now.value, zone);
  const took = [tookSentence(item, zone), receivedSentence(item, zone)];
  return (
    <div class="held-told">
      <p>
        <Sentences of={took} />
      </p>
      {item.resolution ? (
        <p role="status" class="held-ended">
          <Icon name="tick" /> <Sentences of={[endedSentence(item, zone, today)]} />
        </p>
      ) : (
        <p>
          <Sentences of={[waitsSentence(item), ...(shown.why_not ? [] : [canSentence(item)])]} />
        </p>
      )}
    </div>
  );
}

function Opened({ shown, who }: { shown: HeldDetail; who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const lines = besides(shown, zone);
  const left = useSignal<Chosen>(new Set());
  const chosen = new Set(lines.map((one) => one.student_id).filter((id) => !left.value.has(id)));
  const { roll_id } = shown.item;
  const canTake = shown.choices.includes("take_over");
  return (
    <>
      <Told shown={shown} zone={zone} />
      {!shown.item.resolution && (
        <Decide shown={shown} school={school_id} chosen={chosen} all={lines.length} />
      )}
      <h3>
        {t`Students`}{" "}
        <span>{canTake ? t`Only those that are ticked are taken over` : lines.length}</span>
      </h3>
      <Lines
        lines={lines}
        chosen={canTake ? chosen : null}
        onChoose={(id) => {
          const next = new Set(left.value);
          if (!next.delete(id)) next.add(id);
          left.value = next;
        }}
      />
      {shown.roll && roll_id && (
        <Button kind="quiet" size="desk" icon="forward" onPress={() => openRoll(roll_id)}>
          {t`Open the roll`}
        </Button>
      )}
    </>
  );
}

/** The entry that the address names. */
export function HeldPanel({ who, op_id }: { who: SignedInAs; op_id: string }) {
  const loaded = detail.value;
  const { school_id } = who.school;
  useEffect(() => {
    void refreshDetail(school_id, op_id);
    return closeDetail;
  }, [school_id, op_id]);
  const shown = loaded.is === "here" ? loaded.answer : null;
  const sub = shown
    ? shown.item.resolution
      ? t`It waits no more`
      : t`Nothing changes until somebody decides`
    : t`Fetching it`;
  return (
    <Panel title={shown?.item.section_title ?? t`Held entry`} sub={sub}>
      {shown && <Opened shown={shown} who={who} />}
      {loaded.is === "failed" && (
        <Empty icon="question" title={t`This entry cannot be opened`}>
          <p>{loaded.why}</p>
        </Empty>
      )}
    </Panel>
  );
}

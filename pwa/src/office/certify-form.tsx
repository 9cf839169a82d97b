/** The signature under a roll: what there is, and what an administrator may do. */

import { useSignal } from "@preact/signals";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { Roll, SignedInAs } from "../wire.ts";
import * as api from "./api.ts";
import { actsOf, type RollAct, signedWords, WHO_CAN } from "./certify.ts";
import { refreshRoll } from "./roll.ts";
import { whenWords } from "./told.ts";

export function Signature({ roll, who }: { roll: Roll; who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const words = signedWords(roll, (at) => whenWords(at, { roll, zone }));
  const acts = actsOf(roll, who);
  const why = useSignal("");
  const asking = useSignal<RollAct | null>(null);
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);

  async function act({ how, needsWhy }: RollAct) {
    const reason = why.value.trim();
    if (needsWhy && reason === "") {
      problem.value = t`Write why the roll is opened again: the reason is kept.`;
      return;
    }
    busy.value = true;
    const { roll_id, revision } = roll;
    const asked = { how, revision, ...(needsWhy ? { why: reason } : {}) };
    const answer = await api.certify(school_id, roll_id, asked);
    await refreshRoll();
    busy.value = false;
    asking.value = null;
    if (answer.end === "answered") problem.value = null;
    else if (answer.end === "refused") problem.value = answer.problem.detail;
    else problem.value = t`The server did not answer. Look whether it is done, then try again.`;
  }

  if (words.length === 0 && acts.length === 0)
    return roll.state === "not_taken" ? null : <p class="panel-none">{WHO_CAN}</p>;
  return (
    <section class="signature" aria-label={t`Signature`}>
      {words.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {acts.length === 0 && <p class="panel-none">{WHO_CAN}</p>}
      {asking.value && (
        <label class="rule-field">
          <span class="field-label">{t`Why it is opened again`}</span>
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
        {acts.map((one) => (
          <Button
            key={one.how}
            kind="plain"
            size="desk"
            busy={busy.value}
            onPress={() => {
              if (one.needsWhy && !asking.value) asking.value = one;
              else void act(one);
            }}
          >
            {one.words}
          </Button>
        ))}
      </div>
    </section>
  );
}

/** Choosing a PIN: twice the same six digits, and none that a student would try first. */

import { useSignal } from "@preact/signals";
import { isWeakPin } from "../core/person.ts";
import { t } from "../core/t.ts";
import { noteLock } from "../device/people.ts";
import { tellTabs } from "../device/tabs.ts";
import { setPin } from "../device/vault.ts";
import { Button, Welcome } from "../ui/parts.ts";
import { addSomebody, asksPin, signOut } from "./door.ts";
import { PinPad } from "./pin-pad.tsx";
import { me, noteTrouble, people } from "./state.ts";

const done = () => {
  asksPin.value = null;
};

type Step = "former" | "first" | "again";

const ASKS: Record<Step, readonly [title: string, lead: string]> = {
  former: [t`Your PIN until now`, t`Then choose another`],
  first: [t`Choose a PIN`, t`Six digits, known to you alone`],
  again: [t`The same again`, t`So that no finger slipped`],
};

function useChoice(staffId: string, hasOne: boolean) {
  const step = useSignal<Step>(hasOne ? "former" : "first");
  const former = useSignal<string | undefined>(undefined);
  const first = useSignal("");
  const error = useSignal("");
  const restart = (why: string) => {
    step.value = hasOne ? "former" : "first";
    error.value = why;
  };
  const keep = async (pin: string) => {
    if (!(await setPin(staffId, pin, former.value)))
      return restart(t`The PIN until now was not right.`);
    people.value = await noteLock(staffId, "pin");
    tellTabs("who");
    if (asksPin.value === "first") addSomebody();
    done();
  };
  const take = async (pin: string) => {
    error.value = "";
    if (step.value === "former") {
      former.value = pin;
      step.value = "first";
    } else if (step.value === "first") {
      if (isWeakPin(pin)) error.value = t`A student would try that one first. Choose another.`;
      else {
        first.value = pin;
        step.value = "again";
      }
    } else if (pin === first.value) await keep(pin).catch(noteTrouble);
    else {
      step.value = "first";
      error.value = t`Those were two different ones. Choose again.`;
    }
  };
  return { step, error, take };
}

export function PinSet() {
  const person = me.value;
  const { step, error, take } = useChoice(person?.staff_id ?? "", person?.lock === "pin");
  const must = asksPin.value === "must";
  const [title, lead] = ASKS[step.value];
  return (
    <Welcome
      title={asksPin.value === "may" ? t`A PIN for your class lists` : t`Others take roll here too`}
      lead={t`It opens your lists on this tablet, also without a network. After two minutes without a tap they close. Five wrong ones, or a forgotten one: sign in again. No roll is ever lost by it.`}
    >
      <div class="pin-set">
        <PinPad key={step.value} title={title} lead={lead} error={error.value} onPin={take} />
        {must ? (
          <Button kind="quiet" onPress={() => void signOut().finally(done)}>
            {t`Sign out instead`}
          </Button>
        ) : (
          <Button kind="quiet" onPress={done}>
            {t`Not now`}
          </Button>
        )}
      </div>
    </Welcome>
  );
}

/** Reminders on this tablet, for the person whose turn it is. */

import { computed, signal } from "@preact/signals";
import { t } from "../core/t.ts";
import { isOver, type TestFacts, testSteps } from "../core/test-words.ts";
import { ofPerson } from "../device/push.ts";
import { runTest } from "../device/push-test.ts";
import { RemindersSheet as Reminders } from "../ui/reminders.tsx";
import { asksReminders, reach, reminded } from "./reminders.ts";
import { turned, turning, turnOff, turnOn } from "./reminders-turn.ts";
import { me, noteTrouble, now, wall } from "./state.ts";
import { at } from "./times.ts";

const facts = signal<TestFacts | null>(null);
const steps = computed(() => (facts.value ? testSteps(facts.value, at) : []));
const isTesting = computed(() => facts.value !== null && !isOver(steps.value));

async function test(): Promise<void> {
  if (isTesting.value || !me.value) return;
  const ahead = now.value - wall.value;
  await runTest(ofPerson(me.value), reach.value, ahead, (found) => {
    facts.value = found;
  }).catch(noteTrouble);
}

function close(): void {
  asksReminders.value = false;
  turned.value = "";
  facts.value = null;
}

const ON = (
  <>
    <p>
      {t`When a roll of yours is nearly due, and again after that, for as long as nobody has taken it. Several rolls are one reminder. How often is for the school to say.`}
    </p>
    <p class="quiet">
      {t`A reminder says period and time, never a name. What is saved here and waits for the network is told as saved.`}
    </p>
  </>
);

const OFF = (
  <p>
    {t`Rollbook can say when a roll of yours is due, also while it is closed: period and time, never a name. The browser will ask you whether it may.`}
  </p>
);

export function RemindersSheet() {
  return (
    <Reminders
      reminds={reminded.value}
      on={ON}
      off={OFF}
      where={t`this tablet`}
      busy={turning.value}
      trouble={turned.value}
      test={steps.value}
      isTesting={isTesting.value}
      onTurnOn={() => void turnOn()}
      onTurnOff={() => void turnOff()}
      onTest={() => void test()}
      onClose={close}
    />
  );
}

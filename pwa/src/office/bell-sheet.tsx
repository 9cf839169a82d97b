/** Reminders at this computer, for whoever is on the office's list. */

import { t } from "../core/t.ts";
import { RemindersSheet as Reminders } from "../ui/reminders.tsx";
import {
  close,
  isTesting,
  reminds,
  steps,
  test,
  turned,
  turning,
  turnOff,
  turnOn,
} from "./bell.ts";

const ON = (
  <p>
    {t`When rolls were not taken some time after they were due, if you are on the school’s list for that. A reminder says how many and which period; a press opens this desk.`}
  </p>
);

const OFF = (
  <p>
    {t`Rollbook can say when rolls were not taken, also while this desk is closed: how many and which period, never a name. Whom the office’s reminders go to is for an administrator to say. The browser will ask you whether it may.`}
  </p>
);

export function RemindersSheet() {
  return (
    <Reminders
      reminds={reminds.value}
      on={ON}
      off={OFF}
      where={t`this computer`}
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

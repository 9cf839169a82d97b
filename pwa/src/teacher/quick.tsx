/** The class that is always all present at once: a question to its teacher before anybody else. */

import { useEffect } from "preact/hooks";
import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { QuickHabit } from "../wire.ts";
import { Thing } from "./inbox-item.tsx";
import { fetchHabits, habits, haveRead, noteShown } from "./quick.ts";

function Habit({ one }: { one: QuickHabit }) {
  useEffect(() => void noteShown(one), [one]);
  const { section_title: title, rolls, since_on } = one;
  return (
    <Thing icon="question" place={title} title={t`Was everybody in ${title} there each time?`}>
      <p>
        {t`Since ${longDate(since_on)} each of your ${rolls} rolls of ${title} said that everybody was present, and was submitted within two seconds. That may well be so. You are asked first: the office sees it only if it goes on next week.`}
      </p>
      <div class="inbox-answers">
        <Button kind="plain" onPress={() => haveRead(one)}>
          {t`I have read this`}
        </Button>
      </div>
    </Thing>
  );
}

/** Asked for when the inbox is opened. */
export function QuickHabits() {
  useEffect(() => void fetchHabits(), []);
  return (
    <>
      {habits.value.map((one) => (
        <Habit key={one.key} one={one} />
      ))}
    </>
  );
}

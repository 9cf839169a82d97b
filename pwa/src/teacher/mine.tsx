/** My rolls this term: how many came in time, and which did not. One's own and nobody else's. */

import { strong } from "../core/spans.ts";
import { t, told } from "../core/t.ts";
import "./mine.css";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { longDate, shortDate } from "../core/dates.ts";
import { halfWords, metWords } from "../core/own-rolls.ts";
import { dueOf, inTimeOf, percentWords, receivedOf } from "../core/rates.ts";
import { plural } from "../core/words.ts";
import { ownRates } from "../device/later-api.ts";
import { Button, Empty, Said, Screen } from "../ui/parts.ts";
import type { OwnRates, OwnRoll, WeekRate } from "../wire.ts";
import { goToday } from "./route.ts";
import { me, session, zone } from "./state.ts";

type Shown =
  | { readonly is: "asking" }
  | { readonly is: "failed"; readonly why: string }
  | { readonly is: "here"; readonly staff_id: string; readonly answer: OwnRates };

const shown = signal<Shown>({ is: "asking" });

const AWAY = t`These numbers come from the school, and there is no network now.`;
const SIGN_IN = t`Your sign-in ran out. Sign in again to see these numbers.`;

async function fetchMine(): Promise<void> {
  shown.value = { is: "asking" };
  const who = session.peek();
  if (!who) return;
  const ending = await ownRates(who.school_id, who.grant_id);
  if (session.peek()?.staff_id !== who.staff_id) return;
  if (ending.end === "answered")
    shown.value = { is: "here", staff_id: who.staff_id, answer: ending.answer };
  else if (ending.end === "signin") shown.value = { is: "failed", why: SIGN_IN };
  else if (ending.end === "refused") shown.value = { is: "failed", why: ending.problem.detail };
  else shown.value = { is: "failed", why: AWAY };
}

function Odd({ rolls }: { rolls: readonly OwnRoll[] }) {
  if (rolls.length === 0) return <p>{t`Every roll that was due came in time.`}</p>;
  return (
    <ul class="mine-odd">
      {rolls.map((roll) => (
        <li key={roll.roll_id}>
          <b>
            {longDate(roll.on)}, {roll.period_name}
          </b>
          <span>{roll.section_title}</span>
          <p>{metWords(roll, zone.value)}</p>
        </li>
      ))}
    </ul>
  );
}

function Weeks({ weeks }: { weeks: readonly WeekRate[] }) {
  const due = weeks.filter(({ rate }) => dueOf(rate) > 0);
  return (
    <table class="mine-weeks">
      <caption>{t`Week by week`}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Week of`}</th>
          <th scope="col">{t`In time`}</th>
          <th scope="col">{t`Of`}</th>
          <th scope="col">{t`Not taken`}</th>
        </tr>
      </thead>
      <tbody>
        {[...due].reverse().map(({ week_on, rate }) => (
          <tr key={week_on}>
            <th scope="row">{shortDate(week_on)}</th>
            <td>{inTimeOf(rate)}</td>
            <td>{dueOf(rate)}</td>
            <td>{rate.not_taken || ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Told({ answer }: { answer: OwnRates }) {
  const { total, odd, weeks, median_s } = answer;
  const due = dueOf(total);
  if (due === 0)
    return (
      <Empty icon="tick" title={t`No roll was due yet`}>
        <p>{t`Since ${longDate(answer.from)} nothing of yours was due.`}</p>
      </Empty>
    );
  return (
    <div class="mine">
      <p class="mine-rate">
        <Said of={told`${strong(percentWords(inTimeOf(total), due))} in time`} />
      </p>
      <p>
        {t`${inTimeOf(total)} of ${plural(due, "roll")} since ${longDate(answer.from)}; ${percentWords(receivedOf(total), due)} were taken at all. ${halfWords(median_s)}`}
      </p>
      <p class="mine-more quiet">
        {t`You see this, and so do the school’s administrators. The office and your colleagues do not.`}
      </p>
      <h2>{t`Late and missed`}</h2>
      <Odd rolls={odd} />
      <Weeks weeks={weeks} />
    </div>
  );
}

export function Mine() {
  useEffect(() => void fetchMine(), [session.value?.staff_id]);
  const now = shown.value;
  const mine = now.is === "here" && now.staff_id === session.value?.staff_id ? now.answer : null;
  return (
    <Screen
      title={t`My rolls this term`}
      sub={me.value?.name}
      back={{ label: t`Back to today`, onPress: goToday }}
    >
      {now.is === "asking" && (
        <p class="mine-asking" role="status">
          {t`Asking the school`}
        </p>
      )}
      {now.is === "failed" && (
        <Empty
          icon="wifi-off"
          title={t`Not to be seen now`}
          actions={
            <Button kind="plain" onPress={() => void fetchMine()}>
              {t`Try again`}
            </Button>
          }
        >
          <p>{now.why}</p>
        </Empty>
      )}
      {mine && <Told answer={mine} />}
    </Screen>
  );
}

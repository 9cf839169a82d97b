/** Sign my weeks: the past week's rolls as a statement, and what changed beside it afterwards. */

import { t } from "../core/t.ts";
import "./weeks.css";
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { daysOn, longDate } from "../core/dates.ts";
import {
  changeWords,
  nextDayWords,
  rollWords,
  signWords,
  standingWords,
  weekWords,
} from "../core/week-words.ts";
import type { Ending } from "../device/api.ts";
import { ownWeek, signWeek } from "../device/later-api.ts";
import { Button, Empty, Screen } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import type { Week, WeekRoll } from "../wire.ts";
import { goToday } from "./route.ts";
import { session, zone } from "./state.ts";

type Shown =
  | { readonly is: "asking" }
  | { readonly is: "failed"; readonly why: string }
  | { readonly is: "here"; readonly staff_id: string; readonly week: Week };

const shown = signal<Shown>({ is: "asking" });
const said = signal<string | null>(null);
const busy = signal(false);

const AWAY = t`To sign takes the school's answer, and there is no network now.`;
const SIGN_IN = t`Your sign-in ran out. Sign in again to sign your weeks.`;

function whyNot(ending: Exclude<Ending<Week>, { end: "answered" }>): string {
  if (ending.end === "refused") return ending.problem.detail;
  return ending.end === "signin" ? SIGN_IN : AWAY;
}

async function fetchWeek(week: string | null): Promise<void> {
  const who = session.peek();
  if (!who) return;
  shown.value = { is: "asking" };
  said.value = null;
  const ending = await ownWeek(who.school_id, week, who.grant_id);
  if (session.peek()?.staff_id !== who.staff_id) return;
  shown.value =
    ending.end === "answered"
      ? { is: "here", staff_id: who.staff_id, week: ending.answer }
      : { is: "failed", why: whyNot(ending) };
}

async function sign(week: Week): Promise<void> {
  const who = session.peek();
  if (!who || busy.peek()) return;
  busy.value = true;
  const { week_on, digest } = week;
  const ending = await signWeek(who.school_id, { week_on, digest }, who.grant_id);
  busy.value = false;
  if (ending.end === "answered") {
    shown.value = { is: "here", staff_id: who.staff_id, week: ending.answer };
    said.value = t`Signed. The school has it.`;
    return;
  }
  const changed = ending.end === "refused" && ending.problem.code === "changed_meanwhile";
  if (changed) await fetchWeek(week_on);
  said.value = whyNot(ending);
}

function Rolls({ rolls }: { rolls: readonly WeekRoll[] }) {
  return (
    <ul class="week-rolls">
      {rolls.map((roll) => (
        <li key={roll.roll_id} class={roll.taken ? "" : "week-not-taken"}>
          <b>
            {longDate(roll.on)}, {roll.period_name}
          </b>
          <span>{roll.section_title}</span>
          <p>{rollWords(roll)}</p>
          {roll.next_day && <p>{unbroken(nextDayWords(roll, zone.value))}</p>}
        </li>
      ))}
    </ul>
  );
}

function Changes({ week }: { week: Week }) {
  const changes = week.signed?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <>
      <h2>{t`Changed since you signed`}</h2>
      <ul class="week-changes">
        {changes.map((change, place) => (
          <li key={`${change.roll_id}/${place}`}>{unbroken(changeWords(change, zone.value))}</li>
        ))}
      </ul>
    </>
  );
}

/** What is signed is kept in English; whoever reads another language reads it in that first. */
function Statement({ week: { words, meaning } }: { week: Week }) {
  if (meaning === words) return <p>{words}</p>;
  return (
    <>
      <p>{meaning}</p>
      <h2>{t`As it is signed and kept, in English`}</h2>
      <p lang="en">{words}</p>
    </>
  );
}

function Told({ week }: { week: Week }) {
  const current = week.signed?.digest === week.digest;
  return (
    <div class="week">
      <p class="week-standing">{standingWords(week, zone.value)}</p>
      <Changes week={week} />
      {week.rolls.length > 0 && (
        <>
          <h2>{t`The statement`}</h2>
          <Statement week={week} />
          <Rolls rolls={week.rolls} />
          <p class="week-said" role="status">
            {said.value}
          </p>
          {week.over && !current && (
            <Button kind="main" wide disabled={busy.value} onPress={() => void sign(week)}>
              {signWords(week)}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function Turn({ week }: { week: Week }) {
  const to = (days: number) => () => void fetchWeek(daysOn(week.week_on, days));
  return (
    <div class="week-turn">
      <Button kind="plain" onPress={to(-7)}>
        {t`The week before`}
      </Button>
      <Button kind="plain" disabled={!week.over} onPress={to(7)}>
        {t`The week after`}
      </Button>
    </div>
  );
}

export function Weeks() {
  useEffect(() => void fetchWeek(null), [session.value?.staff_id]);
  const now = shown.value;
  const week = now.is === "here" && now.staff_id === session.value?.staff_id ? now.week : null;
  return (
    <Screen
      title={t`Sign my weeks`}
      sub={week ? weekWords(week) : undefined}
      back={{ label: t`Back to today`, onPress: goToday }}
    >
      {now.is === "asking" && (
        <p class="week" role="status">
          {t`Asking the school`}
        </p>
      )}
      {now.is === "failed" && (
        <Empty
          icon="wifi-off"
          title={t`Not to be signed now`}
          actions={
            <Button kind="plain" onPress={() => void fetchWeek(null)}>
              {t`Try again`}
            </Button>
          }
        >
          <p>{now.why}</p>
        </Empty>
      )}
      {week && (
        <>
          <Turn week={week} />
          <Told week={week} />
        </>
      )}
    </Screen>
  );
}

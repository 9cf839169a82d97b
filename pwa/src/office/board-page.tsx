/** The board and what stands around it. */

import { clockTime, longDate, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { Board } from "../wire.ts";
import { Calls } from "./calls.tsx";
import { Counts } from "./counts.tsx";
import { DaySwitch } from "./day-switch.tsx";
import {
  asOf,
  blocks,
  board,
  boardFailed,
  headline,
  instant,
  liveness,
  pastBoard,
  shownBoard,
} from "./desk.ts";
import { Grid } from "./grid.tsx";
import { Legend } from "./legend.tsx";
import { stepsOf } from "./past.ts";
import { AsKnown, PastBar } from "./past-bar.tsx";
import { open } from "./route.ts";

function DayTools({ shown }: { shown: Board }) {
  return (
    <div class="desk-does">
      <DaySwitch school={shown.school} shown={shown} />
      <AsKnown />
      <Button kind="quiet" size="desk" icon="print" label={t`Print`} onPress={() => print()} />
    </div>
  );
}

function Head({ shown }: { shown: Board }) {
  const words = headline.value;
  const isLive = liveness.value.is === "live" && asOf.value === null;
  const { zone } = shown.school;
  const isToday = shown.on === schoolDate(instant.value, zone);
  const time = isToday ? `, ${clockTime(instant.value, zone)}` : "";
  return (
    <div class="desk-head board-head">
      <div class="board-title">
        <div class="desk-title">
          <h1>{words?.title}</h1>
          <p>
            {longDate(shown.on)}
            {time}. {words?.due} {isLive && t`Live.`}
          </p>
        </div>
        <DayTools shown={shown} />
      </div>
      <Counts />
    </div>
  );
}

const KINDS: Readonly<Record<string, string>> = {
  holiday: t`a holiday`,
  closed: t`the school is closed`,
  emergency: t`an emergency closure`,
};

function NoRolls({ shown }: { shown: Board }) {
  const why = shown.day.note ?? KINDS[shown.day.kind];
  return (
    <>
      <div class="desk-head">
        <h1 class="unseen">{longDate(shown.on)}</h1>
        <DayTools shown={shown} />
      </div>
      <Empty icon="tick" title={t`No rolls today`}>
        <p>
          {why
            ? t`The calendar says: ${why}. Nothing is expected and nobody is reminded.`
            : t`No meetings are laid out for this day. Import the schedule if there should be some.`}
        </p>
        <p>{t`${longDate(shown.on)}. The arrows above lead to the next school day.`}</p>
      </Empty>
    </>
  );
}

function Waiting() {
  const why = boardFailed.value;
  if (!why)
    return (
      <p class="desk-starting" role="status">
        {liveness.value.is === "lost" ? t`The server does not answer yet` : t`Fetching the board`}
      </p>
    );
  return (
    <Empty
      icon="warn"
      title={t`The board cannot be shown`}
      actions={
        <Button kind="main" onPress={() => location.reload()}>
          {t`Try again`}
        </Button>
      }
    >
      <p>{why}</p>
    </Empty>
  );
}

function Day({ shown }: { shown: Board }) {
  if (shown.rolls.length === 0) return <NoRolls shown={shown} />;
  return (
    <>
      <Head shown={shown} />
      <Calls zone={shown.school.zone} />
      <div class="board-region">
        <Grid blocks={blocks.value} zone={shown.school.zone} />
        <Legend />
      </div>
    </>
  );
}

/** When rolls of the day came in or fell due: what one steps through in the past. */
function stepsOfDay(now: Board): string[] {
  const came = now.rolls.flatMap(({ received_at, taken_at }) => [received_at, taken_at]);
  return stepsOf([...came, ...now.periods.map(({ due_at }) => due_at)]);
}

function Past({ shown }: { shown: Board }) {
  const known = board.value?.on === shown.on ? board.value : shown;
  return (
    <PastBar
      on={shown.on}
      zone={shown.school.zone}
      steps={stepsOfDay(known)}
      roster_as_of={shown.roster_as_of}
    />
  );
}

function PastMissing() {
  const state = pastBoard.value;
  return (
    <Empty
      icon="clock"
      title={t`This past is not here`}
      actions={
        <Button kind="main" onPress={() => open({ at: null })}>
          {t`Back to now`}
        </Button>
      }
    >
      <p>{state.is === "failed" ? state.why : t`Fetching it.`}</p>
    </Empty>
  );
}

export function BoardPage() {
  const shown = shownBoard.value;
  const isPast = asOf.value !== null;
  return (
    <main class={`desk-main${isPast ? " desk-past" : ""}`}>
      {shown && isPast && <Past shown={shown} />}
      {shown ? <Day shown={shown} /> : isPast ? <PastMissing /> : <Waiting />}
    </main>
  );
}

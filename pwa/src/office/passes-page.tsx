/** The day passes of a date: those that were issued, and a new one. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { clockTime, longDate, ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button } from "../ui/parts.ts";
import type { DayPass, Passes, SchoolFacts, SignedInAs } from "../wire.ts";
import * as boards from "./api.ts";
import { now } from "./desk.ts";
import { NotFetched, PageHead } from "./page.tsx";
import { inOrder } from "./pass-form.ts";
import { NewPass } from "./pass-new.tsx";
import { Slip } from "./pass-slip.tsx";
import { beginDay, busy, giveNewCode, issue, issued, passes, revoke } from "./passes.ts";
import { go, route } from "./route.ts";
import { DayField } from "./sheets-day.tsx";
import { listed } from "./words.ts";

/** Where a pass stands, in words; each state has its own sentence. */
function stateWords(pass: DayPass, zone: string, at: number): string {
  const time = (when: string) => clockTime(when, zone);
  const where = pass.device_label ? t` on ${pass.device_label}` : "";
  switch (pass.state) {
    case "open":
      return t`Not used yet. Valid until ${time(pass.until_at)}.`;
    case "in_use":
      return t`In use${where} since ${time(pass.redeemed_at ?? pass.issued_at)}, until ${time(pass.until_at)}.`;
    case "ended": {
      const used = pass.redeemed_at ? t` It was used${where}.` : t` It was never used.`;
      return t`${ms(pass.until_at) <= at ? t`Ended by itself` : t`Ended`} at ${time(pass.until_at)}.${used}`;
    }
    case "revoked":
      return t`Revoked at ${time(pass.revoked_at ?? pass.until_at)} by ${pass.revoked_by?.name ?? t`the school`}.`;
  }
}

const STATES: Readonly<Record<DayPass["state"], string>> = {
  open: t`Open`,
  in_use: t`In use`,
  ended: t`Ended`,
  revoked: t`Revoked`,
};

function Revoking(props: { pass: DayPass; onRevoke: () => void; onKeep: () => void }) {
  const { pass } = props;
  return (
    <div class="revoking">
      <p>
        {t`The code ends at once. ${
          pass.redeemed_at
            ? t`The tablet can take no more rolls with it, and forgets the students’ names when it next meets the school. What it captured before now counts, also when it arrives later.`
            : t`Nobody can take rolls with it.`
        }`}
      </p>
      <div class="revoking-does">
        <Button kind="danger" size="desk" busy={busy.value} onPress={props.onRevoke}>
          {t`Revoke the pass of ${pass.name}`}
        </Button>
        <Button kind="plain" size="desk" onPress={props.onKeep}>
          {t`Keep it`}
        </Button>
      </div>
    </div>
  );
}

function Issued({ pass, answer, who }: { pass: DayPass; answer: Passes; who: SignedInAs }) {
  const asking = useSignal(false);
  const { zone, school_id } = who.school;
  const rolls = inOrder(answer.rolls.filter(({ roll_id }) => pass.roll_ids.includes(roll_id)));
  const isLive = pass.state === "open" || pass.state === "in_use";
  const what = listed(
    rolls.map((roll) => t`${roll.section_title} at ${clockTime(roll.starts_at, zone)}`),
  );
  return (
    <li class={`pass pass-${pass.state}`}>
      <div class="pass-says">
        <h3>
          {pass.name}{" "}
          <span class={`pass-state pass-state-${pass.state}`}>{STATES[pass.state]}</span>
        </h3>
        <p>{what || plural(pass.roll_ids.length, "meeting")}</p>
        <p class="pass-when">
          {t`${stateWords(pass, zone, now.value)} Issued by ${pass.issued_by.name} at ${clockTime(pass.issued_at, zone)}.`}
        </p>
      </div>
      {isLive && (
        <div class="pass-does">
          <Button
            kind="plain"
            size="desk"
            busy={busy.value}
            label={t`New code for ${pass.name}`}
            onPress={() => void giveNewCode(school_id, pass.pass_id, answer.on)}
          >
            {t`New code`}
          </Button>
          <Button
            kind="quiet"
            size="desk"
            label={t`Revoke the pass of ${pass.name}`}
            onPress={() => {
              asking.value = true;
            }}
          >
            {t`Revoke`}
          </Button>
        </div>
      )}
      {isLive && asking.value && (
        <Revoking
          pass={pass}
          onKeep={() => {
            asking.value = false;
          }}
          onRevoke={() => void revoke(school_id, pass.pass_id, answer.on)}
        />
      )}
    </li>
  );
}

function Issues({ answer, who }: { answer: Passes; who: SignedInAs }) {
  if (answer.passes.length === 0)
    return <p class="pass-none">{t`No pass was issued for ${longDate(answer.on)}.`}</p>;
  return (
    <ul class="pass-list" aria-label={t`Passes of the day`}>
      {answer.passes.map((pass) => (
        <Issued key={pass.pass_id} pass={pass} answer={answer} who={who} />
      ))}
    </ul>
  );
}

/** The rooms of the day's rolls, for the slip; without an answer it has none. */
async function roomsOf(school: string, on: string): Promise<ReadonlyMap<string, string>> {
  const answer = await boards.board(school, on);
  if (answer.end !== "answered") return new Map();
  const { rolls, sections } = answer.answer;
  const rooms = new Map(sections.map(({ section_id, room }) => [section_id, room]));
  return new Map(
    rolls.flatMap(({ roll_id, section_id }): [string, string][] => {
      const room = rooms.get(section_id);
      return room ? [[roll_id, room]] : [];
    }),
  );
}

function Handed({ answer, school }: { answer: Passes; school: SchoolFacts }) {
  const rooms = useSignal<ReadonlyMap<string, string>>(new Map());
  const shown = issued.value;
  useLayoutEffect(() => {
    void roomsOf(school.school_id, answer.on).then((found) => {
      rooms.value = found;
    });
  }, [school.school_id, answer.on]);
  if (!shown) return null;
  return (
    <Slip
      issued={shown}
      rolls={answer.rolls}
      rooms={rooms.value}
      school={school}
      onClose={() => {
        issued.value = null;
      }}
    />
  );
}

function Day({ answer, who }: { answer: Passes; who: SignedInAs }) {
  const { zone, school_id } = who.school;
  return (
    <div class="passes">
      <div class="passes-there">
        <Handed answer={answer} school={who.school} />
        <Issues answer={answer} who={who} />
      </div>
      <NewPass answer={answer} zone={zone} onIssue={() => void issue(school_id, answer.on, zone)} />
    </div>
  );
}

export function PassesPage({ who }: { who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const on = route.value.part ?? schoolDate(now.value, zone);
  useLayoutEffect(() => beginDay(school_id, on), [school_id, on]);
  const loaded = passes.value;
  return (
    <main class="desk-main passes-main">
      <PageHead
        title={t`Day passes`}
        lead={t`For a substitute: a named person, listed meetings, and it ends by itself.`}
      >
        <DayField on={on} onChoose={(day) => go("passes", day)} />
      </PageHead>
      {loaded.is === "loading" && (
        <p class="desk-starting" role="status">
          {t`Fetching the passes`}
        </p>
      )}
      {loaded.is === "failed" && (
        <NotFetched why={loaded.why} again={() => void beginDay(school_id, on)} />
      )}
      {loaded.is === "here" && <Day answer={loaded.answer} who={who} />}
    </main>
  );
}

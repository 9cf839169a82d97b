/** What waits for a person, what can be done about it, and what became of the rest. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Empty, Icon } from "../ui/parts.ts";
import type { HeldItem, SignedInAs } from "../wire.ts";
import { held, now, panel } from "./desk.ts";
import { HandoverFile } from "./handover-file.tsx";
import { decide, ended, refreshHeld } from "./held-desk.ts";
import {
  canSentence,
  endedSentence,
  heldName,
  isHeardAgain,
  receivedSentence,
  tookSentence,
  waitsSentence,
} from "./held-words.ts";
import { PageHead } from "./page.tsx";
import { go } from "./route.ts";
import { Sentences } from "./sentences.tsx";

const AGAIN = t`Heard again at the desk`;

function HearAgain({ item, who }: { item: HeldItem; who: SignedInAs }) {
  const busy = useSignal(false);
  const said = useSignal<string | null>(null);
  async function hear() {
    busy.value = true;
    const how = { how: "hear_again", why: AGAIN } as const;
    said.value = await decide(who.school.school_id, item.op_id, how);
    busy.value = false;
  }
  return (
    <>
      <Button kind="plain" size="desk" busy={busy.value} onPress={() => void hear()}>
        {t`Hear again`}
      </Button>
      {said.value && (
        <p class="item-said" role="alert">
          {said.value}
        </p>
      )}
    </>
  );
}

function Waiting({ item, who }: { item: HeldItem; who: SignedInAs }) {
  const { zone } = who.school;
  const shown = panel.value;
  const isOpen = shown.shows === "held" && shown.op_id === item.op_id;
  return (
    <li class={`held-row${isOpen ? " held-row-open" : ""}`}>
      <Icon name="pause" />
      <div class="item-story">
        <p>
          <Sentences of={[tookSentence(item, zone), receivedSentence(item, zone)]} />
        </p>
        <p>
          <Sentences of={[waitsSentence(item), canSentence(item)]} />
        </p>
      </div>
      <div class="item-answers">
        <Button
          kind="plain"
          size="desk"
          label={t`Look and take over: ${heldName(item, zone)}`}
          onPress={() => go("held", item.op_id)}
        >
          {t`Look and take over`}
        </Button>
        {isHeardAgain(item) && <HearAgain item={item} who={who} />}
        <Button
          kind="plain"
          size="desk"
          label={t`Leave out: ${heldName(item, zone)}`}
          onPress={() => go("held", item.op_id)}
        >
          {t`Leave out…`}
        </Button>
      </div>
    </li>
  );
}

function Ended({ item, zone }: { item: HeldItem; zone: string }) {
  const today = schoolDate(now.value, zone);
  return (
    <li class="held-row held-row-ended">
      <Icon name={item.resolution?.how === "set_aside" ? "minus" : "tick"} />
      <div class="item-story">
        <p>
          <Sentences of={[endedSentence(item, zone, today)]} />
        </p>
        <p class="item-where">
          <Sentences of={[tookSentence(item, zone)]} />
        </p>
      </div>
      <div class="item-answers">
        <Button
          kind="quiet"
          size="desk"
          label={t`Look at it: ${heldName(item, zone)}`}
          onPress={() => go("held", item.op_id)}
        >
          {t`Look at it`}
        </Button>
      </div>
    </li>
  );
}

const FIRST = 20;

function EndedList({ zone }: { zone: string }) {
  const all = useSignal(false);
  const items = all.value ? ended.value : ended.value.slice(0, FIRST);
  if (items.length === 0) return null;
  return (
    <section class="group" aria-label={t`Ended`}>
      <h2 class="group-title">
        {t`Ended`} <span class="group-lead">{t`${ended.value.length}, newest first`}</span>
      </h2>
      <ol>
        {items.map((item) => (
          <Ended key={item.op_id} item={item} zone={zone} />
        ))}
      </ol>
      {ended.value.length > items.length && (
        <Button
          kind="quiet"
          size="desk"
          onPress={() => {
            all.value = true;
          }}
        >
          {t`Show all ${ended.value.length}`}
        </Button>
      )}
    </section>
  );
}

function titleOf(count: number): string {
  if (count === 0) return t`Nothing is held`;
  return count === 1 ? t`1 entry waits for a person` : t`${count} entries wait for a person`;
}

export function HeldPage({ who }: { who: SignedInAs }) {
  const items = held.value;
  const { zone, school_id } = who.school;
  useEffect(() => {
    void refreshHeld(school_id);
  }, [school_id]);
  return (
    <main class="desk-main desk-scrolls">
      <PageHead
        title={titleOf(items.length)}
        lead={t`Kept whole, but not on a roll until a person decides. Nothing here is lost.`}
      />
      {items.length > 0 ? (
        <section class="group" aria-label={t`Waiting`}>
          <h2 class="group-title">
            {t`Waiting`} <span class="group-lead">{t`${items.length}, oldest first`}</span>
          </h2>
          <ol>
            {items.map((item) => (
              <Waiting key={item.op_id} item={item} who={who} />
            ))}
          </ol>
        </section>
      ) : (
        <Empty icon="tick" title={t`Nothing waits`}>
          <p>{t`Every entry that the school received is on its roll.`}</p>
        </Empty>
      )}
      <EndedList zone={zone} />
      <HandoverFile school={school_id} />
    </main>
  );
}

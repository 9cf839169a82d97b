/** Which tablets carry rolls of this school, and who may record: to be taken back when lost. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Banner, Button, Switch } from "../ui/parts.ts";
import type { Devices, SignedInAs } from "../wire.ts";
import { board } from "./desk.ts";
import { NotFetched, PageHead } from "./page.tsx";
import { PersonRow } from "./people-row.tsx";
import { Line } from "./sheets-day.tsx";
import { busy, devices, done, fetchDevices, trouble, undo } from "./tablets.ts";
import { TabletRow } from "./tablets-row.tsx";
import { inUseFirst, labelOf, matches, peopleOf } from "./tablets-words.ts";

type Shows = "tablets" | "people";

function Lists({ answer, who, shows, find }: ListsProps) {
  const open = useSignal<string | null>(null);
  const toggle = (id: string | null) => {
    trouble.value = null;
    open.value = open.value === id ? null : id;
  };
  if (shows === "people") {
    const people = peopleOf(answer.devices).filter(({ name }) => matches(find, [name]));
    if (people.length === 0)
      return <Nothing find={find} none={t`Nobody has signed in here yet.`} />;
    return (
      <ul class="leave-list" aria-label={t`People who may record`}>
        {people.map((person) => (
          <PersonRow
            key={person.staff_id}
            person={person}
            who={who}
            open={open.value === person.staff_id}
            onOpen={() => toggle(person.staff_id)}
          />
        ))}
      </ul>
    );
  }
  const found = inUseFirst(answer.devices).filter((device) =>
    matches(find, [labelOf(device), ...device.people.map(({ name }) => name)]),
  );
  if (found.length === 0)
    return <Nothing find={find} none={t`No tablet has signed in here yet.`} />;
  return (
    <ul class="leave-list" aria-label={t`Tablets of the school`}>
      {found.map((device) => (
        <TabletRow
          key={device.device_id}
          device={device}
          who={who}
          board={board.value}
          open={open.value === device.device_id}
          onOpen={() => toggle(device.device_id)}
        />
      ))}
    </ul>
  );
}

function Nothing({ find, none }: { find: string; none: string }) {
  return (
    <p class="leave-none" role="status">
      {find.trim() ? t`Nothing here is called “${find.trim()}”.` : none}
    </p>
  );
}

interface ListsProps {
  answer: Devices;
  who: SignedInAs;
  shows: Shows;
  find: string;
}

function Here({ answer, who }: { answer: Devices; who: SignedInAs }) {
  const shows = useSignal<Shows>("tablets");
  const find = useSignal("");
  const said = useRef<HTMLDivElement>(null);
  const what = done.value;
  useLayoutEffect(() => {
    if (what) said.current?.focus();
  }, [what]);
  return (
    <div class="leave">
      <div class="leave-choose">
        <Switch
          label={t`Show`}
          value={shows.value}
          choices={[
            { value: "tablets", icon: "tablet", words: t`Tablets` },
            { value: "people", words: t`People` },
          ]}
          onChange={(value) => {
            shows.value = value;
          }}
        />
        <Line
          label={t`Find a tablet or a person`}
          value={find.value}
          onInput={(value) => {
            find.value = value;
          }}
        />
      </div>
      <div class="leave-done" role="status" ref={said} tabIndex={-1}>
        {done.value && (
          <Banner kind="calm" icon="tick" action={undo.value && <Undo take={undo.value} />}>
            {done.value}
          </Banner>
        )}
      </div>
      <Lists answer={answer} who={who} shows={shows.value} find={find.value} />
    </div>
  );
}

function Undo({ take }: { take: () => Promise<boolean> }) {
  return (
    <Button kind="plain" size="desk" icon="undo" busy={busy.value} onPress={() => void take()}>
      {t`Undo`}
    </Button>
  );
}

export function TabletsPage({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  useLayoutEffect(() => {
    done.value = null;
    undo.value = null;
    trouble.value = null;
    void fetchDevices(school_id);
  }, [school_id]);
  const loaded = devices.value;
  const lead =
    loaded.is === "here"
      ? t`${plural(loaded.answer.devices.length, "tablet or browser", "tablets and browsers")} signed in at ${who.school.name}.`
      : t`Every tablet and browser that signed in here.`;
  return (
    <main class="desk-main">
      <PageHead title={t`Tablets and people`} lead={lead} />
      {loaded.is === "loading" && (
        <p class="desk-starting" role="status">
          {t`Fetching the tablets`}
        </p>
      )}
      {loaded.is === "failed" && (
        <NotFetched why={loaded.why} again={() => void fetchDevices(school_id)} />
      )}
      {loaded.is === "here" && <Here answer={loaded.answer} who={who} />}
    </main>
  );
}

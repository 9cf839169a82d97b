/** What waits for a person, and the way in for a tablet's exported file. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { clockTime, ms, schoolDate, shortDate } from "../core/dates.ts";
import { Banner, Button, Icon } from "../ui/parts.ts";
import type { HeldItem } from "../wire.ts";
import { board, held } from "./desk.ts";
import { bringIn, type Said } from "./handover.ts";
import { openRoll } from "./roll.ts";
import { authorOf, heldWords } from "./words.ts";

/** "Friday's" times are told with their date, today's without. */
function when(at: string, zone: string): string {
  const on = schoolDate(ms(at), zone);
  return on === board.value?.on ? clockTime(at, zone) : `${shortDate(on)}, ${clockTime(at, zone)}`;
}

function whichRoll(item: HeldItem): string {
  const shown = board.value;
  const roll = shown?.rolls.find(({ roll_id }) => roll_id === item.roll_id);
  const section = shown?.sections.find(({ section_id }) => section_id === roll?.section_id);
  return [roll?.period_name, section?.title].filter(Boolean).join(", ");
}

function Item({ item, zone }: { item: HeldItem; zone: string }) {
  const { roll_id } = item;
  const which = whichRoll(item);
  return (
    <li class="held-item">
      <p>
        <b>{authorOf(item)}</b>
        {which && `, ${which}`}. Taken {when(item.taken_at, zone)}, received{" "}
        {when(item.received_at, zone)}.
      </p>
      <p>Held, because {heldWords(item.reason)}</p>
      {roll_id && item.reason !== "unknown_roll" && (
        <Button kind="quiet" size="desk" icon="forward" onPress={() => openRoll(roll_id)}>
          Open the roll
        </Button>
      )}
    </li>
  );
}

function Import({ school }: { school: string }) {
  const input = useRef<HTMLInputElement>(null);
  const said = useSignal<Said | null>(null);
  const busy = useSignal(false);

  async function read(file: File | undefined) {
    if (!file) return;
    busy.value = true;
    said.value = await bringIn(school, file);
    busy.value = false;
    if (input.current) input.current.value = "";
  }

  return (
    <section class="handover">
      <h2>From a tablet’s file</h2>
      <p>
        Where a tablet cannot reach the school, its teacher can save the waiting rolls as a file.
        Bring it in here. Doing it twice changes nothing.
      </p>
      <input
        ref={input}
        class="unseen"
        type="file"
        accept="application/json,.json"
        aria-label="A tablet’s exported file"
        tabIndex={-1}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <Button
        kind="plain"
        size="desk"
        icon="upload"
        busy={busy.value}
        onPress={() => input.current?.click()}
      >
        {busy.value ? "Reading the file" : "Choose a file"}
      </Button>
      <div role="status">
        {said.value && (
          <Banner
            kind={said.value.good ? "calm" : "refused"}
            icon={said.value.good ? "tick" : "warn"}
          >
            {said.value.words}
          </Banner>
        )}
      </div>
    </section>
  );
}

export function HeldList({ zone, school }: { zone: string; school: string }) {
  const items = held.value;
  return (
    <>
      {items.length > 0 ? (
        <ol class="held-items">
          {items.map((item) => (
            <Item key={item.op_id} item={item} zone={zone} />
          ))}
        </ol>
      ) : (
        <p class="panel-none">
          <Icon name="tick" /> Every entry the school received is on its roll.
        </p>
      )}
      <Import school={school} />
    </>
  );
}

/** The rows of a bell schedule, to be written by keyboard: Enter goes on, a row is added below. */

import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import { type BellsDraft, changed, overlapsOf, type Row, withoutRow, withRow } from "./bells.ts";
import { busy, putAway } from "./change.ts";
import { Line } from "./sheets-day.tsx";

const COLUMNS = [
  { name: "period", words: t`Period`, type: "text" },
  { name: "name", words: t`Name`, type: "text" },
  { name: "starts_time", words: t`Starts`, type: "time" },
  { name: "ends_time", words: t`Ends`, type: "time" },
] as const;

const TIME = { type: "time" } as const;
const TEXT = { type: "text" } as const;

interface RowProps {
  row: Row;
  place: number;
  onWrite: (some: Partial<Row>) => void;
  onRemove: () => void;
}

function RowFields({ row, place, onWrite, onRemove }: RowProps) {
  const which = t`row ${place + 1}`;
  return (
    <tr>
      {COLUMNS.map(({ name, words, type }) => (
        <td key={name}>
          <input
            class={`ask-input bells-${name}`}
            {...(type === "time" ? TIME : TEXT)}
            autocomplete="off"
            aria-label={`${words}, ${which}`}
            value={row[name]}
            onInput={(event) => onWrite({ [name]: event.currentTarget.value })}
          />
        </td>
      ))}
      <td>
        <Button
          kind="quiet"
          size="desk"
          icon="cross"
          label={t`Take ${row.name.trim() || which} out`}
          onPress={onRemove}
        />
      </td>
    </tr>
  );
}

function Overlaps({ draft }: { draft: BellsDraft }) {
  const overlaps = overlapsOf(draft);
  if (overlaps.length === 0) return null;
  return (
    <Banner kind="held" icon="warn">
      <b>{t`Bells overlap.`}</b> {t`${overlaps.join(" ")} Leave it so only where that is meant.`}
    </Banner>
  );
}

export interface BellsEditorProps {
  draft: Signal<BellsDraft>;
  trouble: string | null;
  onAsk: () => void;
  onClose: () => void;
}

export function BellsEditor({ draft, trouble, onAsk, onClose }: BellsEditorProps) {
  const form = useRef<HTMLFormElement>(null);
  const now = draft.value;
  const write = (next: BellsDraft) => {
    putAway();
    draft.value = next;
  };
  const focusRow = (place: number) =>
    queueMicrotask(() =>
      form.current?.querySelectorAll<HTMLElement>(".bells-period")[Math.max(0, place)]?.focus(),
    );
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  return (
    <form
      class="bells-form"
      aria-label={now.isNew ? t`New bell schedule` : t`Bells of ${now.name}`}
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      {now.isNew && (
        <Line label={t`Name`} value={now.name} onInput={(name) => write({ ...now, name })} />
      )}
      <table class="bells-rows">
        <thead>
          <tr>
            {COLUMNS.map(({ name, words }) => (
              <th key={name} scope="col">
                {words}
              </th>
            ))}
            <th scope="col">
              <span class="unseen">{t`Take out`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {now.rows.map((row, place) => (
            <RowFields
              key={row.key}
              row={row}
              place={place}
              onWrite={(some) => write(changed(now, row.key, some))}
              onRemove={() => {
                write(withoutRow(now, row.key));
                focusRow(Math.min(place, now.rows.length - 2));
              }}
            />
          ))}
        </tbody>
      </table>
      <div class="effect-does">
        <Button
          kind="plain"
          size="desk"
          icon="plus"
          onPress={() => {
            write(withRow(now));
            focusRow(now.rows.length);
          }}
        >
          {t`Add a period`}
        </Button>
      </div>
      <Overlaps draft={now} />
      <p class="ask-error" role="alert">
        {trouble}
      </p>
      <div class="effect-does">
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`See what it moves`}
        </Button>
        <Button kind="plain" size="desk" onPress={onClose}>
          {t`Close without change`}
        </Button>
      </div>
    </form>
  );
}

/** What people disagree about: safety first, then the oldest, each with one-tap answers. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { isSafety, type Row } from "./contested.ts";
import {
  failed,
  fetched,
  listed,
  loadSettled,
  open,
  putAway,
  refreshContested,
  settledKnown,
  settledToday,
} from "./contested-desk.ts";
import { Item } from "./contested-item.tsx";
import { PageHead } from "./page.tsx";

function things(count: number): string {
  if (count === 0) return t`Nothing needs a person`;
  return count === 1 ? t`1 thing needs a person` : t`${count} things need a person`;
}

/** Up and down lead from one to the next, wherever in an item the focus is. */
function onArrow(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const target = event.target as HTMLElement;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || target.closest("input, textarea, dialog")) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-item]")];
  const here = items.findIndex((item) => item.contains(target));
  const next = items[here + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface GroupProps {
  title: string;
  lead: string;
  rows: readonly Row[];
  who: SignedInAs;
  current: string | undefined;
  onFocus: (key: string) => void;
}

function Group({ title, lead, rows, who, current, onFocus }: GroupProps) {
  if (rows.length === 0) return null;
  return (
    <section class="group" aria-label={title}>
      <h2 class="group-title">
        {title} <span class="group-lead">{lead}</span>
      </h2>
      <ul>
        {rows.map((row) => (
          <Item
            key={row.key}
            row={row}
            who={who}
            current={row.key === current}
            onFocus={() => onFocus(row.key)}
          />
        ))}
      </ul>
    </section>
  );
}

const NO_FAMILY = t`Nothing goes to the families until these are settled. Call the room.`;

function List({ shown, who }: { shown: readonly Row[]; who: SignedInAs }) {
  const focused = useSignal<string | null>(null);
  const current = shown.find(({ key }) => key === focused.value)?.key ?? shown[0]?.key;
  const safety = shown.filter(({ item }) => isSafety(item));
  const others = shown.filter(({ item }) => !isSafety(item));
  const count = (rows: readonly Row[]) => rows.filter(({ settled }) => !settled).length;
  const onFocus = (key: string) => {
    focused.value = key;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows are an offer beside Tab
    <div onKeyDown={onArrow}>
      <Group
        title={t`Safety: someone may be missing`}
        lead={`${count(safety)}. ${NO_FAMILY}`}
        {...{ rows: safety, who, current, onFocus }}
      />
      <Group
        title={safety.length > 0 ? t`Other disagreements` : t`Disagreements`}
        lead={String(count(others))}
        {...{ rows: others, who, current, onFocus }}
      />
    </div>
  );
}

function Nothing() {
  return (
    <Empty icon="tick" title={t`Nobody disagrees`}>
      <p>
        {t`Where two people say different things of a student, it is told here, and you can settle it.`}
      </p>
    </Empty>
  );
}

function Body({ showSettled, who }: { showSettled: boolean; who: SignedInAs }) {
  if (failed.value)
    return (
      <Empty icon="warn" title={t`The list cannot be shown`}>
        <p>{failed.value}</p>
      </Empty>
    );
  if (!fetched.value) return <p class="desk-starting">{t`Fetching the list`}</p>;
  const shown = showSettled ? settledToday.value : listed.value;
  if (shown.length > 0) return <List shown={shown} who={who} />;
  return showSettled ? (
    <p class="desk-starting">{t`Nothing was settled here today.`}</p>
  ) : (
    <Nothing />
  );
}

export function ContestedPage({ who }: { who: SignedInAs }) {
  const showSettled = useSignal(false);
  useEffect(() => {
    void refreshContested(who);
    return putAway;
  }, [who]);
  const settled = settledToday.value.length;
  return (
    <main class="desk-main desk-scrolls">
      <PageHead
        title={things(open.value.length)}
        lead={t`Safety first, then oldest first. What stands now was chosen by rule; your choice is kept with your name, and nobody’s word is deleted.`}
      >
        <Button
          kind="plain"
          size="desk"
          pressed={showSettled.value}
          onPress={() => {
            showSettled.value = !showSettled.value;
            if (showSettled.value) void loadSettled(who);
          }}
        >
          {settled > 0 || settledKnown.value ? t`Settled today, ${settled}` : t`Settled today`}
        </Button>
      </PageHead>
      <Body showSettled={showSettled.value} who={who} />
      <p class="keys-hint">
        <kbd>↑</kbd> <kbd>↓</kbd> {t`move ·`} <kbd>P</kbd> {t`present ·`} <kbd>A</kbd> {t`absent ·`}{" "}
        <kbd>L</kbd> {t`late ·`} <kbd>K</kbd> {t`keep ·`} <kbd>T</kbd> {t`take ·`} <kbd>C</kbd>{" "}
        {t`call ·`} <kbd>U</kbd> {t`undo`}
      </p>
    </main>
  );
}

/** One contested mark: what was said, what stands, and the answers. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { clockTime, ms, schoolDate, weekday } from "../core/dates.ts";
import { strong } from "../core/spans.ts";
import { saidSentences } from "../core/story.ts";
import { t, told } from "../core/t.ts";
import { Icon, Said } from "../ui/parts.ts";
import type { ContestedItem, SignedInAs } from "../wire.ts";
import { roomWords } from "./board.ts";
import { factsOf, isSafety, type Row, type Settled, standing, usualReason } from "./contested.ts";
import { Answers } from "./contested-answers.tsx";
import { said, settle } from "./contested-desk.ts";
import { now } from "./desk.ts";
import { LateSheet } from "./late-sheet.tsx";
import { fullName } from "./marks.ts";
import type { Answer } from "./rule.ts";
import { Sentences } from "./sentences.tsx";

/** "16 min", "2 h 5 min", "since Friday 3:02". */
export function sinceWords(since: string, at: number, zone: string): string {
  const minutes = Math.max(0, Math.floor((at - ms(since)) / 60_000));
  const on = schoolDate(ms(since), zone);
  if (on !== schoolDate(at, zone)) return t`since ${weekday(on)} ${clockTime(since, zone)}`;
  if (minutes < 1) return t`since a moment ago`;
  if (minutes < 60) return t`for ${minutes} min`;
  return t`for ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function whereOf({ roll, section }: ContestedItem, at: number, zone: string): string {
  const day = roll.on === schoolDate(at, zone) ? "" : `${weekday(roll.on)}, `;
  const room = section.room ? roomWords(section.room) : "";
  return [`${day}${roll.period_name}`, section.title, room].filter(Boolean).join(", ");
}

function Calls({ item }: { item: ContestedItem }) {
  const { teachers, section } = item;
  if (teachers.length === 0)
    return (
      <p class="item-call">
        {t`No teacher is assigned.`} {section.room && roomWords(section.room)}
      </p>
    );
  return (
    <ul class="item-call" aria-label={t`Whom to call`}>
      {teachers.map(({ staff_id, name, room, extension }) => (
        <li key={staff_id}>
          <b>{name}</b>: {room ? roomWords(room) : t`no room known`},{" "}
          {extension ? t`ext. ${extension}` : t`no extension known`}
        </li>
      ))}
    </ul>
  );
}

function SettledWords({ settled, zone }: { settled: Settled; zone: string }) {
  const who = settled.mine ? t`You` : settled.by;
  const at = clockTime(settled.at, zone);
  return settled.undone ? (
    <p>{t`Taken back. ${settled.stands} was the answer.`}</p>
  ) : (
    <p>
      <span class="icon-settled">
        <Icon name="tick" />
      </span>{" "}
      <Said of={told`${who} settled it at ${at}: ${strong(settled.stands)}.`} />
    </p>
  );
}

function Stands({ row, zone }: { row: Row; zone: string }) {
  const { item, settled } = row;
  return (
    <div class="item-stands" role="status">
      {settled ? (
        <SettledWords settled={settled} zone={zone} />
      ) : (
        <p>
          <b class="item-value">{t`${standing(item.mark, item.roll.starts_at)} stands`}</b>
          <span class="item-since">{sinceWords(item.since, now.value, zone)}</span>
        </p>
      )}
    </div>
  );
}

interface StoryProps {
  item: ContestedItem;
  who: SignedInAs;
  heading: string;
}

function Story({ item, who, heading }: StoryProps) {
  return (
    <>
      <h3 id={heading} class="item-name">
        {isSafety(item) && <span class="unseen">{t`Safety:`} </span>}
        <b>{fullName(item.student)}</b>{" "}
        <span class="item-where">{whereOf(item, now.value, who.school.zone)}</span>
      </h3>
      <p>
        <Sentences of={saidSentences(factsOf(item, who))} />
      </p>
    </>
  );
}

interface ItemProps {
  row: Row;
  who: SignedInAs;
  current: boolean;
  onFocus: () => void;
}

function Reason({ value, onInput }: { value: string; onInput: (words: string) => void }) {
  const changing = useSignal(false);
  return changing.value ? (
    <label class="item-reason">
      <span>{t`Why, kept with your answer`}</span>
      <input
        class="field-input"
        value={value}
        maxLength={500}
        required
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  ) : (
    <p class="item-reason">
      {t`Why: “${value}”.`}{" "}
      <button
        type="button"
        class="link"
        onClick={() => {
          changing.value = true;
        }}
      >
        {t`Change the words`}
      </button>
    </p>
  );
}

/** Which letter presses which button; typing into a field is not an answer. */
function pressed(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const target = event.target as HTMLElement;
  const isElsewhere = target.closest("input, textarea, dialog") !== null;
  if (isElsewhere || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const chosen =
    key === "Enter" && target === event.currentTarget
      ? event.currentTarget.querySelector<HTMLElement>("[data-answer] button")
      : event.currentTarget.querySelector<HTMLElement>(`[data-answer="${CSS.escape(key)}"] button`);
  if (!chosen) return;
  event.preventDefault();
  if (key === "Enter") chosen.focus();
  else chosen.click();
}

export function Item({ row, who, current, onFocus }: ItemProps) {
  const { item, settled, key } = row;
  const { zone } = who.school;
  const reason = useSignal(usualReason(item));
  const calling = useSignal(false);
  const late = useSignal(false);
  const self = useRef<HTMLLIElement>(null);
  const why = reason.value.trim();
  const heading = `name-${key.replace(/[^0-9a-z]/gu, "-")}`;

  async function give(answer: Answer) {
    late.value = false;
    if (why === "") {
      said.value = { key, words: t`Write why first: the reason is kept with your answer.` };
      return;
    }
    const done = await settle(item, answer, why, who);
    if (done) self.current?.focus({ preventScroll: true });
  }

  return (
    <li
      ref={self}
      class={`item${isSafety(item) ? " item-safety" : ""}${settled ? " item-settled" : ""}`}
      aria-labelledby={heading}
      tabIndex={current ? 0 : -1}
      data-item={key}
      onFocus={onFocus}
      onKeyDown={pressed}
    >
      <Icon name={isSafety(item) ? "warn" : "rings"} />
      <div class="item-story">
        <Story item={item} who={who} heading={heading} />
        {!settled && (
          <Reason
            value={reason.value}
            onInput={(words) => {
              reason.value = words;
            }}
          />
        )}
        {calling.value && <Calls item={item} />}
        {said.value?.key === key && (
          <p class="item-said" role="alert">
            {said.value.words}
          </p>
        )}
      </div>
      <Stands row={row} zone={zone} />
      <Answers
        row={row}
        who={who}
        calling={calling.value}
        onAnswer={(answer) => void give(answer)}
        onLate={() => {
          late.value = true;
        }}
        onCall={() => {
          calling.value = !calling.value;
        }}
      />
      {late.value && (
        <LateSheet
          name={fullName(item.student)}
          starts_at={item.roll.starts_at}
          zone={zone}
          onClose={() => {
            late.value = false;
          }}
          onChoose={(arrived_at) => void give({ presence: "late", arrived_at })}
        />
      )}
    </li>
  );
}

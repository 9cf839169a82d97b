/** For you: what needs an answer, what the office changed and why, what stands as it was sent. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Inbox, Question, Settled } from "../core/inbox.ts";
import {
  answeredWords,
  fullName,
  heldContent,
  heldTitle,
  placeWords,
  subWords,
  waitsWords,
} from "../core/inbox-words.ts";
import { t } from "../core/t.ts";
import { heldWords, lineWords, plural } from "../core/words.ts";
import { Button, Empty, Icon, Screen, SyncLine, Told } from "../ui/parts.ts";

import { CountersignItem } from "./countersign.tsx";
import { undoAnswer } from "./inbox-actions.ts";
import { Answers } from "./inbox-answers.tsx";
import { Item, storyFor, Thing } from "./inbox-item.tsx";
import { AskingSheet } from "./inbox-sheets.tsx";
import { inbox, lastAnswer, needed } from "./inbox-state.ts";
import { OfTheTablet } from "./notices.tsx";
import { habits } from "./quick.ts";
import { QuickHabits } from "./quick.tsx";
import { goToday } from "./route.ts";
import { contact, today, wall } from "./state.ts";
import { atHere } from "./times.ts";

/** How new this is; without network the banner says it. */
function UpToDate() {
  const { last, lostSince } = contact.value;
  if (last === null || lostSince !== null) return null;
  return (
    <p class="up-to-date">
      <Icon name="tick" />
      {t`Up to date ${atHere(last)}`}
    </p>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="group">
      <h2>{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

/** An answer of today: taken back while it is here, given again after it has left. */
function SettledLine({ settled, after }: { settled: Settled; after?: string }) {
  const { entry, question } = settled;
  const again = useSignal(false);
  const line = lineWords(entry.step);
  const here = entry.step === "draft" && (entry.not_before ?? 0) > wall.value;
  return (
    <li class="settled">
      <div class="settled-said">
        <p class="thing-place">{placeWords(question.roll, question.section, today.value)}</p>
        <p>
          <b>{fullName(question)}.</b> {answeredWords(entry, question)} {after}
        </p>
        <SyncLine step={line.step} text={line.text} />
      </div>
      {here ? (
        <Button kind="plain" size="strip" icon="undo" onPress={() => void undoAnswer(entry)}>
          {t`Undo`}
        </Button>
      ) : (
        <Button
          kind="quiet"
          size="strip"
          pressed={again.value}
          onPress={() => {
            again.value = !again.value;
          }}
        >
          {t`Answer again`}
        </Button>
      )}
      {again.value && <Answers question={question} />}
    </li>
  );
}

function SettledToday({ all }: { all: readonly Settled[] }) {
  if (all.length === 0) return null;
  return (
    <Group title={t`Settled today: ${all.length}`}>
      {all.map((settled) => (
        <SettledLine key={settled.entry.id} settled={settled} />
      ))}
      <li class="quiet group-foot">
        {t`Anything you settle here can be answered otherwise for the rest of the day.`}
      </li>
    </Group>
  );
}

function WithOthers({ all }: { all: readonly Settled[] }) {
  if (all.length === 0) return null;
  return (
    <Group title={t`With somebody else now`}>
      {all.map(({ question, entry }) => (
        <SettledLine
          key={question.key}
          settled={{ question, entry }}
          after={waitsWords(question)}
        />
      ))}
    </Group>
  );
}

function Held({ inbox: { held } }: { inbox: Inbox }) {
  return (
    <>
      {held.map((item) => (
        <Thing key={item.op_id} icon="pause" place={t`Held by the office`} title={heldTitle(item)}>
          <p>
            {t`${heldContent(item)}. ${heldWords(item.reason, item.detail)} The school has it; nothing is asked of you.`}
          </p>
        </Thing>
      ))}
    </>
  );
}

function Explained({ all }: { all: readonly Question[] }) {
  if (all.length === 0) return null;
  return (
    <details class="kept-marks">
      <summary>{t`${plural(all.length, "mark")} explained by the office`}</summary>
      <ul>
        {all.map((question) => (
          <li key={question.key}>
            <p class="thing-place">{placeWords(question.roll, question.section, today.value)}</p>
            <p>
              <b>{fullName(question)}</b>
            </p>
            <Told story={storyFor(question)} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Kept({ inbox: { kept } }: { inbox: Inbox }) {
  const count = kept.reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return null;
  return (
    <details class="kept-marks">
      <summary>
        {count === 1 ? t`1 mark stands as you sent it` : t`${count} marks stand as you sent them`}
      </summary>
      <ul>
        {kept.map(({ roll, section, count: here }) => (
          <li key={roll.roll_id}>
            {placeWords(roll, section, today.value)}: {plural(here, "mark")}
          </li>
        ))}
      </ul>
    </details>
  );
}

function NothingNeeded() {
  return (
    <Empty icon="tick" title={t`Nothing needs you`}>
      <p>{t`Where somebody sees a student otherwise than you did, you will be asked here.`}</p>
    </Empty>
  );
}

function Needs({ all }: { all: Inbox }) {
  return (
    <ul class="things">
      <QuickHabits />
      {all.needs.map((question) => (
        <Item key={question.key} question={question}>
          <Answers question={question} />
        </Item>
      ))}
      {all.countersign.map((one) => (
        <CountersignItem key={one.roll.roll_id} of={one} />
      ))}
      <Held inbox={all} />
    </ul>
  );
}

/** An answered item leaves with the button that was pressed: who reads by keyboard goes on here. */
function useFocusKept(all: Inbox | null) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (lastAnswer.value && document.activeElement === document.body) top.current?.focus();
  }, [all, lastAnswer.value]);
  return top;
}

export function InboxScreen() {
  const all = inbox.value;
  const top = useFocusKept(all);
  if (!all) return null;
  const count = needed.value;
  const asked = habits.value.length;
  return (
    <>
      <Screen
        title={t`For you`}
        sub={count === 0 && asked > 0 ? plural(asked, "question") : subWords(all, count)}
        back={{ label: t`Back`, onPress: goToday }}
        tools={<UpToDate />}
        banner={<OfTheTablet everything={false} />}
      >
        <div ref={top} tabIndex={-1} class="inbox-top">
          {count === 0 && asked === 0 && <NothingNeeded />}
          <Needs all={all} />
          <WithOthers all={all.waits} />
          <SettledToday all={all.settled} />
          <Explained all={all.explained} />
          <Kept inbox={all} />
        </div>
      </Screen>
      <p class="for-ears" role="status">
        {lastAnswer.value}
      </p>
      <AskingSheet />
    </>
  );
}

/** What does not fit together on a day: each with its evidence, a next step, and who looked. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { longDate, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button, Empty, Icon } from "../ui/parts.ts";
import type { Contradiction, Contradictions, NextStep, SignedInAs } from "../wire.ts";
import { beginRadar, lookAgain, radar, radarTrouble, say } from "./contradictions.ts";
import { done, isRuling, makeStep, stepping, undoStep } from "./contradictions-steps.ts";
import {
  countWords,
  factsWords,
  kindWords,
  saidWords,
  stepWords,
  whoWords,
} from "./contradictions-words.ts";
import { now } from "./desk.ts";
import { DeskLeaves } from "./front-desk-leaves.tsx";
import { PageHead } from "./page.tsx";
import { Shown } from "./report-parts.tsx";
import { go, route } from "./route.ts";
import { DayField, Line } from "./sheets-day.tsx";
import "./front-desk.css";

const EMPTY_WHY = t`Write why it is set aside: the reason is kept with your name.`;

interface OneProps {
  one: Contradiction;
  on: string;
  who: SignedInAs;
}

function Does({ one, who }: OneProps) {
  const why = useSignal<string | null>(null);
  const school = who.school.school_id;
  const about = whoWords(one);
  if (one.state !== "open")
    return (
      <Button
        kind="quiet"
        size="desk"
        label={t`Open again: ${about}`}
        onPress={() => void say(school, one, "open")}
      >
        {t`Open again`}
      </Button>
    );
  if (why.value === null)
    return (
      <div class="desk-line-does">
        <Button
          kind="plain"
          size="desk"
          label={t`Looked at: ${about}`}
          onPress={() => void say(school, one, "looked_at")}
        >
          {t`Looked at`}
        </Button>
        <Button
          kind="quiet"
          size="desk"
          label={t`Set aside: ${about}`}
          onPress={() => {
            why.value = "";
          }}
        >
          {t`Set aside`}
        </Button>
      </div>
    );
  const aside = () => {
    const words = (why.value ?? "").trim();
    if (words === "") radarTrouble.value = EMPTY_WHY;
    else void say(school, one, "set_aside", words);
  };
  return (
    <form
      class="desk-line"
      aria-label={t`Why ${about} is set aside`}
      onSubmit={(event) => {
        event.preventDefault();
        aside();
      }}
    >
      <Line
        label={t`Why it is set aside`}
        value={why.value}
        onInput={(value) => {
          why.value = value;
        }}
      />
      <div class="desk-line-does">
        <Button kind="main" size="desk" type="submit">
          {t`Set aside`}
        </Button>
        <Button
          kind="quiet"
          size="desk"
          onPress={() => {
            why.value = null;
          }}
        >
          {t`Cancel`}
        </Button>
      </div>
    </form>
  );
}

/** A ruling is one press; else the step leads to where it can be done. */
function NextThing({ one, step, on, who }: OneProps & { step: NextStep }) {
  const words = stepWords(step, who.school.zone);
  if (isRuling(step))
    return (
      <Button
        kind="plain"
        size="desk"
        busy={stepping.value}
        label={`${words} ${whoWords(one)}`}
        onPress={() => void makeStep(who.school.school_id, on, one, step)}
      >
        {words.replace(/\.$/u, "")}
      </Button>
    );
  if (step.do === "end_notice") return <a href="#/front-desk/ahead">{words}</a>;
  if (step.roll_id) return <a href={`#/board/${on}?roll=${step.roll_id}`}>{words}</a>;
  return <>{words}</>;
}

function Steps(props: OneProps) {
  return (
    <ul class="radar-steps">
      {props.one.steps.map((step) => (
        <li key={`${step.do} ${step.roll_id}`}>
          <NextThing {...props} step={step} />
        </li>
      ))}
    </ul>
  );
}

/** What the last press ruled, with the way back. */
function LastStep({ school, on }: { school: string; on: string }) {
  const last = done.value;
  return (
    <div class="clearing-saved" role="status">
      {last && (
        <>
          <p>{last.words}</p>
          {last.back && (
            <Button
              kind="plain"
              size="desk"
              icon="undo"
              busy={stepping.value}
              onPress={() => void undoStep(school, on)}
            >
              {t`Undo`}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function One({ one, on, who }: OneProps) {
  const { zone } = who.school;
  return (
    <li class={`radar${one.urgent ? " radar-urgent" : ""}`}>
      <div class="radar-says">
        <h2>
          {one.urgent && <Icon name="warn" />}
          <b>{whoWords(one)}</b> {kindWords(one.kind)}
        </h2>
        <ul class="radar-facts">
          {factsWords(one, zone).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <Steps one={one} on={on} who={who} />
        <p class="desk-visit-says">{saidWords(one, zone)}</p>
      </div>
      <Does one={one} on={on} who={who} />
    </li>
  );
}

function List({ told, who }: { told: Contradictions; who: SignedInAs }) {
  if (told.findings.length === 0)
    return (
      <Empty icon="tick" title={t`Everything fits together`}>
        <p>
          {told.rolls === 0
            ? t`No roll was taken on ${longDate(told.on)}: a roll that is not there says nothing.`
            : t`${plural(told.rolls, "roll")} of ${longDate(told.on)} say nothing against each other, the desks or the notices.`}
        </p>
      </Empty>
    );
  const waiting = (one: Contradiction) => (one.state === "open" ? 0 : 1);
  const sorted = [...told.findings].sort((a, b) => waiting(a) - waiting(b));
  return (
    <ul class="radars" aria-label={t`What does not fit together`}>
      {sorted.map((one) => (
        <One key={one.key} one={one} on={told.on} who={who} />
      ))}
    </ul>
  );
}

export function ContradictionsPage({ who }: { who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const on = route.value.part;
  useLayoutEffect(() => {
    done.value = null;
    beginRadar(school_id, on);
  }, [school_id, on]);
  const loaded = radar.value;
  return (
    <main class="desk-main front">
      <DeskLeaves here="contradictions" />
      <PageHead
        title={loaded.is === "here" ? countWords(loaded.answer.findings) : t`Contradictions`}
        lead={t`Each is a question to somebody who was there. Nothing is changed by itself.`}
      >
        <DayField
          on={on ?? schoolDate(now.value, zone)}
          onChoose={(day) => go("contradictions", day)}
        />
        <Button kind="plain" size="desk" onPress={() => void lookAgain(school_id, on)}>
          {t`Look again`}
        </Button>
      </PageHead>
      <p class="front-trouble radar-trouble" role="alert">
        {radarTrouble.value}
      </p>
      <LastStep school={school_id} on={on ?? schoolDate(now.value, zone)} />
      <Shown loaded={loaded} waiting={t`Looking through the day`}>
        {(told) => <List told={told} who={who} />}
      </Shown>
    </main>
  );
}

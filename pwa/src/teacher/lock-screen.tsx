/** Who is taking roll? Everybody of this tablet by name, and nobody's students. */

import { useSignal, useSignalEffect } from "@preact/signals";
import { useState } from "preact/hooks";
import { clockTime } from "../core/dates.ts";
import { initials, type Person, waitingOf } from "../core/person.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { noteLock } from "../device/people.ts";
import { tryPin } from "../device/vault.ts";
import { Button, Icon, LanguageChoice, SyncLine } from "../ui/parts.ts";
import { askSignIn, asksPass, takeTurn } from "./door.ts";
import { chooseLanguage, pressedBefore, speakAs } from "./language.ts";
import { PinPad } from "./pin-pad.tsx";
import { entries, people, session } from "./state.ts";
import { awaited } from "./target.ts";

function Waits({ person }: { person: Person }) {
  const count = waitingOf(entries.value, person.staff_id);
  if (count > 0) return <SyncLine step="saved" text={t`${plural(count, "roll")} waiting here`} />;
  if (person.until) return <span>{t`Pass ends ${clockTime(person.until, person.zone)}`}</span>;
  return <span>{t`Nothing waiting`}</span>;
}

function Row({ person, chosen, onChoose }: RowProps) {
  return (
    <li>
      <button type="button" class="person" aria-pressed={chosen} onClick={onChoose}>
        <span class="person-mark" aria-hidden="true">
          {initials(person.name)}
        </span>
        <span class="person-who">
          <b>{person.role === "substitute" ? t`${person.name}, substitute` : person.name}</b>
          <Waits person={person} />
        </span>
        <Icon name="forward" />
      </button>
    </li>
  );
}

interface RowProps {
  readonly person: Person;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

/** Opens what the tablet may open by itself; else the pad or the sign-in. */
function begin(person: Person): void {
  if (person.lock === "device") void takeTurn(person);
  else if (person.lock === "gone") askSignIn(person);
}

const TRIED: Record<"wrong" | "last", (left: number) => string> = {
  wrong: (left) => t`That is not the PIN. ${left} tries left.`,
  last: () => t`That is not the PIN. After one more wrong one the password is needed.`,
};

function Pad({ person }: { person: Person }) {
  const error = useSignal("");
  const onPin = async (pin: string) => {
    const end = await tryPin(person.staff_id, pin);
    if (end === "open") return takeTurn(person);
    if (end === "gone") await noteGone(person);
    else if (typeof end === "number") error.value = TRIED[end === 1 ? "last" : "wrong"](end);
  };
  return (
    <>
      <PinPad
        title={t`${person.name}, your PIN`}
        lead={t`Works without network`}
        error={error.value}
        onPin={onPin}
      />
      <Button kind="quiet" onPress={() => askSignIn(person)}>
        {t`Forgot it`}
      </Button>
    </>
  );
}

async function noteGone(person: Person): Promise<void> {
  people.value = await noteLock(person.staff_id, "gone");
}

/** After five wrong ones, or where a person never had names here. */
function NoKey({ person }: { person: Person }) {
  return (
    <section class="pin">
      <h2>{person.name}</h2>
      <p class="pin-lead">
        {t`The class lists are no longer on this tablet. Rolls waiting here are safe and go to the school by themselves. Sign in to fetch the lists again.`}
      </p>
      <Button kind="main" onPress={() => askSignIn(person)}>
        {t`Sign in`}
      </Button>
    </section>
  );
}

export function LockScreen() {
  const [pressed] = useState(pressedBefore);
  const chosen = useSignal(awaited.value ?? pressed ?? session.value?.staff_id ?? null);
  useSignalEffect(() => {
    if (awaited.value === null) return;
    chosen.value = awaited.value;
    const next = people.value.find(({ staff_id }) => staff_id === awaited.value);
    // Once: where her words cannot be fetched the page would turn for ever.
    if (next && pressed !== next.staff_id) speakAs(next);
  });
  const all = people.value;
  const person = all.find(({ staff_id }) => staff_id === chosen.value);
  const choose = (next: Person) => {
    chosen.value = next.staff_id;
    if (!speakAs(next)) begin(next);
  };
  return (
    <div class="welcome lock">
      <header class="welcome-side">
        <h1>{t`Who is taking roll?`}</h1>
        <ul class="people">
          {all.map((each) => (
            <Row
              key={each.staff_id}
              person={each}
              chosen={each === person}
              onChoose={() => choose(each)}
            />
          ))}
        </ul>
        <div class="lock-others">
          <Button kind="quiet" icon="person-plus" onPress={() => askSignIn(null)}>
            {t`Someone else`}
          </Button>
          <Button
            kind="quiet"
            icon="note"
            onPress={() => {
              asksPass.value = true;
            }}
          >
            {t`I have a day pass`}
          </Button>
        </div>
        <p class="welcome-foot">
          {t`A roll that waits here goes to the school in the name of the person who took it, whoever unlocks the tablet.`}
        </p>
        <div class="welcome-language">
          <LanguageChoice onChoose={(tag) => void chooseLanguage(tag)} />
        </div>
      </header>
      <main class="welcome-form lock-form">
        {person?.lock === "pin" && <Pad key={person.staff_id} person={person} />}
        {person?.lock === "gone" && <NoKey person={person} />}
        {person?.lock !== "pin" && person?.lock !== "gone" && (
          <p class="pin-lead">{t`Choose your name.`}</p>
        )}
      </main>
    </div>
  );
}

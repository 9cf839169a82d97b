/** This tablet: what waits here, when the school last answered, how long it can work alone. */

import type { ComponentChildren } from "preact";
import { longDate } from "../core/dates.ts";
import { tray } from "../core/outbox.ts";
import { REMINDS } from "../core/reach-words.ts";
import { t, tOf, told } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { noteAlone } from "../device/people.ts";
import { Button, Icon, type IconName, Said } from "../ui/parts.ts";
import { asksPin } from "./door.ts";
import { asksReminders, reminded } from "./reminders.ts";
import { waiting } from "./rollbook.ts";
import { go } from "./route.ts";
import { contact, keptHere, me, noteTrouble, people, school, unprotected } from "./state.ts";
import { atHere } from "./times.ts";

function Fact({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <li>
      <Icon name={icon} />
      <p>{children}</p>
    </li>
  );
}

function Waiting() {
  const met = contact.value.last;
  const last = met !== null && <span class="quiet">{t`Last contact ${atHere(met)}`}</span>;
  if (waiting.value > 0)
    return (
      <Fact icon="tablet">
        <b>{t`${plural(waiting.value, "roll")} waiting here.`}</b>{" "}
        {t`Saved on this tablet; goes to the school by itself.`} {last}
      </Fact>
    );
  return (
    <Fact icon="tick">
      <b>{t`Nothing waiting here.`}</b> {t`All you submitted has been received by the school.`}{" "}
      {last}
    </Fact>
  );
}

function NeedsSomeone() {
  const kept = tray(keptHere.value);
  const refused = kept.filter(({ step }) => step === "refused").length;
  if (kept.length === 0) return null;
  return (
    <>
      <Fact icon={refused > 0 ? "warn" : "pause"}>
        <b>
          {refused > 0
            ? t`${plural(refused, "roll")} refused by the school.`
            : t`${plural(kept.length, "roll")} held by the office.`}
        </b>{" "}
        {refused > 0 ? t`Still here, nothing lost.` : t`Nothing is asked of you.`}
      </Fact>
      <li>
        <Button kind="plain" wide onPress={() => go({ screen: "tray" })}>
          {tOf("a button")`Open`}
        </Button>
      </li>
    </>
  );
}

/** Asked once, where it can be passed over: never before a roll. */
function OfferPin() {
  const person = me.value;
  if (person?.lock !== "device" || person.alone) return null;
  const alone = async () => {
    people.value = await noteAlone(person.staff_id);
  };
  return (
    <Fact icon="lock">
      <b>{t`Do others use this tablet?`}</b> {t`A PIN keeps your class lists closed to them.`}
      <span class="side-answers">
        <Button
          kind="plain"
          size="strip"
          onPress={() => {
            asksPin.value = "may";
          }}
        >
          {t`Set a PIN`}
        </Button>
        <Button kind="quiet" size="strip" onPress={() => void alone().catch(noteTrouble)}>
          {t`Only I do`}
        </Button>
      </span>
    </Fact>
  );
}

/** On, off, or why not; what to do about it is one tap away. */
function Reminders() {
  const { state, about, way } = REMINDS[reminded.value];
  return (
    <Fact icon={reminded.value === "on" ? "bell" : "bell-off"}>
      <b>{t`Reminders: ${state}.`}</b> {about}
      {way && (
        <span class="side-answers">
          <Button
            kind="plain"
            size="strip"
            onPress={() => {
              asksReminders.value = true;
            }}
          >
            {way}
          </Button>
        </span>
      )}
    </Fact>
  );
}

export function SidePanel() {
  const horizon = school.value?.place.horizon.to;
  return (
    <aside class="side">
      <h2>{t`This tablet`}</h2>
      <ul class="facts">
        <Waiting />
        <NeedsSomeone />
        {horizon && (
          <Fact icon="tablet">
            <Said of={told`*Ready without network* until ${longDate(horizon)}.`} />
          </Fact>
        )}
        <Reminders />
        <OfferPin />
        {unprotected.value && (
          <Fact icon="warn">
            <b>{t`Not protected.`}</b>{" "}
            {t`This browser may clear unsent rolls. Put Rollbook on the home screen.`}
          </Fact>
        )}
      </ul>
    </aside>
  );
}

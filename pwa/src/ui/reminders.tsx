/** Reminders in this browser: on or off, why not, how to get them, and a test that says what happened. */

import type { ComponentChildren } from "preact";
import { REMINDS, type Reminds } from "../core/reach-words.ts";
import { capital } from "../core/spans.ts";
import { t } from "../core/t.ts";
import type { TestStep } from "../core/test-words.ts";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";
import { HomeScreenGuide } from "./home-screen.tsx";
import { Icon } from "./icon.tsx";
import "./reminders.css";
import { Sheet } from "./sheet.tsx";

export interface RemindersProps {
  readonly reminds: Reminds;
  /** What reminders are about, for whoever has them on and for whoever may turn them on. */
  readonly on: ComponentChildren;
  readonly off: ComponentChildren;
  /** "this tablet", "this computer". */
  readonly where: string;
  /** A change is on its way. */
  readonly busy: boolean;
  /** Why the last change did not come about. */
  readonly trouble: string;
  readonly test: readonly TestStep[];
  readonly isTesting: boolean;
  readonly onTurnOn: () => void;
  readonly onTurnOff: () => void;
  readonly onTest: () => void;
  readonly onClose: () => void;
}

const ICONS = { done: "tick", failed: "warn", waits: "ring" } as const;
const SAYS = { done: t`Done`, failed: t`Failed`, waits: t`Waiting` } as const;

function Step({ step }: { step: TestStep }) {
  return (
    <li class={`test-step test-${step.state}`}>
      <Icon name={ICONS[step.state]} />
      <div>
        <p>
          <span class="for-ears">{SAYS[step.state]}: </span>
          {step.words}
        </p>
        {step.todo && <p class="quiet">{step.todo}</p>}
      </div>
    </li>
  );
}

function On({ on, where, busy, test, isTesting, onTest, onTurnOff }: RemindersProps) {
  return (
    <>
      {on}
      <Button kind="plain" wide icon="bell" busy={isTesting} onPress={onTest}>
        {isTesting ? t`Testing` : t`Test it on ${where}`}
      </Button>
      <div role="status">
        {test.length > 0 && (
          <ol class="test-steps" aria-label={t`What became of the test`}>
            {test.map((step) => (
              <Step key={step.words} step={step} />
            ))}
          </ol>
        )}
      </div>
      <Button kind="quiet" disabled={busy} onPress={onTurnOff}>
        {t`Turn off`}
      </Button>
    </>
  );
}

function Off({ off, where, busy, onTurnOn }: RemindersProps) {
  return (
    <>
      {off}
      <Button kind="main" wide icon="bell" busy={busy} onPress={onTurnOn}>
        {busy ? t`Turning on` : t`Remind me on ${where}`}
      </Button>
    </>
  );
}

function Blocked() {
  return (
    <>
      <p>
        {t`This browser was told not to show notifications of this site, so Rollbook cannot ask again.`}
      </p>
      <ol class="told-steps">
        <li>{t`Press the sign beside the address at the top of the browser.`}</li>
        <li>{t`Choose Permissions or Site settings, then Notifications, then Allow.`}</li>
        <li>{t`Come back here and turn reminders on.`}</li>
      </ol>
      <p class="quiet">
        {t`On a school’s device the settings may be locked: then ask whoever looks after the devices.`}
      </p>
    </>
  );
}

function Body(props: RemindersProps) {
  switch (props.reminds) {
    case "on":
      return <On {...props} />;
    case "off":
      return <Off {...props} />;
    case "blocked":
      return <Blocked />;
    case "home_screen":
      return <HomeScreenGuide />;
    case "impossible":
      return <p>{REMINDS.impossible.about}</p>;
  }
}

export function RemindersSheet(props: RemindersProps) {
  return (
    <Sheet title={t`Reminders`} sub={capital(REMINDS[props.reminds].state)} onClose={props.onClose}>
      <div class="reminders">
        {props.trouble && (
          <Banner kind="warn" icon="warn">
            <span role="status">{props.trouble}</span>
          </Banner>
        )}
        <Body {...props} />
      </div>
    </Sheet>
  );
}

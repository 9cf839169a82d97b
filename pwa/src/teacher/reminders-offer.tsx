/** Asked once, after the first roll that was saved here; it can be passed over. */

import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import { asksReminders, reminded } from "./reminders.ts";
import { notNow, turning, turnOn } from "./reminders-turn.ts";

function HowTo() {
  return (
    <Button
      kind="plain"
      size="strip"
      onPress={() => {
        asksReminders.value = true;
      }}
    >
      {t`Show me how`}
    </Button>
  );
}

/** The permission is asked by this tap and no other. */
function Yes() {
  const press = () => {
    asksReminders.value = true;
    void turnOn();
  };
  return (
    <Button kind="plain" size="strip" busy={turning.value} onPress={press}>
      {t`Remind me`}
    </Button>
  );
}

export function ReminderOffer() {
  const isHome = reminded.value === "home_screen";
  return (
    <Banner
      kind="calm"
      icon="bell"
      action={
        <span class="banner-answers">
          {isHome ? <HowTo /> : <Yes />}
          <Button kind="quiet" size="strip" onPress={() => void notNow()}>
            {t`Not now`}
          </Button>
        </span>
      }
    >
      <b>{t`Shall this tablet say when a roll is due?`}</b>{" "}
      {isHome
        ? t`From the home screen it can, also while Rollbook is closed.`
        : t`Also while Rollbook is closed. Period and time only, never a name.`}
    </Banner>
  );
}

/** What is needed seldom: letters on the keyboard, what waits here, signing out. */

import { useSignal } from "@preact/signals";
import { REMINDS } from "../core/reach-words.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button, LanguageChoice, Sheet } from "../ui/parts.ts";
import { addSomebody, asksPin, signOut } from "./door.ts";
import { chooseLanguage } from "./language.ts";
import { isNarrow, isWide } from "./layout.ts";
import { lockNow } from "./lock.ts";
import { changePreferences } from "./preferences.ts";
import { asksReminders, reminded } from "./reminders.ts";
import { type OpenRoll, waiting } from "./rollbook.ts";
import { go } from "./route.ts";
import { scansSlip } from "./slip-of.ts";
import { me, preferences, school } from "./state.ts";
import { ViewSwitch } from "./view-switch.tsx";

function SignOut({ onClose }: { onClose: () => void }) {
  const sure = useSignal(false);
  const leave = async () => {
    await signOut();
    onClose();
  };
  if (!sure.value)
    return (
      <Button
        kind="quiet"
        icon="leave"
        onPress={() => {
          sure.value = true;
        }}
      >
        {t`Sign out`}
      </Button>
    );
  return (
    <>
      <p>
        {t`Your class lists leave this tablet. Signing in again needs the network.`}{" "}
        {waiting.value > 0 &&
          t`${plural(waiting.value, "roll")} still waiting here: kept, and sent all the same.`}
      </p>
      <div class="sheet-answers">
        <Button kind="plain" onPress={onClose}>
          {t`Stay`}
        </Button>
        <Button kind="danger" onPress={() => void leave()}>
          {t`Sign out`}
        </Button>
      </div>
    </>
  );
}

/** Other people, the PIN, and locking now. */
function OfPeople({ onClose }: { onClose: () => void }) {
  const hasPin = me.value?.lock === "pin";
  const then = (work: () => void) => () => {
    onClose();
    work();
  };
  return (
    <>
      {hasPin && (
        <Button kind="quiet" icon="lock" onPress={then(lockNow)}>
          {t`Lock now`}
        </Button>
      )}
      <Button kind="quiet" icon="person-plus" onPress={then(addSomebody)}>
        {t`Somebody else takes roll here`}
      </Button>
      <Button
        kind="quiet"
        icon="pencil"
        onPress={then(() => {
          asksPin.value = "may";
        })}
      >
        {hasPin ? t`Change my PIN` : t`Set a PIN`}
      </Button>
    </>
  );
}

/** On a roll that may be marked: what the front desk gave a student who comes late or leaves. */
function ScanSlip({ onClose }: { onClose: () => void }) {
  return (
    <Button
      kind="quiet"
      icon="camera"
      onPress={() => {
        onClose();
        scansSlip.value = true;
      }}
    >
      {t`Scan a slip`}
    </Button>
  );
}

/** `open`: the roll that it was opened from. */
export function MoreSheet({ open, onClose }: { open?: OpenRoll; onClose: () => void }) {
  const { letters } = preferences.value;
  return (
    <Sheet title={t`This tablet`} sub={school.value?.place.me.name} onClose={onClose}>
      <div class="sheet-list">
        {open && open.leave.may !== "look" && <ScanSlip onClose={onClose} />}
        {!isWide.value && !isNarrow.value && <ViewSwitch />}
        <Button
          kind="quiet"
          icon={letters ? "check-circle" : "ring"}
          pressed={letters}
          onPress={() => void changePreferences({ ...preferences.value, letters: !letters })}
        >
          {t`Letter keys mark students: A, L, P, E`}
        </Button>
        <Button
          kind="quiet"
          icon={reminded.value === "on" ? "bell" : "bell-off"}
          onPress={() => {
            onClose();
            asksReminders.value = true;
          }}
        >
          {t`Reminders: ${REMINDS[reminded.value].state}`}
        </Button>
        <Button
          kind="quiet"
          icon="tablet"
          onPress={() => {
            onClose();
            go({ screen: "tray" });
          }}
        >
          {t`Rolls kept on this tablet`}
        </Button>
        <Button
          kind="quiet"
          icon="code"
          onPress={() => {
            onClose();
            go({ screen: "carry" });
          }}
        >
          {t`Carry a roll for another tablet`}
        </Button>
        {me.value?.role !== "substitute" && (
          <Button
            kind="quiet"
            icon="calendar"
            onPress={() => {
              onClose();
              go({ screen: "mine" });
            }}
          >
            {t`My rolls this term`}
          </Button>
        )}
        {me.value?.role !== "substitute" && (
          <Button
            kind="quiet"
            icon="pencil"
            onPress={() => {
              onClose();
              go({ screen: "weeks" });
            }}
          >
            {t`Sign my weeks`}
          </Button>
        )}
        <LanguageChoice onChoose={(tag) => void chooseLanguage(tag)} />
        <OfPeople onClose={onClose} />
        <SignOut onClose={onClose} />
      </div>
    </Sheet>
  );
}

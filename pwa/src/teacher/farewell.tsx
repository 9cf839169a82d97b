/** Why nobody is in any more: the tablet, the person's leave or the day pass came to an end. */

import { useSignal } from "@preact/signals";
import { t } from "../core/t.ts";
import { whyNotHere } from "../core/why-not.ts";
import { plural } from "../core/words.ts";
import * as store from "../device/store.ts";
import { tellTabs } from "../device/tabs.ts";
import { Banner, Button, LanguageChoice, Welcome } from "../ui/parts.ts";
import { chooseLanguage } from "./language.ts";
import { waiting } from "./rollbook.ts";
import { entries, farewell } from "./state.ts";
import { handOver } from "./tray-actions.ts";

const BLOCKS: Record<store.Farewell["what"], Parameters<typeof whyNotHere>[0]> = {
  device: "tablet_withdrawn",
  person: "leave_withdrawn",
  pass: "pass_ended",
};

const WORDS: Record<store.Farewell["what"], readonly [title: string, lead: string]> = {
  device: [
    t`The office took this tablet out of use`,
    t`Every class list has left it. Marks carry no names; what was submitted still goes to the school, and what was started stays here until the tablet is let in again.`,
  ],
  person: [
    t`The office withdrew your leave`,
    t`Your class lists have left this tablet. What you submitted before still goes to the school.`,
  ],
  pass: [
    t`Your day pass has ended`,
    t`Thank you for today. Your class lists have left this tablet. Rolls saved here are still delivered, in your name.`,
  ],
};

function Owed() {
  const unsent = entries.value.filter(({ step }) => step === "draft" || step === "sent");
  if (unsent.length === 0)
    return (
      <Banner kind="calm" icon="tick">
        <b>{t`Nothing waiting here.`}</b>{" "}
        {t`Everything that was submitted has been received by the school.`}
      </Banner>
    );
  return (
    <>
      <Banner kind="calm" icon="tablet">
        <b>{t`${plural(waiting.value, "roll")} waiting here.`}</b>{" "}
        {t`Safe on this tablet; sent as soon as the school answers, signed in or not.`}
      </Banner>
      <Button kind="plain" icon="upload" wide onPress={() => void handOver(unsent)}>
        {t`Make a file for the office`}
      </Button>
    </>
  );
}

export function FarewellScreen() {
  const what = farewell.value?.what ?? "pass";
  const busy = useSignal(false);
  const [title, lead] = WORDS[what];
  const read = async () => {
    busy.value = true;
    await store.writeMeta("farewell", null);
    tellTabs("who");
  };
  return (
    <Welcome
      language={<LanguageChoice onChoose={(tag) => void chooseLanguage(tag)} />}
      title={title}
      lead={lead}
    >
      <div class="farewell">
        <Owed />
        <p>
          <b>{t`Who can change that:`}</b> {whyNotHere(BLOCKS[what]).who}
        </p>
        <Button kind="quiet" busy={busy.value} onPress={() => void read()}>
          {what === "pass" ? t`Done` : t`Sign in`}
        </Button>
      </div>
    </Welcome>
  );
}

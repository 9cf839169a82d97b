/** A substitute begins with the code of a day pass: from the QR code's address, or typed. */

import { useSignal } from "@preact/signals";
import { openToAll, passCode } from "../core/person.ts";
import { listed, strong } from "../core/spans.ts";
import { t, told } from "../core/t.ts";
import { Banner, Button, Field, LanguageChoice, Said, Welcome } from "../ui/parts.ts";
import { asksPass, redeem } from "./door.ts";
import { chooseLanguage } from "./language.ts";
import { forgetPlace, route } from "./route.ts";
import { people, session } from "./state.ts";

const HALF = t`The code has ten letters and digits, like 4KD7M-2QX9T.`;

function leave(): void {
  asksPass.value = false;
  if (route.value.screen === "pass") forgetPlace();
}

/** Whose lists lie open here: they leave before another person's come. */
function Others() {
  const others = openToAll(people.value, "");
  if (others.length === 0) return null;
  return (
    <Banner kind="calm" icon="lock">
      <Said
        of={told`${strong(listed(others.map(({ name }) => name)))} has no PIN here, so those class lists leave this tablet when you begin. Rolls waiting here stay and are sent.`}
      />
    </Banner>
  );
}

function Form({ printed }: { printed: string }) {
  const code = useSignal(printed);
  const wrong = useSignal("");
  const busy = useSignal(false);
  const begin = async () => {
    const whole = passCode(code.value);
    wrong.value = whole ? "" : HALF;
    if (!whole || busy.value) return;
    busy.value = true;
    const turned = await redeem(whole).finally(() => {
      busy.value = false;
    });
    wrong.value = turned?.why ?? "";
    if (!turned) leave();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <Others />
      <Field
        label={t`Code on your day pass`}
        name="pass"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        required
        value={code.value}
        error={wrong.value || undefined}
        onInput={({ currentTarget }) => {
          code.value = currentTarget.value;
        }}
      />
      <Button kind="main" type="submit" wide busy={busy.value}>
        {busy.value ? t`Beginning` : t`Begin`}
      </Button>
      <Button kind="quiet" onPress={leave}>
        {session.value ? t`Back` : t`I have a name and a password`}
      </Button>
      <p class="for-ears" role="status">
        {wrong.value}
      </p>
    </form>
  );
}

export function PassScreen() {
  const { value } = route;
  return (
    <Welcome
      language={<LanguageChoice onChoose={(tag) => void chooseLanguage(tag)} />}
      title={t`Take roll with a day pass`}
      lead={t`For the rolls that the office listed, today only. It needs the network once; after that rolls are saved here first and go to the school by themselves. When the pass ends, the class lists leave this tablet.`}
      foot={<p>{t`No pass? The office prints one in a minute.`}</p>}
    >
      <Form printed={value.screen === "pass" ? value.code : ""} />
    </Welcome>
  );
}

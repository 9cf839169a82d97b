/** Signing in, once, with the network on. */

import { useSignal } from "@preact/signals";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Banner, Button, Field, LanguageChoice, SchoolChoice, Welcome } from "../ui/parts.ts";
import { asksPass, asksSignIn, signIn, signsIn, type Turned } from "./door.ts";
import { chooseLanguage } from "./language.ts";
import { waiting } from "./rollbook.ts";
import { locked, me, people, school, session } from "./state.ts";

function Waiting() {
  if (waiting.value === 0) return null;
  return (
    <Banner kind="calm" icon="tablet">
      <b>{t`${plural(waiting.value, "roll")} waiting here.`}</b>{" "}
      {t`Safe on this tablet; sent as soon as the school answers.`}
    </Banner>
  );
}

/** Back to the rolls or to the list of people, or in with a day pass instead. */
function Otherwise() {
  const back = session.value !== null || people.value.length > 0;
  return (
    <>
      {back && (
        <Button
          kind="quiet"
          onPress={() => {
            asksSignIn.value = false;
          }}
        >
          {again() ? t`Not now. Keep taking rolls` : t`Back`}
        </Button>
      )}
      {!again() && (
        <Button
          kind="quiet"
          icon="note"
          onPress={() => {
            asksPass.value = true;
          }}
        >
          {t`I have a day pass`}
        </Button>
      )}
    </>
  );
}

/** Her own sign-in ran out, and her names are still open. */
const again = (): boolean => session.value !== null && !locked.value;

/** The form; where the person works at several schools, their names in its place. */
function Form() {
  const name = useSignal((again() ? me.value : signsIn.value)?.username ?? "");
  const password = useSignal("");
  const turned = useSignal<Turned | null>(null);
  const busy = useSignal(false);
  const enter = async (schoolId?: string) => {
    if (busy.value) return;
    busy.value = true;
    turned.value = await signIn(name.value.trim(), password.value, schoolId).finally(() => {
      busy.value = false;
    });
  };
  const schools = turned.value?.schools ?? [];
  if (schools.length > 0)
    return (
      <SchoolChoice
        schools={schools}
        busy={busy.value}
        onChoose={(schoolId) => void enter(schoolId)}
        onBack={() => {
          turned.value = null;
        }}
      />
    );
  const wrong = turned.value?.why;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <Waiting />
      <Field
        label={t`School e-mail or user name`}
        name="username"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
        value={name.value}
        onInput={({ currentTarget }) => {
          name.value = currentTarget.value;
        }}
      />
      <Field
        label={t`Password`}
        name="password"
        secret
        autocomplete="current-password"
        required
        value={password.value}
        error={wrong}
        onInput={({ currentTarget }) => {
          password.value = currentTarget.value;
        }}
      />
      <Button kind="main" type="submit" wide busy={busy.value}>
        {busy.value ? t`Signing in` : t`Sign in`}
      </Button>
      <Otherwise />
      <p class="for-ears" role="status">
        {wrong}
      </p>
    </form>
  );
}

const RAN_OUT = t`Your sign-in ran out. Taking rolls goes on without it, and they still go to the school; what others mark comes once you are in.`;
const FORGOT = t`With your password your class lists come back to this tablet. Rolls that wait here are safe and go to the school meanwhile.`;
const ONCE = t`After that this tablet takes rolls without it. What you mark is saved here first and goes to the school by itself.`;

/** What this sign-in is for, as a title and a sentence. */
function said(): readonly [title: string, lead: string] {
  if (again()) return [t`Sign in again`, RAN_OUT];
  if (signsIn.value) return [t`${signsIn.value.name}, sign in`, FORGOT];
  return [t`Sign in once, with the network on`, ONCE];
}

export function SignInScreen() {
  const [title, lead] = said();
  return (
    <Welcome
      language={<LanguageChoice onChoose={(tag) => void chooseLanguage(tag)} />}
      title={title}
      lead={lead}
      foot={
        <p>
          {school.value?.place.school.name}
          {school.value && <br />}
          {t`Not your school? Ask the office for the right address.`}
        </p>
      }
    >
      <Form />
    </Welcome>
  );
}

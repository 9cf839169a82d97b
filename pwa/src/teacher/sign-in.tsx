/** Signing in, once, with the network on. */

import { useSignal } from "@preact/signals";
import { plural } from "../core/words.ts";
import { Banner, Button, Field, SchoolChoice, Welcome } from "../ui/parts.ts";
import { asksSignIn, signIn, type Turned } from "./door.ts";
import { waiting } from "./rollbook.ts";
import { school, session } from "./state.ts";

function Waiting() {
  if (waiting.value === 0) return null;
  return (
    <Banner kind="calm" icon="tablet">
      <b>{plural(waiting.value, "roll")} waiting here.</b> Safe on this tablet; sent as soon as
      somebody signs in.
    </Banner>
  );
}

/** The form; where the person works at several schools, their names in its place. */
function Form() {
  const name = useSignal(school.value?.place.me.username ?? "");
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
        label="School e-mail or user name"
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
        label="Password"
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
        {busy.value ? "Signing in" : "Sign in"}
      </Button>
      {session.value && (
        <Button
          kind="quiet"
          onPress={() => {
            asksSignIn.value = false;
          }}
        >
          Not now. Keep taking rolls
        </Button>
      )}
      <p class="for-ears" role="status">
        {wrong}
      </p>
    </form>
  );
}

export function SignInScreen() {
  const again = session.value !== null;
  return (
    <Welcome
      title={again ? "Sign in again" : "Sign in once, with the network on"}
      lead={
        again
          ? "Your sign-in ran out. Taking rolls goes on without it; what waits here is sent once you are in."
          : "After that this tablet takes rolls without it. What you mark is saved here first and goes to the school by itself."
      }
      foot={
        <p>
          {school.value?.place.school.name}
          {school.value && <br />}
          Not your school? Ask the office for the right address.
        </p>
      }
    >
      <Form />
    </Welcome>
  );
}

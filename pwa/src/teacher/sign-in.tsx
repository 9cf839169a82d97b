/** Signing in, once, with the network on. */

import { useSignal } from "@preact/signals";
import { plural } from "../core/words.ts";
import { Banner, Button, Field, Welcome } from "../ui/parts.ts";
import { asksSignIn, signIn } from "./door.ts";
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

function Form() {
  const name = useSignal(school.value?.place.me.username ?? "");
  const password = useSignal("");
  const wrong = useSignal<string | null>(null);
  const busy = useSignal(false);
  const enter = async () => {
    if (busy.value) return;
    busy.value = true;
    wrong.value = await signIn(name.value.trim(), password.value).finally(() => {
      busy.value = false;
    });
  };
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
        error={wrong.value ?? undefined}
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
        {wrong.value}
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

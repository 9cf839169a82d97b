import { useSignal } from "@preact/signals";
import { Banner, Button, Field, Welcome } from "../ui/parts.ts";
import { signIn, type Turned } from "./desk.ts";

/** The door of the office desk. */
export function SignIn({ notice }: { notice: string | null }) {
  const username = useSignal("");
  const password = useSignal("");
  const school = useSignal("");
  const turned = useSignal<Turned | null>(null);
  const busy = useSignal(false);

  async function submit(event: Event) {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    turned.value = await signIn(username.value.trim(), password.value, school.value);
    busy.value = false;
  }

  const schools = turned.value?.schools ?? [];
  return (
    <Welcome
      title="The office desk"
      lead="See which rolls have come in, which are missing and whom to call, as it happens."
      foot={
        <p>
          Teachers take their rolls in <a href="/">the teacher’s app</a>.
        </p>
      }
    >
      <form onSubmit={(event) => void submit(event)} novalidate>
        {notice && (
          <Banner kind="held" icon="lock">
            {notice}
          </Banner>
        )}
        <Field
          label="Sign-in name"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          autoFocus
          value={username.value}
          onInput={(event) => {
            username.value = event.currentTarget.value;
          }}
        />
        <Field
          label="Password"
          name="password"
          secret
          autocomplete="current-password"
          value={password.value}
          onInput={(event) => {
            password.value = event.currentTarget.value;
          }}
        />
        {schools.length > 0 && (
          <label class="field">
            <span class="field-label">School</span>
            <select
              class="field-input"
              value={school.value}
              onInput={(event) => {
                school.value = event.currentTarget.value;
              }}
            >
              <option value="">Choose a school</option>
              {schools.map(({ school_id, name }) => (
                <option key={school_id} value={school_id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <p class="field-error" role="alert">
          {turned.value?.why}
        </p>
        <Button kind="main" type="submit" wide busy={busy.value}>
          {busy.value ? "Signing in" : "Sign in"}
        </Button>
      </form>
    </Welcome>
  );
}

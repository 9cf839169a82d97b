import { useSignal } from "@preact/signals";
import { t } from "../core/t.ts";
import { turnTo } from "../device/language.ts";
import { Banner, Button, Field, LanguageChoice, SchoolChoice, Welcome } from "../ui/parts.ts";
import { signIn, type Turned } from "./desk.ts";

/** The form; where the person works at several schools, their names in its place. */
function Form({ notice }: { notice: string | null }) {
  const username = useSignal("");
  const password = useSignal("");
  const turned = useSignal<Turned | null>(null);
  const busy = useSignal(false);

  async function enter(schoolId?: string) {
    if (busy.value) return;
    busy.value = true;
    turned.value = await signIn(username.value.trim(), password.value, schoolId);
    busy.value = false;
  }

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
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
      novalidate
    >
      {notice && (
        <Banner kind="held" icon="lock">
          {notice}
        </Banner>
      )}
      <Field
        label={t`Sign-in name`}
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
        label={t`Password`}
        name="password"
        secret
        autocomplete="current-password"
        value={password.value}
        onInput={(event) => {
          password.value = event.currentTarget.value;
        }}
      />
      <p class="field-error" role="alert">
        {turned.value?.why}
      </p>
      <Button kind="main" type="submit" wide busy={busy.value}>
        {busy.value ? t`Signing in` : t`Sign in`}
      </Button>
    </form>
  );
}

/** The door of the office desk. */
export function SignIn({ notice }: { notice: string | null }) {
  return (
    <Welcome
      language={<LanguageChoice onChoose={turnTo} />}
      title={t`The office desk`}
      lead={t`See which rolls have come in, which are missing and whom to call, as it happens.`}
      foot={
        <p>
          {t`Teachers take their rolls in`} <a href="/">{t`the teacher’s app`}</a>.
        </p>
      }
    >
      <Form notice={notice} />
    </Welcome>
  );
}

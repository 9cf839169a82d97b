/** Covers names at once; one press shows them again while the two minutes have not passed. */

import { t } from "../core/t.ts";
import { Button, Logo } from "../ui/parts.ts";
import "./curtain.css";
import { curtain, lockNow } from "./lock.ts";

export function Curtain() {
  const sent = curtain.value === "sent";
  return (
    <section class="curtain" aria-label={t`Names are covered`}>
      <Logo />
      <h2>{sent ? t`The roll is with the school` : "Rollbook"}</h2>
      <p>{t`The names are covered.`}</p>
      <div class="curtain-answers">
        <Button
          kind="main"
          autoFocus
          onPress={() => {
            curtain.value = null;
          }}
        >
          {t`Show the names`}
        </Button>
        <Button kind="quiet" icon="lock" onPress={lockNow}>
          {t`Lock`}
        </Button>
      </div>
    </section>
  );
}

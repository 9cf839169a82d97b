/** Covers names at once; one press shows them again while the two minutes have not passed. */

import { Button, Logo } from "../ui/parts.ts";
import "./curtain.css";
import { curtain, lockNow } from "./lock.ts";

export function Curtain() {
  const sent = curtain.value === "sent";
  return (
    <section class="curtain" aria-label="Names are covered">
      <Logo />
      <h2>{sent ? "The roll is with the school" : "Rollbook"}</h2>
      <p>The names are covered.</p>
      <div class="curtain-answers">
        <Button
          kind="main"
          autoFocus
          onPress={() => {
            curtain.value = null;
          }}
        >
          Show the names
        </Button>
        <Button kind="quiet" icon="lock" onPress={lockNow}>
          Lock
        </Button>
      </div>
    </section>
  );
}

/** This tablet: what waits here, when the school last answered, how long it can work alone. */

import type { ComponentChildren } from "preact";
import { longDate } from "../core/dates.ts";
import { tray } from "../core/outbox.ts";
import { plural } from "../core/words.ts";
import { Button, Icon, type IconName } from "../ui/parts.ts";
import { waiting } from "./rollbook.ts";
import { go } from "./route.ts";
import { contact, entries, school, unprotected } from "./state.ts";
import { atHere } from "./times.ts";

function Fact({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <li>
      <Icon name={icon} />
      <p>{children}</p>
    </li>
  );
}

function Waiting() {
  const met = contact.value.last;
  const last = met !== null && <span class="quiet">Last contact {atHere(met)}</span>;
  if (waiting.value > 0)
    return (
      <Fact icon="tablet">
        <b>{plural(waiting.value, "roll")} waiting here.</b> Saved on this tablet; goes to the
        school by itself. {last}
      </Fact>
    );
  return (
    <Fact icon="tick">
      <b>Nothing waiting here.</b> All you submitted has been received by the school. {last}
    </Fact>
  );
}

function NeedsSomeone() {
  const kept = tray(entries.value);
  const refused = kept.filter(({ step }) => step === "refused").length;
  if (kept.length === 0) return null;
  return (
    <>
      <Fact icon={refused > 0 ? "warn" : "pause"}>
        <b>
          {refused > 0
            ? `${plural(refused, "roll")} refused by the school.`
            : `${plural(kept.length, "roll")} held by the office.`}
        </b>{" "}
        {refused > 0 ? "Still here, nothing lost." : "Nothing is asked of you."}
      </Fact>
      <li>
        <Button kind="plain" wide onPress={() => go({ screen: "tray" })}>
          Open
        </Button>
      </li>
    </>
  );
}

export function SidePanel() {
  const horizon = school.value?.place.horizon.to;
  return (
    <aside class="side">
      <h2>This tablet</h2>
      <ul class="facts">
        <Waiting />
        <NeedsSomeone />
        {horizon && (
          <Fact icon="tablet">
            <b>Ready without network</b> until {longDate(horizon)}.
          </Fact>
        )}
        {unprotected.value && (
          <Fact icon="warn">
            <b>Not protected.</b> This browser may clear unsent rolls. Put Rollbook on the home
            screen.
          </Fact>
        )}
      </ul>
    </aside>
  );
}

/** A roll that a substitute took: it counts, and waits for a teacher's signature. */

import { useSignal } from "@preact/signals";
import type { Countersign } from "../core/inbox.ts";
import { placeWords } from "../core/inbox-words.ts";
import { Button } from "../ui/parts.ts";
import { countersign, type Signed } from "./countersigning.ts";
import { Thing } from "./inbox-item.tsx";
import { go } from "./route.ts";
import { contact, today } from "./state.ts";
import { tallyWords } from "./tally.ts";

const FAILED: Readonly<Record<Exclude<Signed, "signed">, string>> = {
  changed: "The roll has changed meanwhile. Look at it again, then sign.",
  offline: "No network. A signature needs the school’s answer; try again later.",
  refused: "The school did not take the signature. Ask the office.",
};

export function CountersignItem({ of }: { of: Countersign }) {
  const { roll, section } = of;
  const ended = useSignal<Signed | "asking" | null>(null);
  const took = roll.people.find(({ staff_id }) => staff_id === roll.submitted_by);
  const sign = async () => {
    ended.value = "asking";
    ended.value = await countersign(roll);
  };
  const said = ended.value;
  return (
    <Thing
      icon="pencil"
      place={placeWords(roll, section, today.value)}
      title="Your countersignature is missing"
    >
      <p>
        {took?.name ?? "A substitute"} took this roll: <b>{tallyWords(roll)}</b>. It counts, and it
        is certified once you sign.
      </p>
      {said !== null && said !== "asking" && said !== "signed" && (
        <p role="alert">
          <b>{FAILED[said]}</b>
        </p>
      )}
      <div class="inbox-answers">
        <Button
          kind="plain"
          busy={said === "asking"}
          disabled={contact.value.lostSince !== null}
          onPress={() => void sign()}
        >
          Countersign
        </Button>
        <Button kind="quiet" onPress={() => go({ screen: "roll", roll_id: roll.roll_id })}>
          Look at the roll
        </Button>
      </div>
      {contact.value.lostSince !== null && (
        <p class="quiet">Signing needs the network. It waits here.</p>
      )}
    </Thing>
  );
}

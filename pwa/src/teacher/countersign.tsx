/** A roll that a substitute took: it counts, and waits for a teacher's signature. */

import { useSignal } from "@preact/signals";
import type { Countersign } from "../core/inbox.ts";
import { placeWords } from "../core/inbox-words.ts";
import { strong } from "../core/spans.ts";
import { t, told } from "../core/t.ts";
import { Button, Said } from "../ui/parts.ts";
import { countersign, type Signed } from "./countersigning.ts";
import { Thing } from "./inbox-item.tsx";
import { go } from "./route.ts";
import { contact, today } from "./state.ts";
import { tallyWords } from "./tally.ts";

const FAILED: Readonly<Record<Exclude<Signed, "signed">, string>> = {
  changed: t`The roll has changed meanwhile. Look at it again, then sign.`,
  offline: t`No network. A signature needs the school’s answer; try again later.`,
  refused: t`The school did not take the signature. Ask the office.`,
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
      title={t`Your countersignature is missing`}
    >
      <p>
        <Said
          of={told`${took?.name ?? t`A substitute`} took this roll: ${strong(tallyWords(roll))}. It counts, and it is certified once you sign.`}
        />
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
          {t`Countersign`}
        </Button>
        <Button kind="quiet" onPress={() => go({ screen: "roll", roll_id: roll.roll_id })}>
          {t`Look at the roll`}
        </Button>
      </div>
      {contact.value.lostSince !== null && (
        <p class="quiet">{t`Signing needs the network. It waits here.`}</p>
      )}
    </Thing>
  );
}

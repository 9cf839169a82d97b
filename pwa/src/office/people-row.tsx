/** One person who may record, and the way to take that leave back. */

import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button, Icon } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { now } from "./desk.ts";
import { revokePerson } from "./tablets.ts";
import { Decision } from "./tablets-decision.tsx";
import { revokingPersonWords, type Somebody, seenWords, withdrawnWords } from "./tablets-words.ts";
import { listed, roleWords } from "./words.ts";

function where({ tablets }: Somebody): string {
  if (tablets.length === 0) return t`No leave on any tablet.`;
  return tablets.length <= 3
    ? t`May record on ${listed(tablets)}.`
    : t`May record on ${plural(tablets.length, "tablet")}.`;
}

export function PersonRow(props: {
  person: Somebody;
  who: SignedInAs;
  open: boolean;
  onOpen: () => void;
}) {
  const { person, who, open, onOpen } = props;
  const { zone, school_id } = who.school;
  const when = (at: string) => seenWords(at, zone, now.value);
  const may = who.me.role === "administrator" && person.staff_id !== who.me.staff_id;
  return (
    <li class={`leave-item${person.revoked_at ? " leave-ended" : ""}`}>
      <Icon name="pencil" />
      <div class="leave-says">
        <h2>
          {person.name}
          <span class="leave-role"> {roleWords(person.role)}</span>
        </h2>
        <p>{where(person)}</p>
        <p class="leave-when">{t`Last seen ${when(person.last_seen_at)}.`}</p>
        {person.revoked_at && (
          <p class="leave-revoked">
            <Icon name="lock" />{" "}
            {t`Leave taken back ${withdrawnWords(person.revoked_at, person.withdrawn, zone, now.value)}`}
          </p>
        )}
      </div>
      {!person.revoked_at && may && (
        <Button
          kind="plain"
          size="desk"
          label={t`Take back the leave of ${person.name}`}
          pressed={open}
          onPress={onOpen}
        >
          {t`Take back leave`}
        </Button>
      )}
      {!person.revoked_at && who.me.role !== "administrator" && (
        <p class="leave-who">{t`An administrator can take this leave back.`}</p>
      )}
      {open && !person.revoked_at && may && (
        <Decision
          says={[revokingPersonWords(person.name)]}
          does={t`Take back the leave of ${person.name}`}
          example={t`has left the school`}
          onKeep={onOpen}
          onDecide={(why) =>
            revokePerson(
              school_id,
              { staff_id: person.staff_id, says: t`The leave of ${person.name} is taken back.` },
              why,
            )
          }
        />
      )}
    </li>
  );
}

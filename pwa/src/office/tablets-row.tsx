/** One tablet: who is on it, when it was seen, and the way to take its leave back or give it. */

import { t } from "../core/t.ts";
import { Button, Icon } from "../ui/parts.ts";
import type { Board, Device, SignedInAs } from "../wire.ts";
import { deskDevice, now } from "./desk.ts";
import { allowTablet, revokeTablet } from "./tablets.ts";
import { Decision } from "./tablets-decision.tsx";
import {
  ALLOWING_TABLET,
  type DevicePerson,
  labelOf,
  onItWords,
  REVOKING_TABLET,
  seenWords,
  withdrawnWords,
} from "./tablets-words.ts";
import { listed } from "./words.ts";

function personWords({ name, role, revoked_at }: DevicePerson): string {
  return revoked_at ? t`${name} (${role}, leave taken back)` : `${name} (${role})`;
}

function Facts({ device, zone }: { device: Device; zone: string }) {
  const when = (at: string) => seenWords(at, zone, now.value);
  const rolls = device.last_op_at
    ? t`last roll ${when(device.last_op_at)}`
    : t`no roll came from it`;
  const people = listed(device.people.map(personWords)) || t`Nobody has leave on it`;
  return (
    <>
      <p>{people}.</p>
      <p class="leave-when">
        {t`Last seen ${when(device.last_seen_at)}, ${rolls}. First seen ${when(device.first_seen_at)}.${device.app ? ` ${device.app}.` : ""}`}
      </p>
    </>
  );
}

interface Asked {
  readonly device: Device;
  readonly school_id: string;
  readonly onKeep: () => void;
}

/** What was asked is decided: the row closes, for the next question about it is another one. */
async function closing(close: () => void, deciding: Promise<boolean>): Promise<boolean> {
  const decided = await deciding;
  if (decided) close();
  return decided;
}

function Revoking({ device, school_id, onKeep, board }: Asked & { board: Board | null }) {
  const label = labelOf(device);
  const isThis = device.device_id === deskDevice();
  const named = { device_id: device.device_id, says: t`${label} is revoked.` };
  return (
    <Decision
      says={[
        ...(isThis ? [t`This is the browser that you are using: you will be signed out.`] : []),
        REVOKING_TABLET,
        onItWords(device, board),
      ]}
      does={t`Revoke ${label}`}
      example={t`left on the bus`}
      onKeep={onKeep}
      onDecide={(why) => closing(onKeep, revokeTablet(school_id, named, why))}
    />
  );
}

function Allowing({ device, school_id, onKeep }: Asked) {
  const label = labelOf(device);
  const named = {
    device_id: device.device_id,
    says: t`${label} may be used again.`,
    undone: t`${label} is revoked again.`,
  };
  return (
    <Decision
      gives
      says={[ALLOWING_TABLET]}
      does={t`Let ${label} in again`}
      example={t`found in the gym`}
      onKeep={onKeep}
      onDecide={(why) => closing(onKeep, allowTablet(school_id, named, why))}
    />
  );
}

export function TabletRow(props: {
  device: Device;
  who: SignedInAs;
  board: Board | null;
  open: boolean;
  onOpen: () => void;
}) {
  const { device, who, open, onOpen } = props;
  const { zone, school_id } = who.school;
  const label = labelOf(device);
  const isThis = device.device_id === deskDevice();
  return (
    <li class={`leave-item${device.revoked_at ? " leave-ended" : ""}`}>
      <Icon name="tablet" />
      <div class="leave-says">
        <h2>
          {label}
          {isThis && <span class="leave-this">{t`this browser`}</span>}
        </h2>
        <Facts device={device} zone={zone} />
        {device.revoked_at && (
          <p class="leave-revoked">
            <Icon name="lock" />{" "}
            {t`Revoked ${withdrawnWords(device.revoked_at, device.withdrawn, zone, now.value)}`}
          </p>
        )}
      </div>
      <Button
        kind="plain"
        size="desk"
        label={device.revoked_at ? t`Found? Let in again: ${label}` : t`Lost? Revoke ${label}`}
        pressed={open}
        onPress={onOpen}
      >
        {device.revoked_at ? t`Found? Let in again` : t`Lost? Revoke`}
      </Button>
      {open &&
        (device.revoked_at ? (
          <Allowing device={device} school_id={school_id} onKeep={onOpen} />
        ) : (
          <Revoking device={device} school_id={school_id} onKeep={onOpen} board={props.board} />
        ))}
    </li>
  );
}

/** One tablet: who is on it, when it was seen, and the way to take its leave back. */

import { Button, Icon } from "../ui/parts.ts";
import type { Board, Device, SignedInAs } from "../wire.ts";
import { deskDevice, now } from "./desk.ts";
import { revokeTablet } from "./tablets.ts";
import { Revocation } from "./tablets-revoke.tsx";
import {
  type DevicePerson,
  labelOf,
  onItWords,
  REVOKING_TABLET,
  seenWords,
  withdrawnWords,
} from "./tablets-words.ts";
import { listed } from "./words.ts";

function personWords({ name, role, revoked_at }: DevicePerson): string {
  return revoked_at ? `${name} (${role}, leave taken back)` : `${name} (${role})`;
}

function Facts({ device, zone }: { device: Device; zone: string }) {
  const when = (at: string) => seenWords(at, zone, now.value);
  const rolls = device.last_op_at ? `last roll ${when(device.last_op_at)}` : "no roll came from it";
  const people = listed(device.people.map(personWords)) || "Nobody has leave on it";
  return (
    <>
      <p>{people}.</p>
      <p class="leave-when">
        Last seen {when(device.last_seen_at)}, {rolls}. First seen {when(device.first_seen_at)}.
        {device.app ? ` ${device.app}.` : ""}
      </p>
    </>
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
          {isThis && <span class="leave-this">this browser</span>}
        </h2>
        <Facts device={device} zone={zone} />
        {device.revoked_at && (
          <p class="leave-revoked">
            <Icon name="lock" /> Revoked{" "}
            {withdrawnWords(device.revoked_at, device.withdrawn, zone, now.value)}
          </p>
        )}
      </div>
      {!device.revoked_at && (
        <Button
          kind="plain"
          size="desk"
          label={`Lost? Revoke ${label}`}
          pressed={open}
          onPress={onOpen}
        >
          Lost? Revoke
        </Button>
      )}
      {open && !device.revoked_at && (
        <Revocation
          says={[
            ...(isThis ? ["This is the browser that you are using: you will be signed out."] : []),
            REVOKING_TABLET,
            onItWords(device, props.board),
          ]}
          does={`Revoke ${label}`}
          onKeep={onOpen}
          onRevoke={(why) =>
            revokeTablet(
              school_id,
              { device_id: device.device_id, says: `${label} is revoked.` },
              why,
            )
          }
        />
      )}
    </li>
  );
}

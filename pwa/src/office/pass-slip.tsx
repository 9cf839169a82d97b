/** An issued pass as it is handed over: on the screen once, and on half a sheet of paper. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { clockTime, longDate } from "../core/dates.ts";
import { strong } from "../core/spans.ts";
import { t, told } from "../core/t.ts";
import { Button, Logo, Said } from "../ui/parts.ts";
import type { IssuedPass, SchoolFacts } from "../wire.ts";
import { roomWords } from "./board.ts";
import { inOrder, type PassRoll } from "./pass-form.ts";
import { Qr } from "./pass-qr.tsx";

export interface SlipProps {
  issued: IssuedPass;
  rolls: readonly PassRoll[];
  /** By roll, where the school knows a room. */
  rooms: ReadonlyMap<string, string>;
  school: SchoolFacts;
  onClose: () => void;
}

function Meeting({ roll, room, zone }: { roll: PassRoll; room: string | null; zone: string }) {
  return (
    <tr>
      <td>{t`${clockTime(roll.starts_at, zone)} to ${clockTime(roll.ends_at, zone)}`}</td>
      <th scope="row">{roll.section_title}</th>
      <td>{roll.period_name}</td>
      <td>{room ? roomWords(room) : ""}</td>
      <td>{roll.teacher_names.length > 0 ? t`for ${roll.teacher_names.join(", ")}` : ""}</td>
    </tr>
  );
}

function Meetings({ issued, rolls, rooms, school }: Omit<SlipProps, "onClose">) {
  const listed = inOrder(rolls.filter(({ roll_id }) => issued.pass.roll_ids.includes(roll_id)));
  return (
    <table class="slip-meetings">
      <caption class="unseen">{t`Meetings of this pass`}</caption>
      <tbody>
        {listed.map((roll) => (
          <Meeting
            key={roll.roll_id}
            roll={roll}
            room={rooms.get(roll.roll_id) ?? null}
            zone={school.zone}
          />
        ))}
      </tbody>
    </table>
  );
}

/** What the person who gets the slip has to know, in the order of doing it. */
function How({ ends, host }: { ends: string; host: string }) {
  return (
    <ol class="slip-how">
      <li>
        <Said
          of={told`Scan the code with the tablet’s camera, or open ${host}, choose *I have a day pass* and type it.`}
        />
      </li>
      <li>{t`Take each roll in its first minutes. No network: keep going, it is saved there.`}</li>
      <li>
        {t`The pass ends by itself at ${ends}. What was taken before still arrives; leave the tablet on.`}
      </li>
    </ol>
  );
}

export function Slip(props: SlipProps) {
  const { issued, school, onClose } = props;
  const { pass, code, url } = issued;
  const ends = clockTime(pass.until_at, school.zone);
  const name = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => name.current?.focus(), [code]);
  return (
    <section class="slip" aria-labelledby="slip-name">
      <div class="slip-paper">
        <header class="slip-head">
          <p class="brand">
            <Logo />
            <span>{t`Day pass`}</span>
          </p>
          <p>
            {school.name}, {longDate(pass.on)}
          </p>
        </header>
        <div class="slip-code">
          <Qr text={url} label={t`QR code of the pass ${code}`} />
          <p class="slip-spelled">{code}</p>
        </div>
        <div class="slip-for">
          <h2 id="slip-name" ref={name} tabIndex={-1}>
            {pass.name}
          </h2>
          <p>
            <Said of={told`Valid until ${strong(ends)}. Issued by ${pass.issued_by.name}.`} />
          </p>
          <Meetings {...props} />
          <How ends={ends} host={location.host} />
        </div>
      </div>
      <div class="slip-does">
        <p>
          <b>{t`This code is shown once.`}</b>{" "}
          {t`Print it now, or let the tablet scan it from here. It is kept nowhere; a new code can be made at any time, and the old one ends with that.`}
        </p>
        <Button kind="main" size="desk" icon="print" onPress={() => print()}>
          {t`Print half a sheet`}
        </Button>
        <Button kind="plain" size="desk" onPress={onClose}>
          {t`Done, hide the code`}
        </Button>
      </div>
    </section>
  );
}

/** What a reason is given with: its code, words, proof, incident, and an administrator's word. */

import type { Signal } from "@preact/signals";
import { t } from "../core/t.ts";
import type { SignedInAs } from "../wire.ts";
import { Discretion, isAdministrator } from "./discretion.tsx";
import { reasonsFor } from "./front-desk-line.tsx";
import { Choice, Line } from "./sheets-day.tsx";

export const NO_CODE = t`Choose a reason first.`;

export interface Reason {
  readonly code: string;
  readonly note: string;
  readonly evidence: string;
  readonly incident: string;
  readonly discretion: string;
}
export const NO_REASON: Reason = { code: "", note: "", evidence: "", incident: "", discretion: "" };

/** As the wire has it: what was left empty is not said. */
export const asked = ({ code, ...words }: Reason) => ({
  code,
  note: words.note.trim() || null,
  evidence: words.evidence.trim() || null,
  incident: words.incident.trim() || null,
  discretion: words.discretion.trim() || null,
});

export function ReasonFields(props: {
  said: Signal<Reason>;
  who: SignedInAs;
  onChange: () => void;
}) {
  const { said, who, onChange } = props;
  const put = (field: keyof Reason) => (value: string) => {
    said.value = { ...said.peek(), [field]: value };
    onChange();
  };
  const { code, note, evidence, incident, discretion } = said.value;
  return (
    <>
      <Choice
        label={t`Reason`}
        none={t`Choose a reason`}
        value={code}
        choices={reasonsFor(({ where }) => where === "absent")}
        onChoose={put("code")}
      />
      <Line label={t`Note`} value={note} onInput={put("note")} />
      <Line
        label={t`Proof, by its reference`}
        value={evidence}
        hint={t`A number or place, never what it says.`}
        onInput={put("evidence")}
      />
      <Line
        label={t`Incident, where days count together`}
        value={incident}
        onInput={put("incident")}
      />
      {isAdministrator(who) && <Discretion value={discretion} onInput={put("discretion")} />}
    </>
  );
}

/** What a reason is given with: its code, words, proof, incident, and an administrator's word. */

import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { clearingBusy, clearingTrouble } from "./clearing.ts";
import { Discretion, isAdministrator } from "./discretion.tsx";
import { reasonsFor } from "./front-desk-line.tsx";
import { Choice, Line } from "./sheets-day.tsx";

const NO_CODE = t`Choose a reason first.`;

interface Reason {
  readonly code: string;
  readonly note: string;
  readonly evidence: string;
  readonly incident: string;
  readonly discretion: string;
}
const NO_REASON: Reason = { code: "", note: "", evidence: "", incident: "", discretion: "" };

/** As the wire has it: what was left empty is not said. */
const asked = ({ code, ...words }: Reason) => ({
  code,
  note: words.note.trim() || null,
  evidence: words.evidence.trim() || null,
  incident: words.incident.trim() || null,
  discretion: words.discretion.trim() || null,
});

function ReasonFields(props: { said: Signal<Reason>; who: SignedInAs; onChange: () => void }) {
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

interface ReasonFormProps {
  /** What it is for, to a screen reader. */
  label: string;
  who: SignedInAs;
  /** With another the cursor goes to the first field again. */
  about?: unknown;
  nothing?: boolean;
  onLook: (reason: ReturnType<typeof asked>) => void;
  onChange: () => void;
  onLeave: () => void;
  /** Its heading. */
  children: ComponentChildren;
}

/** Asks for a reason, which is looked at before it is given. */
export function ReasonForm(props: ReasonFormProps) {
  const { label, who, about, nothing = false, onLook, onChange, onLeave, children } = props;
  const said = useSignal<Reason>(NO_REASON);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("select")?.focus(), [about]);
  return (
    <>
      <form
        ref={form}
        class="desk-line"
        aria-label={label}
        onSubmit={(event) => {
          event.preventDefault();
          if (said.value.code) onLook(asked(said.value));
          else clearingTrouble.value = NO_CODE;
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") onLeave();
        }}
      >
        <h2 class="desk-student">{children}</h2>
        <ReasonFields said={said} who={who} onChange={onChange} />
        <div class="desk-line-does">
          <Button
            kind="plain"
            size="desk"
            type="submit"
            busy={clearingBusy.value}
            disabled={nothing}
          >
            {t`Show what changes`}
          </Button>
          <Button kind="quiet" size="desk" onPress={onLeave}>
            {t`Cancel`}
          </Button>
        </div>
      </form>
      <p class="front-trouble" role="alert">
        {clearingTrouble.value}
      </p>
    </>
  );
}

/** A reason for one absence: asked, shown on every period that it is for, then saved. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { longDate } from "../core/dates.ts";
import { Button } from "../ui/parts.ts";
import type { SignedInAs, WaitingAbsence } from "../wire.ts";
import {
  clearingBusy,
  clearingTrouble,
  clearOne,
  giveReason,
  showBefore,
  shownBefore,
} from "./clearing.ts";
import { pieceWords, reasonWords } from "./clearing-words.ts";
import { reasonsFor } from "./front-desk-line.tsx";
import { fullName } from "./names.ts";
import { Choice, Line } from "./sheets-day.tsx";

const NO_CODE = "Choose a reason first.";

function Preview({ school }: { school: string }) {
  const shown = shownBefore.value;
  if (!shown) return null;
  return (
    <section class="clearing-preview" aria-label="What would change">
      <h3>{reasonWords(shown.told.reason)}, for</h3>
      <ul>
        {shown.told.pieces.map((piece) => (
          <li key={piece.roll_id}>{pieceWords(piece)}</li>
        ))}
      </ul>
      <Button
        kind="main"
        size="desk"
        busy={clearingBusy.value}
        onPress={() => void giveReason(school)}
      >
        Save the reason
      </Button>
    </section>
  );
}

export function ClearingForm({ one, who }: { one: WaitingAbsence; who: SignedInAs }) {
  const school = who.school.school_id;
  const [code, words] = [useSignal(""), useSignal("")];
  const [evidence, incident] = [useSignal(""), useSignal("")];
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("select")?.focus(), [one]);
  const put = (field: { value: string }) => (value: string) => {
    field.value = value;
    shownBefore.value = null;
  };
  const said = (field: { value: string }) => field.value.trim() || null;
  function ask() {
    if (!code.value) {
      clearingTrouble.value = NO_CODE;
      return;
    }
    void showBefore(school, {
      student_id: one.student.student_id,
      on: one.on,
      code: code.value,
      note: said(words),
      evidence: said(evidence),
      incident: said(incident),
    });
  }
  return (
    <div class="front-asks">
      <form
        ref={form}
        class="desk-line"
        aria-label={`A reason for ${fullName(one.student)}`}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") clearOne(null);
        }}
      >
        <h2 class="desk-student">
          {fullName(one.student)} <span>{longDate(one.on)}</span>
        </h2>
        <Choice
          label="Reason"
          none="Choose a reason"
          value={code.value}
          choices={reasonsFor(({ where }) => where === "absent")}
          onChoose={put(code)}
        />
        <Line label="Note" value={words.value} onInput={put(words)} />
        <Line
          label="Proof, by its reference"
          value={evidence.value}
          hint="A number or place, never what it says."
          onInput={put(evidence)}
        />
        <Line
          label="Incident, where days count together"
          value={incident.value}
          onInput={put(incident)}
        />
        <div class="desk-line-does">
          <Button kind="plain" size="desk" type="submit" busy={clearingBusy.value}>
            Show what changes
          </Button>
          <Button kind="quiet" size="desk" onPress={() => clearOne(null)}>
            Cancel
          </Button>
        </div>
      </form>
      <p class="front-trouble" role="alert">
        {clearingTrouble.value}
      </p>
      <Preview school={school} />
    </div>
  );
}

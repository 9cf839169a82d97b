/** A reason for one absence: asked, shown on every period that it is for, then saved. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
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
import { asked, NO_CODE, NO_REASON, type Reason, ReasonFields } from "./clearing-fields.tsx";
import { pieceWords, reasonWords } from "./clearing-words.ts";
import { fullName } from "./names.ts";

function Preview({ school }: { school: string }) {
  const shown = shownBefore.value;
  if (!shown) return null;
  return (
    <section class="clearing-preview" aria-label={t`What would change`}>
      <h3>{t`${reasonWords(shown.told.reason)}, for`}</h3>
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
        {t`Save the reason`}
      </Button>
    </section>
  );
}

export function ClearingForm({ one, who }: { one: WaitingAbsence; who: SignedInAs }) {
  const school = who.school.school_id;
  const said = useSignal<Reason>(NO_REASON);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("select")?.focus(), [one]);
  function ask() {
    if (!said.value.code) {
      clearingTrouble.value = NO_CODE;
      return;
    }
    const absence = { student_id: one.student.student_id, on: one.on };
    void showBefore(school, { ...absence, ...asked(said.value) });
  }
  return (
    <div class="front-asks">
      <form
        ref={form}
        class="desk-line"
        aria-label={t`A reason for ${fullName(one.student)}`}
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
        <ReasonFields
          said={said}
          who={who}
          onChange={() => {
            shownBefore.value = null;
          }}
        />
        <div class="desk-line-does">
          <Button kind="plain" size="desk" type="submit" busy={clearingBusy.value}>
            {t`Show what changes`}
          </Button>
          <Button kind="quiet" size="desk" onPress={() => clearOne(null)}>
            {t`Cancel`}
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

/** A reason for one absence: asked, shown on every period that it is for, then saved. */

import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { SignedInAs, WaitingAbsence } from "../wire.ts";
import { clearingBusy, clearOne, giveReason, showBefore, shownBefore } from "./clearing.ts";
import { ReasonForm } from "./clearing-fields.tsx";
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
  const absence = { student_id: one.student.student_id, on: one.on };
  return (
    <div class="front-asks">
      <ReasonForm
        label={t`A reason for ${fullName(one.student)}`}
        who={who}
        about={one}
        onLook={(reason) => void showBefore(school, { ...absence, ...reason })}
        onChange={() => {
          shownBefore.value = null;
        }}
        onLeave={() => clearOne(null)}
      >
        {fullName(one.student)} <span>{longDate(one.on)}</span>
      </ReasonForm>
      <Preview school={school} />
    </div>
  );
}

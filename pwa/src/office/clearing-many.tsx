/** One reason for several absences: asked, each absence shown, saved, and undone with one press. */

import { shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button } from "../ui/parts.ts";
import type { ClearedLine, SignedInAs, WaitingAbsence } from "../wire.ts";
import { clearingBusy } from "./clearing.ts";
import { ReasonForm } from "./clearing-fields.tsx";
import {
  chosen,
  closeMany,
  giveMany,
  lookAtMany,
  looked,
  MOST,
  openMany,
  pickAll,
  pickNone,
  saved,
  undoMany,
} from "./clearing-many.ts";
import { pieceWords } from "./clearing-words.ts";
import { fullName } from "./names.ts";

/** What is chosen of the list, and what can be done with it. */
export function ManyBar({ waiting }: { waiting: readonly WaitingAbsence[] }) {
  const count = chosen.value.length;
  const first = Math.min(waiting.length, MOST);
  return (
    <div class="clearing-bar">
      <Button kind="plain" size="desk" onPress={() => pickAll(waiting)}>
        {first < waiting.length ? t`Choose the first ${first}` : t`Choose all ${first}`}
      </Button>
      {count > 0 && (
        <>
          <Button kind="quiet" size="desk" onPress={pickNone}>
            {t`Choose none`}
          </Button>
          <Button kind="main" size="desk" onPress={openMany}>
            {t`Give ${plural(count, "absence")} one reason`}
          </Button>
        </>
      )}
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly ClearedLine[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {lines.map(({ clearing_id, student, on, says, pieces }) => (
          <li key={clearing_id}>
            <b>{fullName(student)}</b> {shortDate(on)}. {says ?? pieces.map(pieceWords).join("; ")}
          </li>
        ))}
      </ul>
    </>
  );
}

function Look({ school }: { school: string }) {
  const shown = looked.value;
  if (!shown) return null;
  const { lines, made } = shown.told;
  return (
    <section class="clearing-preview" aria-label={t`What would change`} aria-live="polite">
      <Lines title={t`Would get the reason`} lines={lines.filter((one) => one.made)} />
      <Lines title={t`Would get nothing`} lines={lines.filter((one) => !one.made)} />
      {made > 0 && (
        <Button
          kind="main"
          size="desk"
          busy={clearingBusy.value}
          onPress={() => void giveMany(school)}
        >
          {t`Save for ${plural(made, "absence")}`}
        </Button>
      )}
    </section>
  );
}

export function ManyForm({ who }: { who: SignedInAs }) {
  const school = who.school.school_id;
  const count = chosen.value.length;
  const title = t`One reason for ${plural(count, "absence")}`;
  return (
    <div class="front-asks">
      <ReasonForm
        label={title}
        who={who}
        nothing={count === 0}
        onLook={(reason) => void lookAtMany(school, reason)}
        onChange={() => {
          looked.value = null;
        }}
        onLeave={closeMany}
      >
        {title}
      </ReasonForm>
      <Look school={school} />
    </div>
  );
}

/** What the last press came to, with the way back. */
export function SavedMany({ school }: { school: string }) {
  const last = saved.value;
  return (
    <div class="clearing-saved" role="status">
      {last && (
        <>
          <p>{last.words}</p>
          {last.given.length > 0 && (
            <Button
              kind="plain"
              size="desk"
              icon="undo"
              busy={clearingBusy.value}
              onPress={() => void undoMany(school)}
            >
              {t`Undo`}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

/** One reason for several absences: asked, each absence shown, saved, and undone with one press. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button } from "../ui/parts.ts";
import type { ClearedLine, SignedInAs, WaitingAbsence } from "../wire.ts";
import { clearingBusy, clearingTrouble } from "./clearing.ts";
import { asked, NO_CODE, NO_REASON, type Reason, ReasonFields } from "./clearing-fields.tsx";
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
  const said = useSignal<Reason>(NO_REASON);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("select")?.focus(), []);
  const count = chosen.value.length;
  const title = t`One reason for ${plural(count, "absence")}`;
  function look() {
    if (said.value.code) void lookAtMany(school, asked(said.value));
    else clearingTrouble.value = NO_CODE;
  }
  return (
    <div class="front-asks">
      <form
        ref={form}
        class="desk-line"
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") closeMany();
        }}
      >
        <h2 class="desk-student">{title}</h2>
        <ReasonFields
          said={said}
          who={who}
          onChange={() => {
            looked.value = null;
          }}
        />
        <div class="desk-line-does">
          <Button
            kind="plain"
            size="desk"
            type="submit"
            busy={clearingBusy.value}
            disabled={count === 0}
          >
            {t`Show what changes`}
          </Button>
          <Button kind="quiet" size="desk" onPress={closeMany}>
            {t`Cancel`}
          </Button>
        </div>
      </form>
      <p class="front-trouble" role="alert">
        {clearingTrouble.value}
      </p>
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

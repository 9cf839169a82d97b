/** The day's lines at the desk: what each says, what follows from it, and taking it back. */

import { useSignal } from "@preact/signals";
import { clockTime } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { SignedInAs, Visit } from "../wire.ts";
import { now } from "./desk.ts";
import { busy, note, takeBack, written } from "./front-desk.ts";
import { CorrectForm, mayCorrect } from "./front-desk-correct.tsx";
import { followsWords, visitWords, withdrawnWords } from "./front-desk-words.ts";
import { fullName } from "./names.ts";

function Does(props: { visit: Visit; school: string; onCorrect: () => void }) {
  const { visit, school, onCorrect } = props;
  const name = fullName(visit.student);
  const isOpen = visit.what === "visit" && visit.until === null;
  const ends = () =>
    note(school, visit.student, {
      what: "visit",
      place: visit.place,
      at: visit.at,
      until: new Date(now.value).toISOString(),
      replaces: visit.visit_id,
    });
  return (
    <div class="desk-line-does">
      {isOpen && (
        <Button
          kind="plain"
          size="desk"
          busy={busy.value}
          label={t`${name} goes back to class`}
          onPress={() => void ends()}
        >
          {t`Back to class`}
        </Button>
      )}
      {visit.what !== "visit" && (
        <Button
          kind="quiet"
          size="desk"
          icon="print"
          label={t`Slip for ${name}`}
          onPress={() => {
            written.value = visit;
          }}
        >
          {t`Slip`}
        </Button>
      )}
      {mayCorrect(visit) && (
        <Button
          kind="quiet"
          size="desk"
          label={t`Correct the time of the line about ${name}`}
          onPress={onCorrect}
        >
          {t`Correct the time`}
        </Button>
      )}
      <Button
        kind="quiet"
        size="desk"
        busy={busy.value}
        label={t`Take back the line about ${name}`}
        onPress={() => void takeBack(school, visit.visit_id)}
      >
        {t`Take back`}
      </Button>
    </div>
  );
}

function One({ visit, who }: { visit: Visit; who: SignedInAs }) {
  const { zone, school_id } = who.school;
  const { stands, reason, note: words } = visit;
  const corrects = useSignal(false);
  return (
    <li class={`desk-visit${stands ? "" : " desk-visit-gone"}`}>
      <div>
        <p>
          <b>{fullName(visit.student)}</b> {visitWords(visit, zone)}
        </p>
        <p class="desk-visit-says">
          {stands ? followsWords(visit) : withdrawnWords(visit, zone)}
          {reason && ` ${reason.label ?? t`With a reason that is not for this desk`}.`}
          {words && ` “${words}”`}{" "}
          {t`Written by ${visit.by.name} at ${clockTime(visit.noted_at, zone)}.`}
        </p>
      </div>
      {stands && !corrects.value && (
        <Does
          visit={visit}
          school={school_id}
          onCorrect={() => {
            corrects.value = true;
          }}
        />
      )}
      {stands && corrects.value && (
        <CorrectForm
          visit={visit}
          who={who}
          onClose={() => {
            corrects.value = false;
          }}
        />
      )}
    </li>
  );
}

export function DayLines({ visits, who }: { visits: readonly Visit[]; who: SignedInAs }) {
  if (visits.length === 0)
    return (
      <p class="desk-none">{t`Nobody has come to the window today. The first line stands here.`}</p>
    );
  return (
    <ul class="desk-visits" aria-label={t`Lines of today`}>
      {visits.map((visit) => (
        <One key={visit.visit_id} visit={visit} who={who} />
      ))}
    </ul>
  );
}

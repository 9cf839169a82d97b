/** On the first or the last date that the roster gives: when a student came, or left, during it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { CameOrLeft, GridDayStudent, SignedInAs } from "../wire.ts";
import { TimeField } from "./ask-fields.tsx";
import { fieldTime, minuteAt } from "./past.ts";
import { sendEnrollmentTime } from "./students-api.ts";
import { fetchDay, grid } from "./students-desk.ts";

interface CameProps {
  student: GridDayStudent;
  who: SignedInAs;
}

const LABELS: Readonly<Record<CameOrLeft, string>> = {
  came: t`Came to the school at`,
  left: t`Left the school at`,
};

const HINTS: Readonly<Record<CameOrLeft, string>> = {
  came: t`The roster begins with this day. Rolls whose bell was earlier do not expect this student.`,
  left: t`The roster ends with this day. Rolls whose bell is later do not expect this student.`,
};

const UNSENT = t`The server does not answer. Nothing was changed.`;

function CameForm({ student, who, what }: CameProps & { what: CameOrLeft }) {
  const { zone, school_id } = who.school;
  const known = what === "came" ? student.begin_at : student.end_at;
  const typed = useSignal("");
  const busy = useSignal(false);
  const says = useSignal("");
  useEffect(() => {
    typed.value = known ? fieldTime(ms(known), zone) : "";
  }, [known, zone, typed]);
  const shown = grid.value;
  if (shown.is !== "here") return null;
  const { on } = shown.answer;
  async function write(at: string | null) {
    busy.value = true;
    const { student_id } = student;
    const answer = await sendEnrollmentTime(school_id, { student_id, on, what, at });
    busy.value = false;
    if (answer.end === "answered") {
      says.value = t`Saved.`;
      await fetchDay(on);
    } else says.value = answer.end === "refused" ? answer.problem.detail : UNSENT;
  }
  return (
    <form
      class="came"
      aria-label={LABELS[what]}
      onSubmit={(event) => {
        event.preventDefault();
        const at = minuteAt(on, typed.value, zone);
        if (at) void write(at);
        else says.value = t`Write a time of day, like 10:55.`;
      }}
    >
      <TimeField
        label={LABELS[what]}
        hint={HINTS[what]}
        value={typed.value}
        onInput={(value) => {
          typed.value = value;
        }}
      />
      <div class="desk-line-does">
        <Button kind="plain" size="desk" type="submit" busy={busy.value}>
          {t`Save the time`}
        </Button>
        {known && (
          <Button kind="quiet" size="desk" onPress={() => void write(null)}>
            {t`The whole day counts`}
          </Button>
        )}
      </div>
      <p role="status">{says.value}</p>
    </form>
  );
}

/** Nothing, on every other day. */
export function CameOrLeftForms({ student, who }: CameProps) {
  const key = student.student_id;
  return (
    <>
      {student.begins && <CameForm key={`${key}-came`} student={student} who={who} what="came" />}
      {student.ends && <CameForm key={`${key}-left`} student={student} who={who} what="left" />}
    </>
  );
}

/** The times of a line put right: a new line takes the place of the old one, which stays to be seen. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { clockTime } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { SignedInAs, Visit } from "../wire.ts";
import { busy, note, trouble } from "./front-desk.ts";
import { NO_TIME } from "./front-desk-words.ts";
import { fullName } from "./names.ts";
import { Line } from "./sheets-day.tsx";
import { statedAt } from "./transcribe.ts";

/** Whose reason this person may not read would lose it by being written anew. */
export const mayCorrect = ({ reason }: Visit): boolean => reason === null || reason.code !== null;

const AT = { arrived: t`Came at`, left: t`Left at`, visit: t`Signed in at` } as const;

export function CorrectForm(props: { visit: Visit; who: SignedInAs; onClose: () => void }) {
  const { visit, who, onClose } = props;
  const { zone, school_id } = who.school;
  const at = useSignal(clockTime(visit.at, zone));
  const until = useSignal(visit.until ? clockTime(visit.until, zone) : "");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.select(), []);
  async function write() {
    const stated = statedAt(at.value, visit.at, zone);
    const ends = until.value.trim() ? statedAt(until.value, visit.at, zone) : null;
    if (!stated || (until.value.trim() && !ends)) {
      trouble.value = NO_TIME;
      return;
    }
    const { what, place, note: words, reason, incident, visit_id } = visit;
    const kept = { note: words, code: reason?.code ?? null, incident, replaces: visit_id };
    const said = { what, place, at: stated, until: ends, ...kept };
    if (await note(school_id, visit.student, said)) onClose();
  }
  return (
    <form
      ref={form}
      class="desk-line"
      aria-label={t`The times of the line about ${fullName(visit.student)}`}
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Line
        label={AT[visit.what]}
        value={at.value}
        onInput={(value) => {
          at.value = value;
        }}
      />
      {visit.what === "visit" && (
        <Line
          label={t`Until`}
          value={until.value}
          onInput={(value) => {
            until.value = value;
          }}
        />
      )}
      <div class="desk-line-does">
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`Save the time`}
        </Button>
        <Button kind="quiet" size="desk" onPress={onClose}>
          {t`Cancel`}
        </Button>
      </div>
    </form>
  );
}

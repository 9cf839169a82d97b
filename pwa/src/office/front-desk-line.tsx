/** What is written about the student who stands at the window; Enter writes an arrival now. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { clockTime, instant } from "../core/dates.ts";
import { spoken, t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { Choosable, DeskStudent, Place, Presence, SignedInAs } from "../wire.ts";
import { now } from "./desk.ts";
import { Discretion, isAdministrator } from "./discretion.tsx";
import { busy, choose, codes, note, type Said, trouble } from "./front-desk.ts";
import { NO_TIME, PLACES } from "./front-desk-words.ts";
import { fullName, gradeWords } from "./names.ts";
import { Choice, Line } from "./sheets-day.tsx";
import { statedAt } from "./transcribe.ts";

/** The reasons that this person may give for such a mark. */
export function reasonsFor(fits: (code: Choosable) => boolean): { value: string; words: string }[] {
  if (codes.value.is !== "here") return [];
  return codes.value.answer.codes
    .filter((code) => code.yours && fits(code))
    .map((code) => ({
      value: code.code,
      words: `${code.code} ${code.label[spoken()] ?? code.label["en"] ?? ""}`,
    }));
}

const explains = (presence: Presence) => (code: Choosable) =>
  code.marks.includes(presence) && code.where === "absent";

function Chosen({ student }: { student: DeskStudent }) {
  return (
    <h2 class="desk-student">
      {fullName(student)} <span>{gradeWords(student)}</span>
    </h2>
  );
}

export function LineForm({ student, who }: { student: DeskStudent; who: SignedInAs }) {
  const { school_id, zone } = who.school;
  const [time, code, words] = [useSignal(""), useSignal(""), useSignal("")];
  const [incident, discretion] = [useSignal(""), useSignal("")];
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("button")?.focus(), [student]);

  async function write(said: Said) {
    const at = time.value.trim() ? statedAt(time.value, instant(now.value), zone) : null;
    if (time.value.trim() && !at) {
      trouble.value = NO_TIME;
      return;
    }
    const reason = said.what === "visit" ? null : code.value || null;
    await note(school_id, student, {
      ...said,
      at,
      code: reason,
      note: words.value.trim() || null,
      incident: reason ? incident.value.trim() || null : null,
      discretion: reason ? discretion.value.trim() || null : null,
    });
  }
  const when = time.value.trim() ? "" : t` at ${clockTime(now.value, zone)}`;
  const sheet = (place: Place, name: string) => (
    <Button
      key={place}
      kind="quiet"
      size="desk"
      onPress={() => void write({ what: "visit", place })}
    >
      {name}
    </Button>
  );
  return (
    <form
      ref={form}
      class="desk-line"
      aria-label={t`A line about ${fullName(student)}`}
      onSubmit={(event) => {
        event.preventDefault();
        void write({ what: "arrived" });
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") choose(null);
      }}
    >
      <Chosen student={student} />
      <div class="desk-line-does">
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`Came${when}`}
        </Button>
        <Button
          kind="plain"
          size="desk"
          busy={busy.value}
          onPress={() => void write({ what: "left" })}
        >
          {t`Left${when}`}
        </Button>
        {PLACES.map(({ value, words: name }) => sheet(value, name))}
        <Button kind="quiet" size="desk" onPress={() => choose(null)}>
          {t`Somebody else`}
        </Button>
      </div>
      <div class="ask-row">
        <Line
          label={t`At another time`}
          brief
          value={time.value}
          onInput={(value) => {
            time.value = value;
          }}
        />
        <Choice
          label={t`Reason, if there is one`}
          none={t`None was given`}
          value={code.value}
          choices={reasonsFor((one) => explains("late")(one) || explains("left_early")(one))}
          onChoose={(value) => {
            code.value = value;
          }}
        />
        <Line
          label={t`Note`}
          value={words.value}
          onInput={(value) => {
            words.value = value;
          }}
        />
        {code.value && (
          <Line
            label={t`Incident, where days count together`}
            value={incident.value}
            onInput={(value) => {
              incident.value = value;
            }}
          />
        )}
        {code.value && isAdministrator(who) && (
          <Discretion
            value={discretion.value}
            onInput={(value) => {
              discretion.value = value;
            }}
          />
        )}
      </div>
    </form>
  );
}

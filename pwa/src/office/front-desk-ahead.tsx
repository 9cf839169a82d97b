/** Absences told by phone or letter for days ahead: writing one down, the list, ending one. */

import { useSignal } from "@preact/signals";
import { schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import type { DeskNotice, DeskNotices, DeskStudent, SignedInAs, ToldHow } from "../wire.ts";
import { DateField } from "./ask-fields.tsx";
import { now } from "./desk.ts";
import { Discretion, isAdministrator } from "./discretion.tsx";
import { busy, choose, end, tell, trouble } from "./front-desk.ts";
import { reasonsFor } from "./front-desk-line.tsx";
import { datesWords, endedWords, HOW, toldWords } from "./front-desk-words.ts";
import { fullName, gradeWords } from "./names.ts";
import { Choice, Line } from "./sheets-day.tsx";

const WHO = t`Write who told the office: it is kept with the notice.`;

/** "1, 2" as the school names its periods; nothing typed is the whole day. */
function periodsOf(typed: string): string[] | null {
  const names = typed.split(/[\s,;]+/u).filter(Boolean);
  return names.length > 0 ? names : null;
}

export function NoticeForm({ student, who }: { student: DeskStudent; who: SignedInAs }) {
  const today = schoolDate(now.value, who.school.zone);
  const [from, to] = [useSignal(today), useSignal(today)];
  const [by, how, code] = [useSignal(""), useSignal<string>("phone"), useSignal("")];
  const [words, incident] = [useSignal(""), useSignal("")];
  const [periods, evidence, discretion] = [useSignal(""), useSignal(""), useSignal("")];
  const put = (field: { value: string }) => (value: string) => {
    field.value = value;
  };
  async function write() {
    if (by.value.trim() === "") {
      trouble.value = WHO;
      return;
    }
    await tell(who.school.school_id, {
      student_id: student.student_id,
      from_on: from.value,
      to_on: to.value < from.value ? from.value : to.value,
      told_by: by.value.trim(),
      told_how: (how.value || "phone") as ToldHow,
      code: code.value || null,
      note: words.value.trim() || null,
      incident: incident.value.trim() || null,
      evidence: evidence.value.trim() || null,
      periods: periodsOf(periods.value),
      discretion: discretion.value.trim() || null,
    });
  }
  return (
    <form
      class="desk-line"
      aria-label={t`An absence of ${fullName(student)}`}
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <h2 class="desk-student">
        {fullName(student)} <span>{gradeWords(student)}</span>
      </h2>
      <div class="ask-row">
        <DateField label={t`From`} value={from.value} required onInput={put(from)} />
        <DateField label={t`To`} value={to.value} required onInput={put(to)} />
        <Line label={t`Told by`} value={by.value} onInput={put(by)} />
        <Choice
          label={t`How`}
          none={t`By phone`}
          value={how.value}
          choices={HOW}
          onChoose={put(how)}
        />
        <Choice
          label={t`Reason`}
          none={t`Not known yet`}
          value={code.value}
          choices={reasonsFor((one) => one.prefillable && one.marks.includes("absent"))}
          onChoose={put(code)}
        />
        <Line
          label={t`Periods, if not all`}
          value={periods.value}
          hint={t`Such as 1, 2.`}
          onInput={put(periods)}
        />
        <Line label={t`Note`} value={words.value} onInput={put(words)} />
        <Line label={t`Proof, by its reference`} value={evidence.value} onInput={put(evidence)} />
        <Line
          label={t`Incident, where days count together`}
          value={incident.value}
          onInput={put(incident)}
        />
        {isAdministrator(who) && <Discretion value={discretion.value} onInput={put(discretion)} />}
      </div>
      <div class="desk-line-does">
        <Button kind="main" size="desk" type="submit" busy={busy.value}>
          {t`Write it down`}
        </Button>
        <Button kind="quiet" size="desk" onPress={() => choose(null)}>
          {t`Somebody else`}
        </Button>
      </div>
    </form>
  );
}

function One({ notice, who }: { notice: DeskNotice; who: SignedInAs }) {
  const today = schoolDate(now.value, who.school.zone);
  const name = fullName(notice.student);
  const goesOn = notice.active && notice.by !== null && notice.to_on >= today;
  const began = notice.from_on < today;
  const last = began && notice.to_on > today ? today : null;
  return (
    <li class={`desk-visit${notice.active ? "" : " desk-visit-gone"}`}>
      <div>
        <p>
          <b>{name}</b> {datesWords(notice)}
        </p>
        <p class="desk-visit-says">
          {notice.reason ? `${notice.reason.label ?? t`A reason is kept`}. ` : t`No reason yet. `}
          {notice.note && `“${notice.note}” `}
          {toldWords(notice)} {endedWords(notice)}
        </p>
      </div>
      {goesOn && (
        <Button
          kind="quiet"
          size="desk"
          busy={busy.value}
          label={`${last ? t`End after today` : t`Take back`}: ${name}`}
          onPress={() => void end(who.school.school_id, notice.notice_id, last)}
        >
          {last ? t`End after today` : t`Take back`}
        </Button>
      )}
    </li>
  );
}

export function Ahead({ told, who }: { told: DeskNotices; who: SignedInAs }) {
  if (told.notices.length === 0)
    return <p class="desk-none">{t`No absence is known for today or the weeks ahead.`}</p>;
  return (
    <ul class="desk-visits" aria-label={t`Absences known ahead`}>
      {told.notices.map((notice) => (
        <One key={notice.notice_id} notice={notice} who={who} />
      ))}
    </ul>
  );
}

/** The timetable from CSV files: chosen, shown what they change, brought in. */

import { useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import type { FileFinding, SignedInAs, TimetableFilesRead } from "../wire.ts";
import { CalendarNav } from "./calendar-nav.tsx";
import { choose, chosen, type FilesState, send, skips, state } from "./files-desk.ts";
import { changeWords, endWords, placeWords } from "./files-words.ts";
import { effectWords } from "./moves.ts";
import { PageHead } from "./page.tsx";
import { ReadOnly } from "./timetable-page.tsx";

const LEAD = t`Bells, calendar, meetings, known absences, deadlines, exemptions and leave, as CSV files from your student information system.`;

function Choose() {
  const input = useRef<HTMLInputElement>(null);
  const names = chosen.value.map(({ name }) => name);
  return (
    <section class="files-choose" aria-labelledby="files-choose">
      <h2 id="files-choose">{t`1. Choose the files`}</h2>
      <p>
        {t`bell_schedules.csv, calendar.csv, meetings.csv, absences.csv, staff_contacts.csv, deadlines.csv, exemptions.csv, leaves.csv: as many of them as you have. A file holds everything of its kind: what it no longer names goes. What somebody set at the desk stays.`}
      </p>
      <input
        ref={input}
        class="unseen"
        type="file"
        multiple
        accept=".csv,text/csv"
        aria-label={t`The timetable’s files`}
        tabIndex={-1}
        onChange={(event) => void choose([...(event.currentTarget.files ?? [])])}
      />
      <Button kind="plain" size="desk" icon="upload" onPress={() => input.current?.click()}>
        {names.length > 0 ? t`Choose others` : t`Choose files`}
      </Button>
      {names.length > 0 && (
        <ul class="effects" aria-label={t`Chosen files`}>
          {names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Findings({ found }: { found: readonly FileFinding[] }) {
  return (
    <table class="report-table files-found" aria-label={t`What is wrong in the files`}>
      <thead>
        <tr>
          <th scope="col">{t`Where`}</th>
          <th scope="col">{t`Found`}</th>
          <th scope="col">{t`What is wrong, and what to do`}</th>
        </tr>
      </thead>
      <tbody>
        {found.map((one, place) => (
          <tr key={`${place} ${placeWords(one)}`}>
            <th scope="row">
              {placeWords(one)}
              {one.severity === "warning" && t` (only to look at)`}
            </th>
            <td>{one.found}</td>
            <td>
              {one.problem} {one.cure}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Told({ told, zone }: { told: TimetableFilesRead; zone: string }) {
  const isRefused = told.ending === "refused";
  return (
    <>
      <Banner kind={isRefused ? "refused" : "calm"} icon={isRefused ? "warn" : "tick"}>
        {endWords(told)}
      </Banner>
      {told.findings.length > 0 && <Findings found={told.findings} />}
      {told.changes.length > 0 && (
        <>
          <h3>{told.ending === "imported" ? t`What changed` : t`What would change`}</h3>
          <ul class="effects">
            {told.changes.map((one) => (
              <li key={one.kind}>{changeWords(one)}</li>
            ))}
            {told.effect &&
              effectWords(told.effect, zone).map((sentence) => <li key={sentence}>{sentence}</li>)}
          </ul>
        </>
      )}
    </>
  );
}

function Steps({ now, who }: { now: FilesState; who: SignedInAs }) {
  const { school_id, zone } = who.school;
  const told = now.is === "told" ? now.told : null;
  const busy = now.is === "reading";
  const mayLeaveOut = skips.value || (told?.ending === "refused" && told.errors > 0);
  return (
    <section aria-labelledby="files-look">
      <h2 id="files-look">{t`2. See what they change, then bring them in`}</h2>
      {mayLeaveOut && (
        <label class="tick">
          <input
            type="checkbox"
            checked={skips.value}
            onChange={(event) => {
              skips.value = event.currentTarget.checked;
            }}
          />
          <span>{t`Leave the wrong lines out and bring in the rest`}</span>
        </label>
      )}
      <div class="effect-does">
        <Button
          kind={told?.ending === "planned" ? "plain" : "main"}
          size="desk"
          busy={busy}
          onPress={() => void send(school_id, true)}
        >
          {t`See what changes`}
        </Button>
        {told?.ending === "planned" && (
          <Button kind="main" size="desk" busy={busy} onPress={() => void send(school_id, false)}>
            {t`Bring the files in`}
          </Button>
        )}
      </div>
      <div role="status">
        {busy && <p>{t`Reading the files and laying out the rolls`}</p>}
        {now.is === "failed" && (
          <Banner kind="refused" icon="warn">
            <b>{t`The files were not brought in.`}</b> {now.why}
          </Banner>
        )}
        {told && <Told told={told} zone={zone} />}
      </div>
    </section>
  );
}

export function FilesPage({ who }: { who: SignedInAs }) {
  const isAdministrator = who.me.role === "administrator";
  return (
    <main class="desk-main passes-main files-main">
      <PageHead title={t`Timetable files`} lead={LEAD}>
        <CalendarNav />
      </PageHead>
      {isAdministrator ? (
        <>
          <Choose />
          {chosen.value.length > 0 && <Steps now={state.value} who={who} />}
        </>
      ) : (
        <ReadOnly why={t`Files change deadlines too.`} />
      )}
    </main>
  );
}

/** Who entered which roll when, and every change: of a day, a teacher or a student. */

import { useEffect } from "preact/hooks";
import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Empty } from "../ui/parts.ts";
import { unbroken } from "../ui/told.tsx";
import type { AuditReport, AuditRoll } from "../wire.ts";
import { auditFile } from "./audit-api.ts";
import { Dates } from "./audit-dates.tsx";
import { auditTitle, didWords, enteredWords, spanOf, whoWords } from "./audit-words.ts";
import { fetchStudents, students } from "./front-desk.ts";
import { NameSearch } from "./name-search.tsx";
import { gradeWords } from "./names.ts";
import { PageHead } from "./page.tsx";
import { FileLinks, PrintButton, Scroll } from "./report-parts.tsx";
import { go, route } from "./route.ts";
import { Labelled } from "./sheets-day.tsx";
import { capital, listed } from "./words.ts";

function Roll({ roll, zone }: { roll: AuditRoll; zone: string }) {
  const heading = `${longDate(roll.on)}, ${roll.period_name}`;
  const beside = [roll.section_title, listed(roll.teacher_names)].filter(Boolean).join(", ");
  const rows = roll.taken || roll.lines.length > 0 ? roll.lines : [];
  return (
    <tbody>
      {!roll.taken && (
        <tr>
          <th scope="row">
            <a href={`#/board/${roll.on}?roll=${roll.roll_id}`}>{heading}</a>
            <span class="report-beside">{beside}</span>
          </th>
          <td colSpan={3} class="audit-not-taken">
            {t`Not taken`}
          </td>
        </tr>
      )}
      {rows.map((line, place) => (
        <tr key={`${line.seq}/${line.fact}/${line.student_name}`}>
          {place === 0 && roll.taken ? (
            <th scope="rowgroup" rowSpan={rows.length}>
              <a href={`#/board/${roll.on}?roll=${roll.roll_id}`}>{heading}</a>
              <span class="report-beside">{beside}</span>
            </th>
          ) : (
            !roll.taken && <th scope="row" />
          )}
          <td>{unbroken(capital(didWords(line, zone)))}</td>
          <td>
            {unbroken(whoWords(line))}
            <span class="report-beside">{line.device_label}</span>
          </td>
          <td class={line.later_day ? "audit-later" : ""}>{enteredWords(line, zone)}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** Whose rolls or marks: a teacher or a student by name, or everybody's of one day. */
function Whom({ told }: { told: AuditReport }) {
  const { from, to } = told;
  const school = told.school.school_id;
  useEffect(() => fetchStudents(school), [school]);
  const loaded = students.value;
  const teachers = told.staff.map((one) => ({ ...one, given_name: "", family_name: one.name }));
  return (
    <>
      <NameSearch
        label={t`Teacher`}
        people={teachers}
        keyOf={(one) => one.staff_id}
        beside={() => ""}
        nobody={t`Nobody who works here has that name.`}
        onChoose={({ staff_id }) => go("audit", "entries", { from, to, staff_id })}
      />
      <NameSearch
        label={t`Student`}
        people={loaded.is === "here" ? loaded.answer.students : []}
        keyOf={(one) => one.student_id}
        beside={gradeWords}
        nobody={loaded.is === "failed" ? loaded.why : t`Nobody at this school has that name.`}
        onChoose={({ student_id }) => go("audit", "entries", { from, to, student_id })}
      />
      {told.about && (
        <Button kind="plain" size="desk" onPress={() => go("audit", "entries", { from })}>
          {t`Everybody, one day`}
        </Button>
      )}
    </>
  );
}

export function Entries({ told }: { told: AuditReport }) {
  const { query } = route.value;
  const staff = query["staff_id"] ?? "";
  const asked = {
    from: told.from,
    to: told.to,
    staff_id: staff || null,
    student_id: query["student_id"] ?? null,
  };
  return (
    <>
      <PageHead
        title={auditTitle(told)}
        lead={t`${spanOf(told)}. A roll that nobody took is not taken: nobody in it is present or absent.`}
      >
        <PrintButton />
        <FileLinks
          kinds={["xlsx", "csv", "pdf"]}
          href={(kind) => auditFile(told.school.school_id, kind, asked)}
        />
      </PageHead>
      <div class="report-asks">
        <Whom told={told} />
        {told.about ? (
          <Dates part="entries" from={told.from} to={told.to} />
        ) : (
          <Labelled label={t`Day`}>
            {(id) => (
              <input
                id={id}
                class="ask-input"
                type="date"
                value={told.from}
                onChange={(event) => {
                  const from = event.currentTarget.value;
                  if (/^\d{4}-\d{2}-\d{2}$/u.test(from)) go("audit", "entries", { from });
                }}
              />
            )}
          </Labelled>
        )}
      </div>
      {told.rolls.length === 0 ? (
        <Empty icon="calendar" title={t`No rolls were expected`}>
          <p>{t`Between these days nothing was expected of them.`}</p>
        </Empty>
      ) : (
        <section class="report-part">
          <Scroll label={t`Entries and changes`}>
            <table class="report-table audit-table">
              <caption class="unseen">{t`Rolls with each entry and change, in order`}</caption>
              <thead>
                <tr>
                  <th scope="col">{t`Roll`}</th>
                  <th scope="col">{t`What was done`}</th>
                  <th scope="col">{t`By whom`}</th>
                  <th scope="col">{t`Received`}</th>
                </tr>
              </thead>
              {told.rolls.map((roll) => (
                <Roll key={roll.roll_id} roll={roll} zone={told.school.zone} />
              ))}
            </table>
          </Scroll>
        </section>
      )}
    </>
  );
}

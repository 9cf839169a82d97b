/** The front desk: a name, Enter, Enter; the day's lines, and absences known ahead. */

import { useLayoutEffect } from "preact/hooks";
import { t } from "../core/t.ts";
import type { DeskStudent, SignedInAs } from "../wire.ts";
import { begin, chosen, notices, slip, students, trouble, visits, written } from "./front-desk.ts";
import { Ahead, NoticeForm } from "./front-desk-ahead.tsx";
import { DayLines } from "./front-desk-day.tsx";
import { DeskLeaves } from "./front-desk-leaves.tsx";
import { LineForm } from "./front-desk-line.tsx";
import { VisitSlip } from "./front-desk-slip.tsx";
import { PageHead } from "./page.tsx";
import { Shown } from "./report-parts.tsx";
import { route } from "./route.ts";
import { StudentSearch } from "./student-search.tsx";
import "./front-desk.css";

function Asked({ student, who, ahead }: { student: DeskStudent; who: SignedInAs; ahead: boolean }) {
  const key = student.student_id;
  return ahead ? (
    <NoticeForm key={key} student={student} who={who} />
  ) : (
    <LineForm key={key} student={student} who={who} />
  );
}

function Asking({ who, ahead }: { who: SignedInAs; ahead: boolean }) {
  const student = chosen.value;
  return (
    <div class="front-asks">
      <Shown loaded={students.value} waiting={t`Fetching the names`}>
        {() =>
          student ? (
            <Asked student={student} who={who} ahead={ahead} />
          ) : (
            <StudentSearch label={t`Name of the student`} />
          )
        }
      </Shown>
      <p class="front-trouble" role="alert">
        {trouble.value}
      </p>
      {slip.value && !ahead && (
        <VisitSlip
          visit={slip.value}
          school={who.school}
          onClose={() => {
            written.value = null;
          }}
        />
      )}
    </div>
  );
}

export function FrontDeskPage({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  const ahead = route.value.part === "ahead";
  useLayoutEffect(() => begin(school_id), [school_id]);
  return (
    <main class="desk-main front">
      <DeskLeaves here={ahead ? "ahead" : "window"} />
      <PageHead
        title={t`Front desk`}
        lead={
          ahead
            ? t`What families told: the class sees that the office knows, never why.`
            : t`Type a name, then Enter twice: the arrival is on the class’s roll at once.`
        }
      />
      <div class="front-columns">
        <Asking who={who} ahead={ahead} />
        <section class="front-list" aria-label={ahead ? t`Known ahead` : t`Today`}>
          {ahead ? (
            <Shown loaded={notices.value} waiting={t`Fetching what is known ahead`}>
              {(told) => <Ahead told={told} who={who} />}
            </Shown>
          ) : (
            <Shown loaded={visits.value} waiting={t`Fetching the lines of today`}>
              {(told) => <DayLines visits={told.visits} who={who} />}
            </Shown>
          )}
        </section>
      </div>
    </main>
  );
}

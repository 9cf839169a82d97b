/** Signatures: who has signed which week, what changed beside it, and which days are closed. */

import { useLayoutEffect } from "preact/hooks";
import { daysOn } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { weekWords } from "../core/week-words.ts";
import { Button } from "../ui/parts.ts";
import type { SignedInAs, Weeks } from "../wire.ts";
import { PageHead } from "./page.tsx";
import { ReportLeaves } from "./report-leaves.tsx";
import { PrintButton, Shown } from "./report-parts.tsx";
import { ofPerson, weeks } from "./reports.ts";
import { go, route } from "./route.ts";
import { Days } from "./signatures-days.tsx";
import { People } from "./signatures-people.tsx";
import { Person } from "./signatures-person.tsx";
import { titleOf } from "./signatures-words.ts";

function Turn({ told }: { told: Weeks }) {
  return (
    <div class="report-asks">
      <Button kind="plain" size="desk" onPress={() => go("signatures", daysOn(told.week_on, -7))}>
        {t`The week before`}
      </Button>
      <Button kind="plain" size="desk" onPress={() => go("signatures", daysOn(told.week_on, 7))}>
        {t`The week after`}
      </Button>
    </div>
  );
}

function Told({ told, who }: { told: Weeks; who: SignedInAs }) {
  return (
    <>
      <PageHead title={titleOf(told)} lead={t`The week of ${weekWords(told)}.`}>
        <PrintButton />
      </PageHead>
      <Turn told={told} />
      <People told={told} />
      <Days told={told} who={who} />
    </>
  );
}

export function SignaturesPage({ who }: { who: SignedInAs }) {
  const { school_id } = who.school;
  const week = route.value.part;
  const staff = route.value.query["staff"] ?? null;
  useLayoutEffect(() => {
    if (staff) void ofPerson.begin(school_id, { staff, week });
    else void weeks.begin(school_id, week);
  }, [school_id, week, staff]);
  return (
    <main class="desk-main report signatures">
      <ReportLeaves role={who.me.role} page="signatures" />
      {staff ? (
        <Shown loaded={ofPerson.shown.value} waiting={t`Reading the week`}>
          {(told) => (
            <Person
              told={told}
              who={who}
              again={() => void ofPerson.fetch(school_id, { staff, week })}
            />
          )}
        </Shown>
      ) : (
        <Shown loaded={weeks.shown.value} waiting={t`Looking who has signed`}>
          {(told) => <Told told={told} who={who} />}
        </Shown>
      )}
    </main>
  );
}

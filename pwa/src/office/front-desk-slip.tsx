/** The slip that a student takes to class, on the screen and on a narrow strip of paper. */

import { longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Logo } from "../ui/parts.ts";
import type { SchoolFacts, Visit } from "../wire.ts";
import { slipWords, visitWords } from "./front-desk-words.ts";
import { fullName, gradeWords } from "./names.ts";

export function VisitSlip(props: { visit: Visit; school: SchoolFacts; onClose: () => void }) {
  const { visit, school, onClose } = props;
  return (
    <section class="visit-slip" aria-label={t`The slip`}>
      <div class="visit-paper">
        <p class="brand">
          <Logo />
          <span>{school.name}</span>
        </p>
        <p class="visit-name">{fullName(visit.student)}</p>
        <p>{[gradeWords(visit.student), longDate(visit.on)].filter(Boolean).join(", ")}</p>
        <p class="visit-what">{visitWords(visit, school.zone)}</p>
        <p>{slipWords(visit)}</p>
        <p>{t`Written by ${visit.by.name}. The class’s roll shows it already.`}</p>
      </div>
      <div class="desk-line-does">
        <Button kind="plain" size="desk" icon="print" onPress={() => print()}>
          {t`Print the slip`}
        </Button>
        <Button kind="quiet" size="desk" onPress={onClose}>
          {t`Put it away`}
        </Button>
      </div>
    </section>
  );
}

/** The slip that a student takes to class, on the screen and on a narrow strip of paper. */

import { longDate } from "../core/dates.ts";
import { strong } from "../core/spans.ts";
import { t, told } from "../core/t.ts";
import { Button, Logo, Said } from "../ui/parts.ts";
import type { SchoolFacts, Visit } from "../wire.ts";
import { slipWords, visitWords, withdrawnWords } from "./front-desk-words.ts";
import { fullName, gradeWords } from "./names.ts";
import { Qr } from "./pass-qr.tsx";

interface SlipProps {
  readonly visit: Visit;
  readonly school: SchoolFacts;
}

/** What a camera reads; it names nobody, and a sheet's line has none. */
function Code({ visit }: { visit: Visit }) {
  if (!visit.slip) return null;
  return (
    <div class="visit-code">
      <Qr text={visit.slip} label={t`The slip’s code`} />
      <p>
        <Said of={told`For the teacher: *More*, then *Scan a slip*.`} />
      </p>
    </div>
  );
}

function Paper({ visit, school }: SlipProps) {
  return (
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
      <Code visit={visit} />
    </div>
  );
}

/** Somebody took the line back or wrote it anew while its slip lay here. */
function HoldsNoMore({ visit, school }: SlipProps) {
  return (
    <p class="visit-gone" role="status">
      <Said
        of={[
          strong(t`This slip does not hold any more.`),
          ` ${fullName(visit.student)}: ${withdrawnWords(visit, school.zone)}`,
        ]}
      />
    </p>
  );
}

export function VisitSlip(props: SlipProps & { onClose: () => void }) {
  const { visit, school, onClose } = props;
  return (
    <section class="visit-slip" aria-label={t`The slip`}>
      {visit.stands ? (
        <Paper visit={visit} school={school} />
      ) : (
        <HoldsNoMore visit={visit} school={school} />
      )}
      <div class="desk-line-does">
        {visit.stands && (
          <Button kind="plain" size="desk" icon="print" onPress={() => print()}>
            {t`Print the slip`}
          </Button>
        )}
        <Button kind="quiet" size="desk" onPress={onClose}>
          {t`Put it away`}
        </Button>
      </div>
    </section>
  );
}

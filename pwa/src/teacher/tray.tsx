/** Rolls kept on this tablet that need a person: held and refused ones, and what still waits. */

import { useSignal } from "@preact/signals";
import { longDate } from "../core/dates.ts";
import { type Entry, isUnsent } from "../core/entry.ts";
import { endedShort, endedWords } from "../core/inbox-words.ts";
import { over, tray } from "../core/outbox.ts";
import { t } from "../core/t.ts";
import { NOTHING_LOST, plural, reasonWords } from "../core/words.ts";
import { Banner, Button, Empty, Screen, SyncLine } from "../ui/parts.ts";
import { DueBanner } from "./due.tsx";
import { rollById, sectionOf, waiting } from "./rollbook.ts";
import { goToday } from "./route.ts";
import { shownCode } from "./shown-code.ts";
import { entries, keptHere, school, today, unsaved, zone } from "./state.ts";
import { atHere } from "./times.ts";
import { discard, handOver, retry } from "./tray-actions.ts";

function titleOf({ roll_id, op, carried }: Entry): string {
  if (carried) return t`A roll carried for somebody else`;
  const roll = rollById(roll_id);
  const section = roll && sectionOf(roll);
  if (!roll || !section) return t`A roll with ${plural(op.marks.length, "mark")}`;
  return `${section.title}, ${roll.period_name}, ${longDate(roll.on)}`;
}

/** Asked in place, with the words of what would be gone. */
function Discard({ entry }: { entry: Entry }) {
  const sure = useSignal(false);
  if (!sure.value)
    return (
      <Button
        kind="quiet"
        onPress={() => {
          sure.value = true;
        }}
      >
        {t`Delete`}
      </Button>
    );
  return (
    <>
      <p class="kept-sure">
        <b>{t`Delete ${plural(entry.op.marks.length, "mark")} for good?`}</b>{" "}
        {t`Nobody else has them.`}
      </p>
      <Button
        kind="plain"
        onPress={() => {
          sure.value = false;
        }}
      >
        {t`Keep`}
      </Button>
      <Button kind="danger" onPress={() => void discard(entry)}>
        {t`Delete for good`}
      </Button>
    </>
  );
}

function Kept({ entry }: { entry: Entry }) {
  const refused = entry.step === "refused";
  return (
    <li class="kept">
      <h2>{titleOf(entry)}</h2>
      <SyncLine
        step={refused ? "refused" : "held"}
        text={refused ? t`Refused by the school.` : t`Held by the office:`}
        detail={t`${plural(entry.op.marks.length, "mark")}, saved ${atHere(entry.saved_at)}`}
      />
      <p>
        {reasonWords(entry)} {refused ? NOTHING_LOST : t`The school has it; nothing is lost.`}
      </p>
      {refused && (
        <div class="kept-answers">
          <Button kind="plain" icon="upload" onPress={() => void handOver([entry])}>
            {t`Hand it to the office`}
          </Button>
          <Button kind="plain" onPress={() => void retry(entry)}>
            {t`Send it again`}
          </Button>
          <Discard entry={entry} />
        </div>
      )}
    </li>
  );
}

function WaitingOne({ entry, alone }: { entry: Entry; alone: boolean }) {
  return (
    <li class="waits-here">
      <div>
        <b>{titleOf(entry)}</b>
        <p class="quiet">
          {t`${plural(entry.op.marks.length, "mark")}, saved ${atHere(entry.saved_at)}`}
        </p>
      </div>
      <div class="kept-answers">
        <Button
          kind="plain"
          size="strip"
          icon="code"
          onPress={() => {
            shownCode.value = entry;
          }}
        >
          {t`Show as code`}
        </Button>
        {!alone && (
          <Button kind="quiet" size="strip" icon="upload" onPress={() => void handOver([entry])}>
            {t`As a file`}
          </Button>
        )}
      </div>
    </li>
  );
}

/** For the day on which the school cannot be reached at all: the waiting rolls by code or file. */
function Waiting() {
  const unsent = keptHere.value.filter(isUnsent);
  const others = waiting.value - unsent.length;
  if (waiting.value === 0) return null;
  return (
    <li class="kept">
      <h2>{t`${plural(waiting.value, "roll")} waiting here`}</h2>
      <SyncLine step="saved" text={t`Saved on this tablet.`} />
      <p>
        {t`They go to the school by themselves. If that cannot be, another tablet can carry each by its code, or the office takes them as a file. The school counts each once.`}
      </p>
      {others > 0 && <p>{t`${plural(others, "roll")} of other people who use this tablet.`}</p>}
      <ul>
        {unsent.map((entry) => (
          <WaitingOne key={entry.id} entry={entry} alone={unsent.length === 1} />
        ))}
      </ul>
      <div class="kept-answers">
        <Button
          kind="plain"
          icon="upload"
          onPress={() => void handOver(entries.value.filter(isUnsent))}
        >
          {t`Make a file for the office`}
        </Button>
      </div>
    </li>
  );
}

/** What the office held and ended: by whom and why, as long as this tablet knows. */
function Ended({ entry }: { entry: Entry }) {
  const item = school.value?.held.find(({ op_id }) => op_id === entry.id);
  const told = item && endedWords(item, zone.value, today.value);
  return (
    <li class="kept">
      <h2>{titleOf(entry)}</h2>
      <SyncLine step="received" text={t`Received by the school, then held.`} />
      <p>{told ?? endedShort(entry)}</p>
    </li>
  );
}

export function Tray() {
  const kept = tray(keptHere.value);
  const ended = over(keptHere.value);
  const nothing = kept.length + ended.length + waiting.value === 0;
  return (
    <Screen
      title={t`Kept on this tablet`}
      sub={t`Rolls that wait for the network or for a person`}
      back={{ label: t`Back to today`, onPress: goToday }}
      banner={
        unsaved.value ? (
          <Banner kind="refused" icon="warn">
            <b>{t`Not saved:`}</b> {unsaved.value}.
          </Banner>
        ) : (
          <DueBanner />
        )
      }
    >
      {nothing ? (
        <Empty icon="tick" title={t`Nothing is kept here`}>
          <p>{t`Everything you submitted has been received by the school.`}</p>
        </Empty>
      ) : (
        <ul class="kept-list">
          <Waiting />
          {kept.map((entry) => (
            <Kept key={entry.id} entry={entry} />
          ))}
          {ended.map((entry) => (
            <Ended key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Screen>
  );
}

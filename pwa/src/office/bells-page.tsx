/** Bell schedules: the times of each kind of day, which dates ring them, and the editor. */

import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button, Empty } from "../ui/parts.ts";
import type { BellSchedule, SignedInAs, Timetable } from "../wire.ts";
import {
  type BellsDraft,
  bellsSentence,
  changeOf,
  copyOf,
  draftOf,
  inTheirOrder,
  missingOf,
  NEW_BELLS,
  slotWords,
  usedWords,
} from "./bells.ts";
import { BellsEditor } from "./bells-editor.tsx";
import { busy, preview, putAway } from "./change.ts";
import { ChangeAnswer, GoneAnswer } from "./change-answer.tsx";
import { fetchAgain } from "./timetable.ts";
import { ReadOnly, TimetablePage } from "./timetable-page.tsx";

interface HereProps {
  table: Timetable;
  who: SignedInAs;
}

function Bells({ of }: { of: BellSchedule }) {
  return (
    <table class="bells">
      <thead>
        <tr>
          <th scope="col">{t`Period`}</th>
          <th scope="col">{t`Name`}</th>
          <th scope="col">{t`Bells`}</th>
        </tr>
      </thead>
      <tbody>
        {inTheirOrder(of.periods).map((slot) => (
          <tr key={slot.period}>
            <td>{slot.period}</td>
            <th scope="row">{slot.name}</th>
            <td>{slotWords(slot)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ScheduleProps extends HereProps {
  of: BellSchedule;
  onEdit: (draft: BellsDraft) => void;
}

function Schedule({ of, table, who, onEdit }: ScheduleProps) {
  const { school_id, zone } = who.school;
  const key = `bells/${of.schedule}`;
  const takeAway = () =>
    void preview({
      school: school_id,
      of: key,
      revision: table.revision,
      changes: [{ type: "schedule", schedule: of.schedule, periods: [] }],
      again: fetchAgain,
    });
  return (
    <li class="rule-item">
      <h2>{of.schedule}</h2>
      <p class="pass-when">{usedWords(of)}</p>
      <Bells of={of} />
      {table.may_set_policies && (
        <div class="effect-does">
          <Button
            kind="plain"
            size="desk"
            icon="pencil"
            label={t`Change ${of.schedule}`}
            onPress={() => onEdit(draftOf(of))}
          >
            {t`Change`}
          </Button>
          <Button
            kind="quiet"
            size="desk"
            label={t`Copy ${of.schedule}`}
            onPress={() => onEdit(copyOf(of))}
          >
            {t`Copy`}
          </Button>
          {of.dates === 0 && (
            <Button
              kind="quiet"
              size="desk"
              busy={busy.value}
              label={t`Take away ${of.schedule}`}
              onPress={takeAway}
            >
              {t`Take away`}
            </Button>
          )}
        </div>
      )}
      <ChangeAnswer
        of={key}
        school={school_id}
        zone={zone}
        saveWords={t`Save: take away ${of.schedule}`}
        now={() => table.schedules.map(bellsSentence)}
        again={fetchAgain}
      />
    </li>
  );
}

const OF = "bells";

interface WritingProps extends HereProps {
  begun: BellsDraft;
  onClose: () => void;
}

function Writing({ begun, table, who, onClose }: WritingProps) {
  const { school_id, zone } = who.school;
  const draft = useSignal(begun);
  const trouble = useSignal<string | null>(null);
  const isSaved = useSignal(false);
  const ask = () => {
    const others = table.schedules.map(({ schedule }) => schedule);
    trouble.value = missingOf(draft.value, others);
    if (trouble.value) return;
    const changes = [changeOf(draft.value)];
    void preview({
      school: school_id,
      of: OF,
      revision: table.revision,
      changes,
      again: fetchAgain,
    });
  };
  const { name, isNew } = draft.value;
  return (
    <section class="pass-new" aria-labelledby="bells-new">
      <h2 id="bells-new">{isNew ? t`New bell schedule` : name}</h2>
      {!isSaved.value && (
        <BellsEditor draft={draft} trouble={trouble.value} onAsk={ask} onClose={onClose} />
      )}
      <ChangeAnswer
        of={OF}
        school={school_id}
        zone={zone}
        saveWords={isNew ? t`Save ${name.trim()}` : t`Save the bells of ${name}`}
        now={() => table.schedules.map(bellsSentence)}
        again={fetchAgain}
        onDone={() => {
          isSaved.value = true;
        }}
      />
      {isSaved.value && (
        <div class="effect-does">
          <Button kind="plain" size="desk" onPress={onClose}>
            {t`Close`}
          </Button>
        </div>
      )}
    </section>
  );
}

function Here({ table, who }: HereProps) {
  const editing = useSignal<{ readonly draft: BellsDraft; readonly nth: number } | null>(null);
  const begin = (draft: BellsDraft) => {
    putAway();
    editing.value = { draft, nth: (editing.value?.nth ?? 0) + 1 };
  };
  useLayoutEffect(() => putAway, []);
  const may = table.may_set_policies;
  return (
    <div class={editing.value ? "passes passes-wide" : "passes passes-alone"}>
      <div>
        {!may && (
          <ReadOnly
            why={t`bells are what every deadline counts from, so the office chooses among them for a day and does not change them.`}
          />
        )}
        {table.schedules.length === 0 && (
          <Empty icon="clock" title={t`There are no bell schedules yet`}>
            <p>{t`Without bells no meeting has a time, and no roll is expected.`}</p>
          </Empty>
        )}
        <GoneAnswer
          kind={OF}
          left={table.schedules.map(({ schedule }) => schedule)}
          school={who.school.school_id}
          zone={who.school.zone}
          now={() => table.schedules.map(bellsSentence)}
          again={fetchAgain}
        />
        <ul class="rule-list bells-list" aria-label={t`Bell schedules`}>
          {table.schedules.map((one) => (
            <Schedule key={one.schedule} of={one} table={table} who={who} onEdit={begin} />
          ))}
        </ul>
        {may && (
          <Button kind="plain" size="desk" icon="plus" onPress={() => begin(NEW_BELLS)}>
            {t`New bell schedule`}
          </Button>
        )}
      </div>
      {editing.value && (
        <Writing
          key={editing.value.nth}
          begun={editing.value.draft}
          table={table}
          who={who}
          onClose={() => {
            putAway();
            editing.value = null;
          }}
        />
      )}
    </div>
  );
}

export function BellsPage({ who }: { who: SignedInAs }) {
  return (
    <TimetablePage
      who={who}
      title={t`Bell schedules`}
      lead={t`The times of each kind of day. The calendar says which one a date rings.`}
      reach="day"
      show={(table) => <Here table={table} who={who} />}
    />
  );
}

/** Beside the grid: what stands of the chosen mark, what happened to it, and the ruling. */

import type { RefObject } from "preact";
import { clockTime } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Icon } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { asOf, instant } from "./desk.ts";
import { Happened } from "./happened.tsx";
import { open } from "./route.ts";
import { oneStudent } from "./student.ts";
import { type Cell, fullName, isContested, type Row } from "./students.ts";
import { CameOrLeftForms } from "./students-came.tsx";
import {
  cells,
  chosen,
  chosenRow,
  clash,
  codes,
  grid,
  leaveAsItIs,
  sendAllTheSame,
} from "./students-desk.ts";
import { RulingForm } from "./students-form.tsx";
import { story } from "./students-story.ts";
import { apartWords, cellSays, LANES, marks, students } from "./students-words.ts";
import { capital } from "./words.ts";

function teachersOf({ section }: Cell): string {
  const shown = grid.value;
  if (shown.is !== "here" || !section) return "";
  const names = new Map(shown.answer.teachers.map((one) => [one.staff_id, one.name]));
  return section.teacher_ids.flatMap((id) => names.get(id) ?? []).join(", ");
}

function subOf(cell: Cell, zone: string): string {
  const { roll, section } = cell;
  const time = clockTime(roll.starts_at, zone);
  return [roll.period_name, section?.title, teachersOf(cell), time].filter(Boolean).join(", ");
}

function Stands({ cell, zone }: { cell: Cell; zone: string }) {
  const look = isContested(cell) ? "contested" : cell.office ? "office" : "plain";
  return (
    <div class={`stands stands-${look}`}>
      <p>{capital(cellSays(cell, codes.value, instant.value, zone))}.</p>
      {cell.more?.evidence && <p>{t`On file: ${cell.more.evidence}.`}</p>}
    </div>
  );
}

function Story({ student_id, who }: { student_id: string; who: SignedInAs }) {
  const loaded = story.value;
  if (!loaded) return null;
  if (loaded.is === "loading") return <p class="panel-none">{t`Fetching it`}</p>;
  if (loaded.is === "failed") return <p class="panel-none">{loaded.why}</p>;
  const one = oneStudent(loaded.answer, student_id, who);
  return (
    <Happened
      told={one?.told ?? []}
      none={t`Nobody has said anything about this student on this roll yet.`}
    />
  );
}

/** Somebody else was quicker: what they said, and what to do about it. */
function Clash() {
  const found = clash.value;
  if (!found) return null;
  return (
    <div class="clash" role="alert">
      <p>
        <Icon name="rings" /> <b>{found.why}</b>
      </p>
      <ul>
        {found.cells.slice(0, 8).map((cell) => (
          <li key={cell.roll_id + cell.student_id}>{cell.says}</li>
        ))}
      </ul>
      <div class="decide-answers">
        <Button kind="plain" size="desk" onPress={() => void sendAllTheSame()}>
          {found.rulings.length > 1 ? t`Save mine all the same` : t`Save my ruling all the same`}
        </Button>
        <Button kind="plain" size="desk" onPress={leaveAsItIs}>
          {t`Leave it as it is`}
        </Button>
      </div>
    </div>
  );
}

function noneWords({ apart }: Row, zone: string): string {
  const found = apart.get(chosen.value?.period ?? "");
  return found ? apartWords(found, zone) : t`No meeting in this period`;
}

function Title({ row, zone }: { row: Row; zone: string }) {
  const several = cells.value;
  const [cell] = several;
  if (several.length > 1) {
    const count = new Set(several.map(({ num }) => num)).size;
    return (
      <>
        <h2>{t`${marks(several.length)} chosen`}</h2>
        <p>{students(count)}</p>
      </>
    );
  }
  return (
    <>
      <h2>{fullName(row.student)}</h2>
      <p>{cell ? subOf(cell, zone) : noneWords(row, zone)}</p>
    </>
  );
}

export interface StudentsPanelProps {
  who: SignedInAs;
  reason: RefObject<HTMLInputElement | null>;
  why: RefObject<HTMLInputElement | null>;
  happened: RefObject<HTMLHeadingElement | null>;
  onDone: () => void;
  onClose: () => void;
}

export function StudentsPanel(props: StudentsPanelProps) {
  const row = chosenRow.value;
  const { zone } = props.who.school;
  if (!row)
    return (
      <aside class="panel spanel" aria-label={t`The chosen mark`}>
        <p class="panel-none">
          {props.who.me.role === "auditor" || asOf.value !== null
            ? t`Choose a mark: arrows or a press. H tells what happened, ? shows all keys.`
            : t`Choose a mark: arrows or a press. Letters rule, R gives a reason, ? shows all keys.`}
        </p>
        <p class="panel-none">{LANES}</p>
      </aside>
    );
  const [cell] = cells.value;
  const several = cells.value.length > 1;
  return (
    <aside class="panel spanel" aria-label={fullName(row.student)}>
      <header class="panel-head">
        <div>
          <Title row={row} zone={zone} />
        </div>
        <Button kind="quiet" icon="cross" label={t`Close`} onPress={props.onClose} />
      </header>
      <Clash />
      {cell && !several && <Stands cell={cell} zone={zone} />}
      {!several && props.who.me.role !== "auditor" && asOf.value === null && (
        <CameOrLeftForms student={row.student} who={props.who} />
      )}
      {cell && props.who.me.role !== "auditor" && asOf.value === null && (
        <RulingForm reason={props.reason} why={props.why} onDone={props.onDone} />
      )}
      {cell && !several && (
        <>
          <h3 ref={props.happened} tabIndex={-1} class="spanel-happened">
            {t`What happened`}
          </h3>
          <Story student_id={row.student.student_id} who={props.who} />
        </>
      )}
      {!several && (
        <div class="panel-does">
          <Button
            kind="plain"
            size="desk"
            icon="calendar"
            onPress={() => open({ student: row.student.student_id, span: "week" })}
          >
            {t`Week and term`}
          </Button>
        </div>
      )}
    </aside>
  );
}

/** A teacher beside the board: where to call, what is known of tablet and reminders, the day's rolls. */

import { clockTime, longDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Empty, Icon } from "../ui/parts.ts";
import type { Board, BoardTeacher } from "../wire.ts";
import { type Meeting, type Row, whereOf } from "./board.ts";
import { seenWords, UNREACHED } from "./calling.ts";
import { callTrouble, noteCall } from "./calls-desk.ts";
import { CellFace } from "./cell.tsx";
import { asOf, blocks, instant, shownBoard } from "./desk.ts";
import { Panel } from "./panel.tsx";
import { openRoll } from "./roll.ts";
import { capital } from "./words.ts";

function CallOf({ meeting }: { meeting: Meeting }) {
  const { roll, cell } = meeting;
  if (asOf.value !== null || (cell.kind !== "missing" && !roll.called)) return null;
  const about = t`the roll of ${roll.period_name}`;
  if (!roll.called)
    return (
      <Button
        kind="plain"
        size="desk"
        icon="phone"
        label={t`Called about ${about}`}
        onPress={() => void noteCall([roll.roll_id])}
      >
        {t`Called`}
      </Button>
    );
  return (
    <Button
      kind="quiet"
      size="desk"
      label={t`Undo: nobody called about ${about}`}
      onPress={() => void noteCall([roll.roll_id], true)}
    >
      {t`Undo the call`}
    </Button>
  );
}

function RollOf({ meeting, zone }: { meeting: Meeting; zone: string }) {
  const { roll, section, cell } = meeting;
  return (
    <li class="teacher-roll">
      <button type="button" class="teacher-roll-open" onClick={() => openRoll(roll.roll_id)}>
        <CellFace cell={cell} />
        <span>
          <b>
            {roll.period_name}, {clockTime(roll.starts_at, zone)}
          </b>
          {section && ` · ${section.title}`}
        </span>
      </button>
      <p>{capital(cell.says)}.</p>
      <CallOf meeting={meeting} />
    </li>
  );
}

/** By which way they are reminded, and why by no better one. */
function Reach({ teacher: { reach, reach_why } }: { teacher: BoardTeacher }) {
  if (!reach_why) return null;
  if (reach !== "none") return <p>{reach_why}</p>;
  return (
    <p class="teacher-unreached">
      <Icon name="bell-off" />
      <span>
        <b>{UNREACHED}</b> {reach_why}
      </span>
    </p>
  );
}

function rowOf(staff_id: string): Row | undefined {
  const rows = blocks.value.flatMap((block) => block.rows);
  const own = rows.filter(({ teacher }) => teacher.staff_id === staff_id);
  const [first] = own;
  if (!first) return undefined;
  return { ...first, meetings: new Map(own.flatMap(({ meetings }) => [...meetings])) };
}

function Known({ row, shown }: { row: Row; shown: Board }) {
  const { zone } = shown.school;
  const meetings = [...row.meetings.values()].flat();
  return (
    <>
      <p class="teacher-where">{capital(whereOf(row.teacher))}</p>
      {asOf.value === null && <p>{seenWords(shown, row.teacher, instant.value).join(" ")}</p>}
      <Reach teacher={row.teacher} />
      <p role="alert">{callTrouble.value}</p>
      <h3>{t`Rolls of the day`}</h3>
      <ul>
        {meetings.map((meeting) => (
          <RollOf key={meeting.roll.roll_id} meeting={meeting} zone={zone} />
        ))}
      </ul>
    </>
  );
}

export function TeacherPanel({ staff_id }: { staff_id: string }) {
  const shown = shownBoard.value;
  const row = rowOf(staff_id);
  return (
    <Panel
      title={row?.teacher.name ?? t`Teacher`}
      sub={shown ? longDate(shown.on) : t`Fetching it`}
    >
      {row && shown && <Known row={row} shown={shown} />}
      {shown && !row && (
        <Empty icon="question" title={t`Nobody of that name here`}>
          <p>{t`This teacher has no roll on this day.`}</p>
        </Empty>
      )}
    </Panel>
  );
}

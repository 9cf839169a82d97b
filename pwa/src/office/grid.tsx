/** Teachers down, periods across; one tab stop, arrows move, Enter opens the roll. */

import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { clockTime } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Icon } from "../ui/parts.ts";
import type { Period } from "../wire.ts";
import {
  type Block,
  columnName,
  isShownBy,
  type Meeting,
  type Row,
  roomWords,
  whereOf,
} from "./board.ts";
import { CellFace } from "./cell.tsx";
import { filter, panel } from "./desk.ts";
import { keyMove } from "./keys.ts";
import { openRoll, openTeacher } from "./roll.ts";

interface Part extends Block {
  /** The second half of a block: where both stand in one column its head is not repeated. */
  readonly goesOn?: true;
}

const goingOn = (block: Block): Part => ({ ...block, goesOn: true });

/** Both halves of the largest block are about as long, with the small blocks under the second. */
function halves(blocks: readonly Block[]): { first: Part[]; second: Part[] } {
  const [main, ...others] = blocks;
  if (!main) return { first: [], second: [] };
  const extra = others.reduce((sum, block) => sum + block.rows.length + 3, 0);
  const cut = Math.min(main.rows.length, Math.ceil((main.rows.length + extra) / 2));
  const part = (rows: readonly Row[]): Block[] => (rows.length > 0 ? [{ ...main, rows }] : []);
  return {
    first: part(main.rows.slice(0, cut)),
    second: [...part(main.rows.slice(cut)).map(goingOn), ...others],
  };
}

function MeetingButton({ meeting, teacher }: { meeting: Meeting; teacher: string }) {
  const { roll, section, cell } = meeting;
  const open = panel.value;
  const chosen = open.shows === "roll" && open.roll_id === roll.roll_id;
  const what = [teacher, roll.period_name, section?.title].filter(Boolean).join(", ");
  const dimmed = isShownBy(filter.value, meeting) ? "" : " meeting-dimmed";
  return (
    <button
      type="button"
      class={`meeting${chosen ? " meeting-chosen" : ""}${dimmed}`}
      tabIndex={-1}
      data-roll={roll.roll_id}
      aria-label={`${what}: ${cell.says}`}
      title={[section?.title, cell.says].filter(Boolean).join(": ")}
      onClick={() => openRoll(roll.roll_id)}
    >
      <CellFace cell={cell} />
    </button>
  );
}

/** Name, and where to call; pressed, it tells more. */
function TeacherName({ row: { teacher } }: { row: Row }) {
  if (teacher.staff_id === "") return <span class="teacher-name">{teacher.name}</span>;
  const { room, extension } = teacher;
  return (
    <button
      type="button"
      class="teacher-name"
      tabIndex={-1}
      data-teacher={teacher.staff_id}
      title={`${teacher.name}, ${whereOf(teacher)}`}
      onClick={() => openTeacher(teacher.staff_id)}
    >
      <span>
        {teacher.name}
        {teacher.reach === "none" && (
          <>
            <Icon name="bell-off" className="teacher-silent" />
            <span class="unseen">{t`, no reminder can reach this teacher`}</span>
          </>
        )}
      </span>
      <span class="teacher-place">
        {[room && roomWords(room), extension && t`ext. ${extension}`].filter(Boolean).join(", ")}
      </span>
    </button>
  );
}

function TeacherRow({ row, block }: { row: Row; block: Block }) {
  return (
    <tr>
      <th scope="row" class={row.teacher.name.length > 16 ? "long-name" : ""}>
        <TeacherName row={row} />
      </th>
      {block.periods.map(({ period }) => (
        <td key={period} class={period === block.now ? "is-now" : ""}>
          {(row.meetings.get(period) ?? []).map((meeting) => (
            <MeetingButton
              key={meeting.roll.roll_id}
              meeting={meeting}
              teacher={row.teacher.name}
            />
          ))}
        </td>
      ))}
    </tr>
  );
}

function ColumnHead({ period, zone, isNow }: { period: Period; zone: string; isNow: boolean }) {
  return (
    <th scope="col" class={isNow ? "is-now" : ""}>
      <b>
        {columnName(period)}
        {isNow ? t` now` : ""}
      </b>
      <span>{clockTime(period.starts_at, zone)}</span>
    </th>
  );
}

const hasShown = (row: Row): boolean =>
  [...row.meetings.values()].flat().some((meeting) => isShownBy(filter.value, meeting));

function BlockTable({ block, zone }: { block: Part; zone: string }) {
  const rows = filter.value ? block.rows.filter(hasShown) : block.rows;
  if (rows.length === 0) return null;
  const names = block.periods.map(({ name }) => name).join(", ");
  return (
    <table class={`board board-of-${block.periods.length}${block.goesOn ? " board-goes-on" : ""}`}>
      <caption class="unseen">{t`Rolls by teacher: ${names}`}</caption>
      <thead>
        <tr>
          <th scope="col">
            <b>{t`Teacher`}</b>
            <span>{t`A to Z`}</span>
          </th>
          {block.periods.map((period) => (
            <ColumnHead
              key={period.period}
              period={period}
              zone={zone}
              isNow={period.period === block.now}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TeacherRow key={row.teacher.staff_id} row={row} block={block} />
        ))}
      </tbody>
    </table>
  );
}

/** The first cell that Tab reaches is the chosen one, else the first; the arrows go on from it. */
function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const next = keyMove(event.key, event.target as HTMLElement, event.currentTarget);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The open roll's cell is brought into sight beside its panel. */
function useChosenInSight(region: RefObject<HTMLDivElement | null>) {
  const open = panel.value;
  const chosen = open.shows === "roll" ? open.roll_id : "";
  useLayoutEffect(() => {
    const cell = chosen && region.current?.querySelector(`[data-roll="${chosen}"]`);
    if (cell) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen, region]);
}

/** Where the periods do not fit, the present one is brought into sight, once. */
function useNowInSight(now: string | null | undefined) {
  const region = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = region.current;
    const column = shown?.querySelector("thead th.is-now");
    const names = shown?.querySelector("thead th");
    if (!shown || !column || !names) return;
    const [edge, start] = [names.getBoundingClientRect(), column.getBoundingClientRect()];
    const isFromRight = getComputedStyle(shown).direction === "rtl";
    shown.scrollLeft += isFromRight ? start.right - edge.left : start.left - edge.right;
  }, [now]);
  return region;
}

export function Grid({ blocks, zone }: { blocks: readonly Block[]; zone: string }) {
  const { first, second } = halves(blocks);
  const region = useNowInSight(blocks[0]?.now);
  useChosenInSight(region);
  const column = (part: readonly Part[], name: string) => (
    <div class={`board-column board-column-${name}`}>
      {part.map((block) => (
        <BlockTable key={block.periods[0]?.period} block={block} zone={zone} />
      ))}
    </div>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div
      ref={region}
      class="board-columns"
      role="group"
      aria-label={t`Rolls of the day. Arrow keys move, Enter opens.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the board scrolls, and hands focus to a cell
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {column(first, "first")}
      {column(second, "second")}
    </div>
  );
}

/** One cell of the grid: the teacher's lane above, the office's below; bold stands. */

import { t } from "../core/t.ts";
import { Icon, type IconName } from "../ui/parts.ts";
import type { Codes, Presence } from "../wire.ts";
import { type Apart, type Cell, isContested, isMissing } from "./students.ts";
import { apartWords, emptyWords, laneWords, reasonWords } from "./students-words.ts";

const ICONS: Readonly<Record<Presence, IconName>> = {
  present: "tick",
  absent: "cross",
  late: "clock",
  left_early: "door",
  elsewhere: "pin",
};

interface FaceProps {
  cell: Cell;
  codes: Codes | null;
  now: number;
  zone: string;
}

function seenLane({ cell, zone }: FaceProps) {
  const { seen, office, more, roll } = cell;
  if (seen === null) return null;
  const stands = office === undefined || office === null;
  const contested = isContested(cell);
  if (seen === "present" && stands && !contested && !more?.known)
    return <span class="lane-up lane-up-present" />;
  return (
    <span class={`lane-up${stands ? ` lane-up-${seen}` : ""}`}>
      <Icon name={ICONS[seen]} />
      <span class="lane-words">{laneWords(seen, more, roll, zone)}</span>
      {contested && <Icon name="rings" className="lane-rings" />}
    </span>
  );
}

function ruledLane({ cell, codes, zone }: FaceProps) {
  const { office, more, roll, ahead, seen } = cell;
  const reason = reasonWords(cell, codes);
  const ruled = office ? laneWords(office, more, roll, zone) : null;
  const words = [ruled, reason].filter(Boolean).join(": ") || (ahead ? t`Known before` : "");
  if (!words) return null;
  return (
    <span class={`lane-down${ruled ? " lane-down-stands" : ""}`}>
      <Icon name="roof" />
      <span class="lane-words">{words}</span>
      {seen === null && isContested(cell) && <Icon name="rings" className="lane-rings" />}
    </span>
  );
}

/** Both lanes, or why there is nothing to show. A function, not a component: many are drawn at once. */
export function face(props: FaceProps) {
  const { cell, now, zone } = props;
  if (cell.seen !== null || cell.office !== undefined || cell.more?.known || cell.ahead)
    return (
      <>
        {seenLane(props)}
        {ruledLane(props)}
      </>
    );
  const words = emptyWords(cell, now, zone);
  const look = isMissing(cell, now) ? "missing" : cell.roll.expected ? "waiting" : "void";
  return <span class={`lane-empty lane-empty-${look}`}>{words}</span>;
}

/** Where she is enrolled that day and not in that meeting. */
export const apartFace = (apart: Apart | undefined, zone: string) =>
  apart && <span class="lane-empty lane-empty-void">{apartWords(apart, zone)}</span>;

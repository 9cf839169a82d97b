import { Icon, type IconName } from "../ui/parts.ts";
import type { Cell, CellKind, Extra } from "./cells.ts";

const ICONS: Partial<Record<CellKind, IconName>> = {
  due: "ring",
  open: "pencil",
  saved: "tablet",
  received: "tick",
  late: "clock",
  contested: "rings",
  exempt: "minus",
};

const EXTRAS: Readonly<Record<Extra, IconName>> = {
  safety: "warn",
  came_later: "tablet",
  unproven: "question",
  corrected: "pencil",
  unmarked: "dots",
  uncertified: "note",
  locked: "lock",
};

/** What a cell looks like, on the board and in the legend. */
export function CellFace({ cell }: { cell: Pick<Cell, "kind" | "text" | "extras"> }) {
  const icon = ICONS[cell.kind];
  const hatched = cell.kind === "exempt" ? " hatched" : "";
  return (
    <span class={`cell cell-${cell.kind}${hatched}`}>
      {icon && <Icon name={icon} />}
      <span class="cell-text">{cell.kind === "upcoming" ? "·" : cell.text}</span>
      {cell.extras.map((extra) => (
        <Icon key={extra} name={EXTRAS[extra]} className={`cell-extra cell-extra-${extra}`} />
      ))}
    </span>
  );
}

import { t, tOf } from "../core/t.ts";
import { Icon, type IconName } from "./icon.tsx";

export type ChipStanding =
  | "upcoming"
  | "open"
  | "due"
  | "late"
  | "submitted"
  | "exempt"
  | "saved"
  | "held"
  | "refused";

export interface StandingChipProps {
  standing: ChipStanding;
  /** The time that matters now, as the school writes it: opens, due, submitted. */
  at?: string | undefined;
  minutesLeft?: number | undefined;
  /** Why no roll is expected. */
  reason?: string | undefined;
}

const ICONS: Partial<Record<ChipStanding, IconName>> = {
  open: "ring",
  due: "clock",
  late: "warn",
  submitted: "tick",
  exempt: "minus",
  saved: "tablet",
  held: "pause",
  refused: "cross",
};

function dueWords(at: string | undefined, minutesLeft: number | undefined): string {
  if (!at) return t`Due`;
  return minutesLeft === undefined ? t`Due ${at}` : t`Due ${at} · ${minutesLeft} min left`;
}

/** "Due 8:15 · 6 min left": the words of a standing, the same wherever it is shown. */
export function standingWords({ standing, at, minutesLeft, reason }: StandingChipProps): string {
  const words: Record<ChipStanding, string> = {
    upcoming: at ? t`Opens ${at}` : t`Opens`,
    open: at ? t`Open, due ${at}` : t`Open, due`,
    due: dueWords(at, minutesLeft),
    late: at ? t`Late · was due ${at}` : tOf("of a roll")`Late`,
    submitted: at ? t`Submitted ${at}` : t`Submitted`,
    exempt: reason ? t`No roll expected: ${reason}` : t`No roll expected`,
    saved: at ? t`Saved here ${at}` : t`Saved here`,
    held: at ? t`Held since ${at}` : t`Held by the office`,
    refused: at ? t`Refused ${at}` : t`Refused`,
  };
  return words[standing];
}

/** How a roll stands against its deadline. */
export function StandingChip(props: StandingChipProps) {
  const icon = ICONS[props.standing];
  return (
    <span class={`chip chip-${props.standing}${props.standing === "exempt" ? " hatched" : ""}`}>
      {icon && <Icon name={icon} />}
      <span>{standingWords(props)}</span>
    </span>
  );
}

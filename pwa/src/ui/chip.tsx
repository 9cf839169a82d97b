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

/** "Due 8:15 · 6 min left": the words of a standing, the same wherever it is shown. */
export function standingWords({ standing, at, minutesLeft, reason }: StandingChipProps): string {
  const when = at ? ` ${at}` : "";
  const left = minutesLeft === undefined ? "" : ` · ${minutesLeft} min left`;
  const words: Record<ChipStanding, string> = {
    upcoming: `Opens${when}`,
    open: `Open, due${when}`,
    due: `Due${when}${left}`,
    late: at ? `Late · was due ${at}` : "Late",
    submitted: `Submitted${when}`,
    exempt: reason ? `No roll expected: ${reason}` : "No roll expected",
    saved: `Saved here${when}`,
    held: at ? `Held since ${at}` : "Held by the office",
    refused: `Refused${when}`,
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

import type { ComponentChildren } from "preact";
import { t } from "../core/t.ts";
import { Icon, type IconName } from "./icon.tsx";

export type Look =
  | "present"
  | "absent"
  | "late"
  | "left_early"
  | "elsewhere"
  | "known"
  | "not_marked"
  | "contested"
  | "office";

export interface StudentTileProps {
  given: string;
  family: string;
  initials: string;
  look: Look;
  /** The state in a word, where the look's own is not enough: "Late 12" under the office's roof. */
  word?: string | undefined;
  /** A second, smaller line: "9 min", "office knows". */
  second?: string | undefined;
  /** ring: on the screen only · dot: submitted, still on the tablet · tick: the school has it */
  pencil: "ring" | "dot" | "tick";
  /** The whole name and state, for a screen reader. */
  label: string;
  pressed: boolean;
  tabIndex: number;
  onTap: () => void;
  onLong: () => void;
  layout: "tile" | "row";
  /** Lets the screen find the tile again, to move focus to it. */
  id?: string | undefined;
  lang?: string | undefined;
}

const LOOKS: Record<Exclude<Look, "present">, { icon: IconName; word: string; under?: true }> = {
  absent: { icon: "cross", word: t`Absent` },
  late: { icon: "clock", word: t`Late` },
  left_early: { icon: "door", word: t`Left` },
  elsewhere: { icon: "pin", word: t`Elsewhere`, under: true },
  known: { icon: "cross", word: t`Absent` },
  not_marked: { icon: "question", word: t`Not marked`, under: true },
  contested: { icon: "rings", word: t`Two marks`, under: true },
  office: { icon: "roof", word: t`Office`, under: true },
};

function PencilMark({ pencil, layout }: Pick<StudentTileProps, "pencil" | "layout">) {
  return (
    <span class="tile-state tile-pencil">
      {layout === "row" && <span class="tile-word">{t`Present`}</span>}
      <Icon name={pencil} className={`pencil-${pencil}`} />
    </span>
  );
}

/** The state in shape and word; a long word stands under its icon, so that it never meets a name. */
function StateMark({
  look,
  word,
  second,
  layout,
}: StudentTileProps & { look: keyof typeof LOOKS }) {
  const shown = LOOKS[look];
  const words = word ?? shown.word;
  const under = shown.under && layout === "tile";
  return (
    <span class="tile-state">
      <span class="tile-word">
        <Icon name={shown.icon} />
        {!under && <span>{words}</span>}
      </span>{" "}
      {under && <span class="tile-second tile-second-strong">{words}</span>}{" "}
      {second && <span class="tile-second">{second}</span>}
    </span>
  );
}

/** Tells a press that lasts half a second, or the right button, from a tap. */
function pressing(onTap: () => void, onLong: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  return {
    onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      const tile = event.currentTarget;
      stop();
      delete tile.dataset["held"];
      if (event.button !== 0) return;
      timer = setTimeout(() => {
        tile.dataset["held"] = "yes";
        onLong();
      }, 500);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
    onContextMenu: (event: Event & { currentTarget: HTMLElement }) => {
      event.preventDefault();
      stop();
      if (event.currentTarget.dataset["held"] === "yes") return;
      event.currentTarget.dataset["held"] = "yes";
      onLong();
    },
    onClick: (event: MouseEvent & { currentTarget: HTMLElement }) => {
      stop();
      const wasHeld = event.currentTarget.dataset["held"] === "yes" && event.detail > 0;
      delete event.currentTarget.dataset["held"];
      if (!wasHeld) onTap();
    },
  };
}

/** One student: a tap says here or not here, a long press asks for more. */
export function StudentTile(props: StudentTileProps) {
  const { look, layout } = props;
  return (
    <button
      type="button"
      id={props.id}
      class={`tile tile-${layout} tile-${look}`}
      aria-label={props.label}
      aria-pressed={props.pressed}
      tabIndex={props.tabIndex}
      {...pressing(props.onTap, props.onLong)}
    >
      {/* Drawn by the stylesheet: words in the tile must be words of its name (WCAG 2.5.3). */}
      <span class="tile-photo" data-initials={props.initials} aria-hidden="true" />
      <span class="tile-name" lang={props.lang}>
        <span class="tile-given">{props.given}</span>{" "}
        <span class="tile-family">{props.family}</span>
      </span>{" "}
      {look === "present" ? <PencilMark {...props} /> : <StateMark {...props} look={look} />}
    </button>
  );
}

/** The students of a roll: six columns on a tablet held wide, five held tall, rows on a phone. */
export function StudentGrid(props: {
  layout: "tile" | "row";
  label: string;
  children: ComponentChildren;
  onKeyDown?: (event: KeyboardEvent) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div
      class={`students students-${props.layout}`}
      role="group"
      aria-label={props.label}
      onKeyDown={(event) => props.onKeyDown?.(event)}
    >
      {props.children}
    </div>
  );
}

import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export interface ButtonProps {
  /** main: the one thing to do · plain: also possible · quiet: leaves · danger: cannot be undone */
  kind: "main" | "plain" | "quiet" | "danger";
  icon?: IconName;
  onPress?: () => void;
  children?: ComponentChildren;
  disabled?: boolean;
  busy?: boolean;
  /** The accessible name, where the button shows only an icon or needs more words. */
  label?: string;
  /** Shown under the pointer, where only the icon is seen. */
  title?: string;
  size?: "desk" | "strip" | "bar";
  wide?: boolean;
  type?: "button" | "submit";
  pressed?: boolean;
  id?: string;
  autoFocus?: boolean;
  /** On a phone the icon alone is seen; the words stay for a screen reader. */
  brief?: boolean;
  /** "dashed" is the submit button while a student is not marked. */
  edge?: "dashed";
}

/** "Submit 24 present, 3 absent": each clause keeps its words together. */
function clauses(children: ComponentChildren): ComponentChildren {
  if (typeof children !== "string" || !children.includes(", ")) return children;
  const parts = children.split(/(?<=,) /);
  return parts.flatMap((part, n) => [
    n > 0 && " ",
    <span key={part} class="button-clause">
      {part}
    </span>,
  ]);
}

function classes({ kind, size, wide, edge, icon, children, brief }: ButtonProps): string {
  const only = icon && !children ? "button-icon" : "";
  return ["button", `button-${kind}`, size && `button-${size}`, wide && "button-wide", only]
    .concat(brief ? ["button-brief"] : [])
    .concat(edge ? [`button-${edge}`] : [])
    .filter(Boolean)
    .join(" ");
}

/**
 * A button that says what it will do. Disabled and busy ones stay in the tab order and keep their
 * words, so that nobody loses their place; they only stop answering.
 */
export function Button(props: ButtonProps) {
  const { icon, onPress, children, disabled, busy, label, type = "button", pressed, id } = props;
  const idle = disabled || busy;
  return (
    <button
      type={type}
      id={id}
      class={classes(props)}
      aria-disabled={idle ? "true" : undefined}
      aria-busy={busy ? "true" : undefined}
      aria-label={label}
      title={props.title}
      aria-pressed={pressed}
      autofocus={props.autoFocus}
      onClick={(event) => {
        if (idle) event.preventDefault();
        else onPress?.();
      }}
    >
      {icon && <Icon name={icon} />}
      {children && <span class="button-words">{clauses(children)}</span>}
    </button>
  );
}

export interface SwitchProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; icon?: IconName; words: string; lang?: string }[];
  onChange: (value: Value) => void;
}

/** One of a few views, all in sight. */
export function Switch<Value extends string>(props: SwitchProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div class="switch" role="group" aria-label={props.label}>
      {props.choices.map(({ value, icon, words, lang }) => (
        <button
          key={value}
          type="button"
          class="switch-choice"
          lang={lang}
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {icon && <Icon name={icon} />}
          <span>{words}</span>
        </button>
      ))}
    </div>
  );
}

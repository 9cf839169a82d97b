import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

export interface SheetProps {
  title: string;
  sub?: string | undefined;
  onClose: () => void;
  children: ComponentChildren;
}

/**
 * A sheet over the screen. The browser's own dialog keeps focus inside, gives it back to where it
 * came from, and makes the rest inert; Escape and the scrim close it without change.
 */
export function Sheet({ title, sub, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape, which is onCancel, does the same
    <dialog
      ref={dialog}
      class="sheet"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div class="sheet-body">
        <header class="sheet-head">
          <div>
            <h2>{title}</h2>
            {sub && <p class="sheet-sub">{sub}</p>}
          </div>
          <Button kind="quiet" icon="cross" label={t`Close`} onPress={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

export interface StepperProps {
  minutes: number;
  /** What the minutes mean: "arrived 8:09". */
  detail: string;
  onChange: (minutes: number) => void;
  max?: number;
}

/** Minutes by one, in type that can be read at arm's length. */
export function Stepper({ minutes, detail, onChange, max = 600 }: StepperProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div class="stepper" role="group" aria-label={t`Minutes`}>
      <button
        type="button"
        class="stepper-key"
        aria-label={t`One minute less`}
        aria-disabled={minutes <= 1 ? "true" : undefined}
        onClick={() => minutes > 1 && onChange(minutes - 1)}
      >
        <Icon name="minus" />
      </button>
      <p class="stepper-value" aria-live="polite">
        <span class="stepper-minutes">{t`${minutes} min`}</span>
        <span class="stepper-detail">{detail}</span>
      </p>
      <button
        type="button"
        class="stepper-key"
        aria-label={t`One minute more`}
        aria-disabled={minutes >= max ? "true" : undefined}
        onClick={() => minutes < max && onChange(minutes + 1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

/** Choices beside each other, all of one size: 5, 10, 15, 20, Now. */
export function Presets(props: {
  label: string;
  choices: readonly { words: string; onPick: () => void }[];
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div class="presets" role="group" aria-label={props.label}>
      {props.choices.map(({ words, onPick }) => (
        <Button key={words} kind="plain" onPress={onPick}>
          {words}
        </Button>
      ))}
    </div>
  );
}

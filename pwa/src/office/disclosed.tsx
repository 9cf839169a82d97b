/** A button of the bar that opens links under it: one at a time, and gone when one looks elsewhere. */

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

const opened = signal<string | null>(null);

const close = (): void => {
  opened.value = null;
};

/** How far each key leads in a list of so many; from none, to its first or its last. */
const STEPS: Readonly<Record<string, (at: number, many: number) => number>> = {
  ArrowDown: (at, many) => (at + 1) % many,
  ArrowUp: (at, many) => (at <= 0 ? many : at) - 1,
  Home: () => 0,
  End: (_, many) => many - 1,
};

function move(box: HTMLElement, key: string): boolean {
  const links = [...box.querySelectorAll<HTMLElement>("a")];
  const step = STEPS[key];
  if (!step || links.length === 0) return false;
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[step(at, links.length)]?.focus();
  return true;
}

export interface DisclosedProps {
  name: string;
  words: ComponentChildren;
  /** Whether the page that is shown is one of them. */
  isHere: boolean;
  children: ComponentChildren;
}

export function Disclosed({ name, words, isHere, children }: DisclosedProps) {
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = opened.value === name;
  useLayoutEffect(() => {
    if (!isOpen) return;
    const onPress = ({ target }: Event) => {
      if (!box.current?.contains(target as Node)) close();
    };
    document.addEventListener("pointerdown", onPress);
    addEventListener("hashchange", close);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      removeEventListener("hashchange", close);
    };
  }, [isOpen]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" && !isOpen) opened.value = name;
    else if (event.key === "Escape" && isOpen) {
      close();
      button.current?.focus();
    } else if (!(isOpen && box.current && move(box.current, event.key))) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the button and its links
    <div
      ref={box}
      class="nav-menu"
      onKeyDown={onKey}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget && !box.current?.contains(relatedTarget as Node)) close();
      }}
    >
      <button
        ref={button}
        type="button"
        class={`nav-lead nav-opens${isHere ? " nav-opens-here" : ""}`}
        aria-expanded={isOpen}
        onClick={() => {
          opened.value = isOpen ? null : name;
        }}
      >
        {words}
      </button>
      {isOpen && <div class="nav-list">{children}</div>}
    </div>
  );
}

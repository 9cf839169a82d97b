import type { ComponentChildren } from "preact";
import { Button } from "./button.tsx";

export interface ScreenProps {
  title: string;
  sub?: string | undefined;
  /** Where "back" leads, and what it is called for a screen reader. */
  back?: { label: string; onPress: () => void } | undefined;
  /** Beside the title, or under it on a phone: the standing, a switch. */
  tools?: ComponentChildren;
  /** At the end of the title's line: the menu. */
  more?: ComponentChildren;
  /** Under the title, before what is listed. */
  banner?: ComponentChildren;
  /** The bar at the bottom: the last tap, the submit button, the road to the record. */
  bar?: ComponentChildren;
  children: ComponentChildren;
}

/** Title on top, bar at the bottom, and only what lies between them scrolls. */
export function Screen({ title, sub, back, tools, more, banner, bar, children }: ScreenProps) {
  return (
    <div class="screen">
      <header class="screen-head">
        {back && <Button kind="quiet" icon="back" label={back.label} onPress={back.onPress} />}
        <div class="screen-title">
          <h1>{title}</h1>
          {sub && <p>{sub}</p>}
        </div>
        {tools && <div class="screen-tools">{tools}</div>}
        {more && <div class="screen-more">{more}</div>}
      </header>
      {banner}
      <main class="screen-region">{children}</main>
      {bar && <footer class="screen-bar">{bar}</footer>}
    </div>
  );
}

export interface SubmitBarProps {
  /** What was just done: a name and a state. */
  said?: { who: string; what: string } | undefined;
  /** The likely next words, and undo. */
  words?: ComponentChildren;
  /** The sync-state line. */
  line?: ComponentChildren;
  submit: ComponentChildren;
}

/** Left the last tap and its other words, under them the sync line, right the submit button. */
export function SubmitBar({ said, words, line, submit }: SubmitBarProps) {
  return (
    <div class="submit-bar">
      <div class="strip">
        {said && (
          <p class="strip-said">
            <b>{said.who}</b> <span>{said.what}</span>
          </p>
        )}
        {words && <div class="strip-words">{words}</div>}
      </div>
      {line && <div class="submit-line">{line}</div>}
      <div class="submit-button">{submit}</div>
    </div>
  );
}

import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export interface BannerProps {
  /** calm: nothing to do · held: a person decides · refused: there is a way out · warn: look */
  kind: "calm" | "held" | "refused" | "warn";
  icon: IconName;
  children: ComponentChildren;
  action?: ComponentChildren;
}

/** A line across the screen that says what is different today, and what follows from it. */
export function Banner({ kind, icon, children, action }: BannerProps) {
  return (
    <div class={`banner banner-${kind}`}>
      <div class="banner-said">
        <Icon name={icon} />
        <p>{children}</p>
      </div>
      {action && <div class="banner-action">{action}</div>}
    </div>
  );
}

export interface EmptyProps {
  icon: IconName;
  title: string;
  children: ComponentChildren;
  actions?: ComponentChildren;
}

/** A screen with nothing to list: what is so, why, and what can be done. */
export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <section class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      <div class="empty-words">{children}</div>
      {actions && <div class="empty-actions">{actions}</div>}
    </section>
  );
}

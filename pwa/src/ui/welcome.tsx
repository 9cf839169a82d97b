import type { ComponentChildren } from "preact";
import { Logo } from "./icon.tsx";

export interface WelcomeProps {
  title: string;
  lead: string;
  /** At the foot: which school, or whom to ask. */
  foot?: ComponentChildren;
  /** The choice of the language, for whoever cannot read the rest. */
  language?: ComponentChildren;
  children: ComponentChildren;
}

/** The page before the first page: what to expect on one side, what to fill in on the other. */
export function Welcome({ title, lead, foot, language, children }: WelcomeProps) {
  return (
    <div class="welcome">
      <header class="welcome-side">
        <p class="brand">
          <Logo />
          Rollbook
        </p>
        <div class="welcome-lead">
          <h1>{title}</h1>
          <p>{lead}</p>
        </div>
        {foot && <div class="welcome-foot">{foot}</div>}
        {language && <div class="welcome-language">{language}</div>}
      </header>
      <main class="welcome-form">{children}</main>
    </div>
  );
}

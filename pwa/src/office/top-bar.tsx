/** The bar over every page of the desk: where one can go, what waits there, and who is here. */

import { REMINDS } from "../core/reach-words.ts";
import { Button, Logo } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { asksReminders, leaveReminders, reminds } from "./bell.ts";
import { RemindersSheet } from "./bell-sheet.tsx";
import { signOut } from "./desk.ts";
import { type DeskPage, pageOf, pagesFor } from "./pages.ts";
import { route, spellRoute } from "./route.ts";

const waiting = (page: DeskPage): number => page.count?.() ?? 0;

/** On a narrow desk the bar scrolls sideways: where one is stays in sight. */
const intoView = (lead: HTMLElement | null): void =>
  lead?.scrollIntoView({ block: "nearest", inline: "nearest" });

function Lead({ page }: { page: DeskPage }) {
  const here = pageOf(route.value.page);
  const isHere = here?.name === page.name || here?.within === page.name;
  const count = waiting(page);
  return (
    <li>
      <a
        class="nav-lead"
        href={spellRoute({ page: page.name, part: null, query: {} })}
        aria-current={isHere ? "page" : undefined}
        ref={isHere ? intoView : null}
      >
        {page.title}
        {count > 0 && (
          <b class={`nav-count${page.pressing?.() ? " nav-count-pressing" : ""}`}> {count}</b>
        )}
      </a>
    </li>
  );
}

export function TopBar({ who, inert }: { who: SignedInAs; inert: boolean }) {
  return (
    <header class="top" inert={inert}>
      <p class="brand top-brand" title={who.school.name}>
        <Logo />
        <span>Rollbook</span>
      </p>
      <nav class="nav" aria-label="Desk">
        <ul>
          {pagesFor(who.me.role).map((page) => (
            <Lead key={page.name} page={page} />
          ))}
        </ul>
      </nav>
      <div class="top-tools">
        <p class="top-school">{who.school.name}</p>
        <p class="top-who">
          {who.me.name}, {who.me.role}
        </p>
        <Button
          kind="quiet"
          size="desk"
          icon={reminds.value === "on" ? "bell" : "bell-off"}
          label={`Reminders: ${REMINDS[reminds.value].state}`}
          onPress={() => {
            asksReminders.value = true;
          }}
        />
        <Button
          kind="quiet"
          size="desk"
          icon="leave"
          label="Sign out"
          onPress={() => void signOut().then(leaveReminders)}
        />
      </div>
      {asksReminders.value && <RemindersSheet />}
    </header>
  );
}

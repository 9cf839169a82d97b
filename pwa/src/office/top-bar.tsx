/** The bar over every page of the desk: where one can go, what waits there, and who is here. */

import { REMINDS } from "../core/reach-words.ts";
import { t } from "../core/t.ts";
import { Button, Logo } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { asksReminders, leaveReminders, reminds } from "./bell.ts";
import { RemindersSheet } from "./bell-sheet.tsx";
import { signOut } from "./desk.ts";
import { LanguageButton } from "./language.tsx";
import { Nav } from "./nav.tsx";
import { roleWords } from "./words.ts";

export function TopBar({ who, inert }: { who: SignedInAs; inert: boolean }) {
  return (
    <header class="top" inert={inert}>
      <p class="brand top-brand" title={who.school.name}>
        <Logo />
        <span>Rollbook</span>
      </p>
      <Nav role={who.me.role} />
      <div class="top-tools">
        <p class="top-school">{who.school.name}</p>
        <p class="top-who">
          {who.me.name}
          <span>, {roleWords(who.me.role)}</span>
        </p>
        <LanguageButton />
        <Button
          kind="quiet"
          size="desk"
          icon={reminds.value === "on" ? "bell" : "bell-off"}
          label={t`Reminders: ${REMINDS[reminds.value].state}`}
          onPress={() => {
            asksReminders.value = true;
          }}
        />
        <Button
          kind="quiet"
          size="desk"
          icon="leave"
          label={t`Sign out`}
          onPress={() => void signOut().then(leaveReminders)}
        />
      </div>
      {asksReminders.value && <RemindersSheet />}
    </header>
  );
}

/** Which page the office sees: the door, a page of the desk, or why neither. */

import { t } from "../core/t.ts";
import { Button, Empty, Welcome } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { DayPanel } from "./day-panel.tsx";
import { arrive, asOf, panel, session, signOut } from "./desk.ts";
import { HeldPanel } from "./held-detail.tsx";
import { Lost } from "./lost.tsx";
import { narrow } from "./narrow.ts";
import { pageOf } from "./pages.ts";
import { RollPanel } from "./panel.tsx";
import { closePanel } from "./roll.ts";
import { go, route } from "./route.ts";
import { SignIn } from "./sign-in.tsx";
import { TeacherPanel } from "./teacher-panel.tsx";
import { TopBar } from "./top-bar.tsx";

function Unreachable() {
  return (
    <main>
      <Empty
        icon="wifi-off"
        title={t`The server does not answer`}
        actions={
          <Button kind="main" onPress={() => void arrive()}>
            {t`Try again`}
          </Button>
        }
      >
        <p>{t`The office desk needs the network: it shows only what the school has received.`}</p>
        <p>{t`Teachers can go on taking rolls. What they submit waits on their tablets.`}</p>
      </Empty>
    </main>
  );
}

function WrongRole({ who }: { who: SignedInAs }) {
  return (
    <Welcome
      title={t`This desk is for the office`}
      lead={t`You are signed in as ${who.me.name}, a teacher at ${who.school.name}.`}
    >
      <div class="desk-choices">
        <p>
          <b>{t`Why:`}</b>{" "}
          {t`the board shows every teacher’s rolls. A teacher’s account shows only that teacher’s own.`}
        </p>
        <p>
          <b>{t`Who can change that:`}</b> {t`an administrator of your school.`}
        </p>
        <Button kind="main" wide onPress={() => location.assign("/")}>
          {t`Open my rolls`}
        </Button>
        <Button kind="plain" wide onPress={() => void signOut()}>
          {t`Sign in as somebody else`}
        </Button>
      </div>
    </Welcome>
  );
}

function NoSuchPage() {
  return (
    <main class="desk-main">
      <Empty
        icon="question"
        title={t`There is no such page`}
        actions={
          <Button kind="main" onPress={() => go("board")}>
            {t`Open the board`}
          </Button>
        }
      >
        <p>{t`The address leads nowhere at this desk. Nothing has happened.`}</p>
      </Empty>
    </main>
  );
}

function Desk({ who }: { who: SignedInAs }) {
  const open = panel.value;
  const isOpen = open.shows !== "nothing";
  const isCovered = isOpen && narrow.value;
  const Show = pageOf(route.value.page)?.Show ?? NoSuchPage;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel from anywhere
    <div
      class="desk"
      onKeyDown={(event) => {
        const inDialog = (event.target as Element).closest("dialog") !== null;
        if (event.key === "Escape" && isOpen && !inDialog) closePanel();
      }}
    >
      <TopBar who={who} inert={isCovered} />
      <div class={`desk-body${isOpen ? " desk-body-split" : ""}`}>
        <div class="desk-page" inert={isCovered}>
          {asOf.value === null && <Lost zone={who.school.zone} />}
          <Show who={who} />
        </div>
        {open.shows === "roll" && <RollPanel who={who} key={open.roll_id} />}
        {open.shows === "teacher" && <TeacherPanel staff_id={open.staff_id} key={open.staff_id} />}
        {open.shows === "day" && <DayPanel who={who} on={open.on} key={open.on} />}
        {open.shows === "held" && <HeldPanel who={who} op_id={open.op_id} key={open.op_id} />}
      </div>
    </div>
  );
}

export function App() {
  const who = session.value;
  if (who.at === "unknown") return <p class="desk-starting">{t`Opening the desk`}</p>;
  if (who.at === "unreachable") return <Unreachable />;
  if (who.at === "door") return <SignIn notice={who.notice} />;
  if (who.at === "wrong_role") return <WrongRole who={who.who} />;
  return <Desk who={who.who} />;
}

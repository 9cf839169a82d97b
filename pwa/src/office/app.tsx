/** Which page the office sees: the door, the board, or why neither. */

import { signal } from "@preact/signals";
import { Button, Empty, Welcome } from "../ui/parts.ts";
import type { SignedInAs } from "../wire.ts";
import { BoardPage } from "./board-page.tsx";
import { arrive, session, signOut } from "./desk.ts";
import { SignIn } from "./sign-in.tsx";

const NARROW = matchMedia("(max-width: 1199px)");
/** Whether a panel covers the board instead of standing beside it. */
export const narrow = signal(NARROW.matches);
NARROW.addEventListener("change", ({ matches }) => {
  narrow.value = matches;
});

function Unreachable() {
  return (
    <main>
      <Empty
        icon="wifi-off"
        title="The server does not answer"
        actions={
          <Button kind="main" onPress={() => void arrive()}>
            Try again
          </Button>
        }
      >
        <p>The office desk needs the network: it shows only what the school has received.</p>
        <p>Teachers can go on taking rolls. What they submit waits on their tablets.</p>
      </Empty>
    </main>
  );
}

function WrongRole({ who }: { who: SignedInAs }) {
  return (
    <Welcome
      title="This desk is for the office"
      lead={`You are signed in as ${who.me.name}, a teacher at ${who.school.name}.`}
    >
      <div class="desk-choices">
        <p>
          <b>Why:</b> the board shows every teacher’s rolls. A teacher’s account shows only that
          teacher’s own.
        </p>
        <p>
          <b>Who can change that:</b> an administrator of your school.
        </p>
        <Button kind="main" wide onPress={() => location.assign("/")}>
          Open my rolls
        </Button>
        <Button kind="plain" wide onPress={() => void signOut()}>
          Sign in as somebody else
        </Button>
      </div>
    </Welcome>
  );
}

export function App() {
  const who = session.value;
  if (who.at === "unknown") return <p class="desk-starting">Opening the desk</p>;
  if (who.at === "unreachable") return <Unreachable />;
  if (who.at === "door") return <SignIn notice={who.notice} />;
  if (who.at === "wrong_role") return <WrongRole who={who.who} />;
  return <BoardPage who={who.who} />;
}

/** The first minute on a tablet: what is being fetched, and what to do when it does not come. */

import { useEffect } from "preact/hooks";
import { Button, Empty, Icon, Screen } from "../ui/parts.ts";
import { fetchSchool, fetchTrouble, signOut } from "./door.ts";

const PARTS = ["Sections", "Students", "Calendar and bells", "Rolls of the last five days"];

function Coming() {
  return (
    <section class="getting">
      <ul class="ruled">
        {PARTS.map((part) => (
          <li key={part}>
            <Icon name="ring" />
            {part}
          </li>
        ))}
      </ul>
      <p>A few seconds. After this the tablet works without a network.</p>
    </section>
  );
}

function Missing() {
  return (
    <Empty
      icon="wifi-off"
      title="Your sections did not come yet"
      actions={
        <>
          <Button kind="main" onPress={() => void fetchSchool()}>
            Try again
          </Button>
          <Button kind="quiet" onPress={() => void signOut()}>
            Sign in as somebody else
          </Button>
        </>
      }
    >
      <p>You are signed in, but the school does not answer. Rolls waiting here are safe.</p>
    </Empty>
  );
}

export function Getting() {
  useEffect(() => {
    void fetchSchool();
  }, []);
  return (
    <Screen title="Getting your sections" sub="First time on this tablet">
      {fetchTrouble.value ? <Missing /> : <Coming />}
    </Screen>
  );
}

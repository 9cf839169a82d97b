/** The first minute on a tablet: what is being fetched, and what to do when it does not come. */

import { useEffect } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button, Empty, Icon, Screen } from "../ui/parts.ts";
import { fetchSchool, fetchTrouble, signOut } from "./door.ts";
import { me } from "./state.ts";

const PARTS = [t`Sections`, t`Students`, t`Calendar and bells`, t`Rolls of the last five days`];

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
      <p>{t`A few seconds. After this the tablet works without a network.`}</p>
    </section>
  );
}

function Missing() {
  return (
    <Empty
      icon="wifi-off"
      title={t`Your sections did not come yet`}
      actions={
        <>
          <Button kind="main" onPress={() => void fetchSchool()}>
            {t`Try again`}
          </Button>
          <Button kind="quiet" onPress={() => void signOut()}>
            {t`Sign in as somebody else`}
          </Button>
        </>
      }
    >
      <p>{t`You are signed in, but the school does not answer. Rolls waiting here are safe.`}</p>
    </Empty>
  );
}

/** An auditor takes no rolls: what there is to read lies at the desk. */
function ForAuditors() {
  return (
    <Screen title={t`Here rolls are taken`} sub={t`You are signed in as an auditor`}>
      <Empty
        icon="list"
        title={t`What an auditor reads is at the office desk`}
        actions={
          <>
            <a class="button button-main" href="/office/#/audit">
              {t`Open the audit`}
            </a>
            <Button kind="quiet" onPress={() => void signOut()}>
              {t`Sign in as somebody else`}
            </Button>
          </>
        }
      >
        <p>
          {t`Entries and changes, outages and the check of the log are there, and nothing is changed.`}
        </p>
      </Empty>
    </Screen>
  );
}

export function Getting() {
  const isAuditor = me.value?.role === "auditor";
  useEffect(() => {
    if (!isAuditor) void fetchSchool();
  }, [isAuditor]);
  if (isAuditor) return <ForAuditors />;
  return (
    <Screen title={t`Getting your sections`} sub={t`First time on this tablet`}>
      {fetchTrouble.value ? <Missing /> : <Coming />}
    </Screen>
  );
}

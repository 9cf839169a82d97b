/** Says on every page that what it shows is not live, and since when. */

import { clockTime } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Banner } from "../ui/parts.ts";
import { liveness } from "./desk.ts";

export function Lost({ zone }: { zone: string }) {
  const state = liveness.value;
  return (
    <div role="status">
      {state.is === "lost" && (
        <Banner kind="held" icon="wifi-off">
          <b>{t`Not live since ${clockTime(state.since, zone)}, trying again.`}</b>{" "}
          {t`What came in after that is not shown yet.`}
        </Banner>
      )}
    </div>
  );
}

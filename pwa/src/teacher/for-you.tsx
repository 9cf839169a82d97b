/** The way to the inbox, with how much waits there. */

import { t } from "../core/t.ts";
import "./inbox.css";
import { plural } from "../core/words.ts";
import { Button } from "../ui/parts.ts";
import { needed } from "./inbox-state.ts";
import { go } from "./route.ts";

/** `always`: also where nothing waits. */
export function ForYou({ always = false }: { always?: boolean }) {
  const count = needed.value;
  if (count === 0 && !always) return null;
  const label = count === 0 ? t`For you, nothing new` : t`For you, ${plural(count, "thing")}`;
  return (
    <span class="for-you">
      <Button kind="quiet" icon="inbox" label={label} onPress={() => go({ screen: "inbox" })} />
      {count > 0 && (
        <span class="for-you-count" aria-hidden="true">
          {count}
        </span>
      )}
    </span>
  );
}

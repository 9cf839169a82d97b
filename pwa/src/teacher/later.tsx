/** A screen that is fetched when it is first asked for: the tablet opens faster without it. */

import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../core/t.ts";
import { Button, Empty } from "../ui/parts.ts";

/** The worker keeps the piece on the tablet, so this works without network too. */
export function later<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  const found = signal<{ readonly part: FunctionComponent<Props> } | "missing" | null>(null);
  const fetchIt = () => {
    found.value = null;
    load().then(
      (part) => {
        found.value = { part };
      },
      () => {
        found.value = "missing";
      },
    );
  };
  return function Later(props: Props) {
    useEffect(() => {
      if (found.value === null || found.value === "missing") fetchIt();
    }, []);
    const now = found.value;
    if (now === null) return null;
    if (now !== "missing") return <now.part {...props} />;
    return (
      <Empty
        icon="wifi-off"
        title={t`This screen is not on the tablet yet`}
        actions={
          <Button kind="plain" onPress={fetchIt}>
            {t`Try again`}
          </Button>
        }
      >
        <p>{t`It comes with the network, and stays. Everything you saved is safe.`}</p>
      </Empty>
    );
  };
}

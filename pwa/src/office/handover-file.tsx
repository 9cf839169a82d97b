/** The way in for a file that a tablet exported. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../core/t.ts";
import { Banner, Button } from "../ui/parts.ts";
import { bringIn, type Said } from "./handover.ts";

export function HandoverFile({ school }: { school: string }) {
  const input = useRef<HTMLInputElement>(null);
  const said = useSignal<Said | null>(null);
  const busy = useSignal(false);

  async function read(file: File | undefined) {
    if (!file) return;
    busy.value = true;
    said.value = await bringIn(school, file);
    busy.value = false;
    if (input.current) input.current.value = "";
  }

  return (
    <section class="handover">
      <h2>{t`From a tablet’s file`}</h2>
      <p>
        {t`Where a tablet cannot reach the school, its teacher can save the waiting rolls as a file. Bring it in here. Doing it twice changes nothing.`}
      </p>
      <input
        ref={input}
        class="unseen"
        type="file"
        accept="application/json,.json"
        aria-label={t`A tablet’s exported file`}
        tabIndex={-1}
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <Button
        kind="plain"
        size="desk"
        icon="upload"
        busy={busy.value}
        onPress={() => input.current?.click()}
      >
        {busy.value ? t`Reading the file` : t`Choose a file`}
      </Button>
      <div role="status">
        {said.value && (
          <Banner
            kind={said.value.good ? "calm" : "refused"}
            icon={said.value.good ? "tick" : "warn"}
          >
            {said.value.words}
          </Banner>
        )}
      </div>
    </section>
  );
}

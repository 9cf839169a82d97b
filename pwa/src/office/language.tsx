/** The language of this browser's desk: chosen in the bar, by each language's own name. */

import { signal } from "@preact/signals";
import { t } from "../core/t.ts";
import { turnTo } from "../device/language.ts";
import { Button, LanguageChoice, Sheet } from "../ui/parts.ts";

const asks = signal(false);

export function LanguageButton() {
  return (
    <>
      <Button
        kind="quiet"
        size="desk"
        icon="globe"
        label={t`Language`}
        onPress={() => {
          asks.value = true;
        }}
      />
      {asks.value && (
        <Sheet
          title={t`Language`}
          sub={t`Of this desk in this browser`}
          onClose={() => {
            asks.value = false;
          }}
        >
          <LanguageChoice onChoose={turnTo} />
        </Sheet>
      )}
    </>
  );
}

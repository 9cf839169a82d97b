/** The one polite live region: it repeats the last tap, the sync step, and the last minutes. */

import { computed } from "@preact/signals";
import { t } from "../core/t.ts";
import { dueForEars } from "./due.tsx";
import { lastWords, minutesToDue, stepWords } from "./said.ts";

const minutes = computed(() => {
  const left = minutesToDue.value;
  return left === 5 || left === 1 ? t`${left} min left` : "";
});

export function Announcer() {
  return (
    <p class="for-ears" role="status">
      {[lastWords.value, stepWords.value, minutes.value, dueForEars.value]
        .filter(Boolean)
        .join(". ")}
    </p>
  );
}

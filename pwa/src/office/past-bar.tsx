/** Says that the past is shown, leads through it, and back to now. */

import { ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Icon } from "../ui/parts.ts";
import { asOf, instantNow } from "./desk.ts";
import { fieldTime, instantAt, knownAtWords, stepFrom } from "./past.ts";
import { open } from "./route.ts";

const show = (at: string | null): void => open({ at });

/** Enters the past at this moment; from here one steps back. */
export function AsKnown() {
  if (asOf.value !== null) return null;
  return (
    <Button
      kind="plain"
      size="desk"
      icon="clock"
      title={t`As known at…`}
      onPress={() => show(new Date(instantNow()).toISOString())}
    >
      {t`As known at…`}
    </Button>
  );
}

export interface PastBarProps {
  /** The school date that is looked at. */
  on: string;
  zone: string;
  /** When something became known. */
  steps: readonly string[];
  roster_as_of: string | null | undefined;
}

/** Whose names are shown: those of the roster then, or today's where none older is kept. */
const rosterWords = (roster: string | null | undefined): string =>
  roster === null ? t` Who is on the list is as of today: no older list is kept.` : "";

export function PastBar({ on, zone, steps, roster_as_of }: PastBarProps) {
  const at = asOf.value;
  if (at === null) return null;
  const before = stepFrom(steps, at, -1);
  const after = stepFrom(steps, at, 1);
  return (
    <section class="past" aria-label={t`The past`}>
      <p class="past-words" role="status">
        <Icon name="clock" />
        <span>
          <b>{t`As known at ${knownAtWords(at, on, zone)}.`}</b>{" "}
          {t`What came later is hidden.${rosterWords(roster_as_of)}`}
        </span>
      </p>
      <div class="past-steps">
        <Button
          kind="plain"
          size="desk"
          icon="back"
          label={t`One entry earlier`}
          disabled={before === null}
          onPress={() => before && show(before)}
        />
        <label class="past-time">
          <span class="unseen">{t`Time of the day`}</span>
          <input
            class="field-input"
            type="time"
            value={fieldTime(ms(at), zone)}
            onChange={(event) => {
              const chosen = instantAt(on, event.currentTarget.value, zone);
              if (chosen) show(chosen);
            }}
          />
        </label>
        <Button
          kind="plain"
          size="desk"
          icon="forward"
          label={t`One entry later`}
          disabled={after === null}
          onPress={() => after && show(after)}
        />
        <Button kind="main" size="desk" onPress={() => show(null)}>
          {t`Back to now`}
        </Button>
      </div>
    </section>
  );
}

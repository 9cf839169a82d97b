/** A reason that is kept with what it is for: asked for in place, and needed. */

import { useSignal } from "@preact/signals";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";

export function SayWhy(props: {
  label: string;
  button: string;
  /** Said when nothing was written. */
  needed: string;
  /** Does it; what it answers is why it could not be done. */
  onSay: (why: string) => Promise<string | null>;
  onCancel?: () => void;
}) {
  const why = useSignal("");
  const trouble = useSignal<string | null>(null);
  const say = async () => {
    const words = why.value.trim();
    trouble.value = words ? await props.onSay(words) : props.needed;
  };
  return (
    <form
      class="say-why"
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      <label class="ask">
        <span class="ask-label">{props.label}</span>
        <input
          class="ask-input"
          autofocus={props.onCancel !== undefined}
          maxLength={500}
          value={why.value}
          onInput={(event) => {
            why.value = event.currentTarget.value;
          }}
        />
      </label>
      <Button kind={props.onCancel ? "main" : "plain"} size="desk" type="submit">
        {props.button}
      </Button>
      {props.onCancel && (
        <Button kind="quiet" size="desk" onPress={props.onCancel}>
          {t`Cancel`}
        </Button>
      )}
      <p class="report-said" role="alert">
        {trouble.value}
      </p>
    </form>
  );
}

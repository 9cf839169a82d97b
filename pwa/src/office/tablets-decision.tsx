/** Before leave is taken back or given again: what will happen, why, and a way out. */

import { useSignal } from "@preact/signals";
import { t } from "../core/t.ts";
import { Button } from "../ui/parts.ts";
import { Line } from "./sheets-day.tsx";
import { busy, trouble } from "./tablets.ts";

export function Decision(props: {
  says: readonly string[];
  does: string;
  /** Leave is given, not taken: nothing about it is dangerous. */
  gives?: boolean;
  example: string;
  onDecide: (why: string) => Promise<boolean>;
  onKeep: () => void;
}) {
  const why = useSignal("");
  return (
    <form
      class={`revoking${props.gives ? " revoking-gives" : ""}`}
      onSubmit={(event) => {
        event.preventDefault();
        void props.onDecide(why.value);
      }}
      noValidate
    >
      {props.says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Line
        label={t`Why`}
        value={why.value}
        hint={t`Kept with your name. For example: ${props.example}.`}
        onInput={(value) => {
          why.value = value;
        }}
      />
      <p class="ask-error" role="alert">
        {trouble.value}
      </p>
      <div class="revoking-does">
        <Button kind={props.gives ? "main" : "danger"} size="desk" type="submit" busy={busy.value}>
          {props.does}
        </Button>
        <Button kind="plain" size="desk" onPress={props.onKeep}>
          {props.gives ? t`Leave it revoked` : t`Keep it`}
        </Button>
      </div>
    </form>
  );
}

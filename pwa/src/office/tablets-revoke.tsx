/** Before leave is taken back: what will happen, why it is done, and a way out. */

import { useSignal } from "@preact/signals";
import { Button } from "../ui/parts.ts";
import { Line } from "./sheets-day.tsx";
import { busy, trouble } from "./tablets.ts";

export function Revocation(props: {
  says: readonly string[];
  does: string;
  onRevoke: (why: string) => Promise<boolean>;
  onKeep: () => void;
}) {
  const why = useSignal("");
  return (
    <form
      class="revoking"
      onSubmit={(event) => {
        event.preventDefault();
        void props.onRevoke(why.value);
      }}
      noValidate
    >
      {props.says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Line
        label="Why"
        value={why.value}
        hint="Kept with your name. For example: left on the bus."
        onInput={(value) => {
          why.value = value;
        }}
      />
      <p class="ask-error" role="alert">
        {trouble.value}
      </p>
      <div class="revoking-does">
        <Button kind="danger" size="desk" type="submit" busy={busy.value}>
          {props.does}
        </Button>
        <Button kind="plain" size="desk" onPress={props.onKeep}>
          Keep it
        </Button>
      </div>
    </form>
  );
}

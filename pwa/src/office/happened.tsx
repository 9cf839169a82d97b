import type { Told } from "./told.ts";

/** What happened, as sentences with the time first. */
export function Happened({ told, none }: { told: readonly Told[]; none: string }) {
  if (told.length === 0) return <p class="panel-none">{none}</p>;
  return (
    <ol class="story">
      {told.map((one) => (
        <li key={one.op_id} class={`told told-${one.kind}`}>
          <span class="told-at">{one.at}</span>
          <span>
            {one.says.map((sentence) => (
              <span key={sentence} class="told-says">
                {sentence}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

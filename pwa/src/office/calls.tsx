import { Button } from "../ui/parts.ts";
import type { Call } from "./board.ts";
import { called, calls } from "./desk.ts";

const SHOWN = 3;

function done(call: Call): void {
  called.value = new Set([...called.value, ...call.rolls]);
}

/** Up to three people to call, with room and extension. "Called" makes room for the next. */
export function Calls() {
  const all = calls.value;
  if (all.length === 0) return null;
  return (
    <section class="calls" aria-label="People to call">
      <ul>
        {all.slice(0, SHOWN).map((call) => (
          <li key={call.teacher.staff_id} class="call">
            <p>
              <b>
                {call.teacher.name}, {call.where}
              </b>
              <span>{call.why}</span>
            </p>
            <Button
              kind="plain"
              size="desk"
              icon="phone"
              label={`Called ${call.teacher.name}`}
              onPress={() => done(call)}
            >
              Called
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

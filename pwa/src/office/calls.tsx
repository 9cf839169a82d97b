import { clockTime } from "../core/dates.ts";
import { strong } from "../core/spans.ts";
import { t, told } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Button, Icon, Said } from "../ui/parts.ts";
import type { Call } from "./calling.ts";
import { callTrouble, noteCall } from "./calls-desk.ts";
import { calls, mayChange } from "./desk.ts";
import { openTeacher } from "./roll.ts";

const SHOWN = 3;

function ToCall({ call }: { call: Call }) {
  return (
    <li class="call">
      <p>
        <button
          type="button"
          class="call-who"
          data-teacher={call.teacher.staff_id}
          onClick={() => openTeacher(call.teacher.staff_id)}
        >
          {call.teacher.name}, {call.where}
        </button>
        <span title={call.why}>{call.why}</span>
      </p>
      <Button
        kind="plain"
        size="desk"
        icon="phone"
        label={t`Called ${call.teacher.name}`}
        onPress={() => void noteCall(call.rolls)}
      >
        {t`Called`}
      </Button>
    </li>
  );
}

function WasCalled({ call, zone }: { call: Call; zone: string }) {
  if (!call.called) return null;
  return (
    <li class="called">
      <p>
        <Said
          of={told`${strong(call.teacher.name)}, called ${clockTime(call.called.at, zone)} by ${call.called.by_name}`}
        />
      </p>
      <Button
        kind="quiet"
        size="desk"
        label={t`Undo: ${call.teacher.name} was not called`}
        onPress={() => void noteCall(call.rolls, true)}
      >
        {t`Undo`}
      </Button>
    </li>
  );
}

function Done({ done, zone }: { done: readonly Call[]; zone: string }) {
  return (
    <details class="calls-done">
      <summary>
        <Icon name="phone" />
        {t`${done.length} called`}
      </summary>
      <ul>
        {done.map((call) => (
          <WasCalled key={call.teacher.staff_id} call={call} zone={zone} />
        ))}
      </ul>
    </details>
  );
}

/** Up to three people to call, with room and extension. "Called" makes room for the next. */
export function Calls({ zone }: { zone: string }) {
  const waiting = calls.value.filter(({ called }) => called === null);
  const done = calls.value.filter(({ called }) => called !== null);
  if (calls.value.length === 0 || !mayChange.value) return null;
  return (
    <section class="calls" aria-label={t`People to call`}>
      <ul>
        {waiting.slice(0, SHOWN).map((call) => (
          <ToCall key={call.teacher.staff_id} call={call} />
        ))}
        {waiting.length === 0 && (
          <li class="call">
            <p>
              {t`Everybody with a roll not taken was called: ${plural(done.length, "person", "people")}.`}
            </p>
          </li>
        )}
      </ul>
      {done.length > 0 && <Done done={done} zone={zone} />}
      <p class="calls-trouble" role="alert">
        {callTrouble.value}
      </p>
    </section>
  );
}

/** Six dots and ten keys. Digits typed on a keyboard count too; nothing shows what was typed. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { PIN_DIGITS } from "../core/person.ts";
import { t } from "../core/t.ts";
import { plural } from "../core/words.ts";
import { Icon } from "../ui/parts.ts";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const PLACES = Array.from({ length: PIN_DIGITS }, (_, place) => place);

function Dots({ filled }: { filled: number }) {
  return (
    <p class="pin-dots" role="img" aria-label={t`${plural(filled, "digit")} of ${PIN_DIGITS}`}>
      {PLACES.map((place) => (
        <span key={place} class={place < filled ? "pin-dot pin-dot-full" : "pin-dot"} />
      ))}
    </p>
  );
}

export interface PinPadProps {
  title: string;
  lead: string;
  /** What was wrong with the last one. */
  error: string;
  /** Takes the six digits; the pad empties when it is done. */
  onPin: (pin: string) => Promise<void>;
}

export function PinPad({ title, lead, error, onPin }: PinPadProps) {
  const typed = useSignal("");
  const busy = useSignal(false);
  const press = (digit: string) => {
    if (busy.value || typed.value.length >= PIN_DIGITS) return;
    typed.value += digit;
    if (typed.value.length < PIN_DIGITS) return;
    busy.value = true;
    void onPin(typed.value).finally(() => {
      typed.value = "";
      busy.value = false;
    });
  };
  const erase = () => {
    if (!busy.value) typed.value = typed.value.slice(0, -1);
  };
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/u.test(event.key)) press(event.key);
      else if (event.key === "Backspace") erase();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  return (
    <section class="pin" aria-busy={busy.value}>
      <h2>{title}</h2>
      <p class="pin-lead">{lead}</p>
      <Dots filled={typed.value.length} />
      <p class="pin-error" role="alert">
        {error}
      </p>
      <div class="pin-keys">
        {KEYS.map((digit) => (
          <button key={digit} type="button" class="pin-key" onClick={() => press(digit)}>
            {digit}
          </button>
        ))}
        <span />
        <button type="button" class="pin-key" onClick={() => press("0")}>
          0
        </button>
        <button type="button" class="pin-erase" aria-label={t`Erase a digit`} onClick={erase}>
          <Icon name="erase" />
        </button>
      </div>
    </section>
  );
}

/** When a student came: minutes after the bell, with the time they mean. */

import { useSignal } from "@preact/signals";
import { clockTime, ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import { Button, Presets, Sheet, Stepper } from "../ui/parts.ts";

export interface LateSheetProps {
  name: string;
  starts_at: string;
  zone: string;
  minutes?: number;
  onClose: () => void;
  onChoose: (arrived_at: string) => void;
}

const PRESETS = [5, 10, 15, 20, 30];

export function LateSheet(props: LateSheetProps) {
  const { name, starts_at, zone, onClose, onChoose } = props;
  const minutes = useSignal(props.minutes ?? 5);
  const arrived = () => new Date(ms(starts_at) + minutes.value * 60_000).toISOString();
  return (
    <Sheet title={name} sub={t`How late, after the bell?`} onClose={onClose}>
      <Stepper
        minutes={minutes.value}
        detail={t`arrived ${clockTime(arrived(), zone)}`}
        onChange={(next) => {
          minutes.value = next;
        }}
      />
      <Presets
        label={t`Minutes`}
        choices={PRESETS.map((choice) => ({
          words: String(choice),
          onPick: () => {
            minutes.value = choice;
          },
        }))}
      />
      <Button kind="main" wide onPress={() => onChoose(arrived())}>
        {t`Late, ${minutes.value} min`}
      </Button>
    </Sheet>
  );
}

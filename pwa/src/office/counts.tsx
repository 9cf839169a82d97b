import { t } from "../core/t.ts";
import { Icon, type IconName } from "../ui/parts.ts";
import type { Filter } from "./board.ts";
import { counts, filter } from "./desk.ts";

const ICONS: Readonly<Record<Filter, IconName>> = {
  missing: "warn",
  due: "ring",
  open: "pencil",
  saved: "tablet",
  received: "tick",
  late: "clock",
  contested: "rings",
};

/** The numbers of the day. Pressing one shows only the rolls it counts. */
export function Counts() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own box and legend
    <div class="counts" role="group" aria-label={t`Show only`}>
      {counts.value.map((one) => (
        <button
          key={one.filter}
          type="button"
          class={`count count-${one.filter}${one.count === 0 ? " count-none" : ""}`}
          aria-pressed={filter.value === one.filter}
          onClick={() => {
            filter.value = filter.value === one.filter ? null : one.filter;
          }}
        >
          <Icon name={ICONS[one.filter]} />
          <b>{one.count}</b> <span>{one.words}</span>
        </button>
      ))}
    </div>
  );
}

/** Tiles or rows, as the person likes it. */

import { t } from "../core/t.ts";
import { Switch } from "../ui/parts.ts";
import { layout } from "./layout.ts";
import { changePreferences } from "./preferences.ts";
import { preferences } from "./state.ts";

export function ViewSwitch() {
  return (
    <Switch
      label={t`View`}
      value={layout.value}
      onChange={(view) => void changePreferences({ ...preferences.value, view })}
      choices={[
        { value: "tile", icon: "grid", words: t`Grid` },
        { value: "row", icon: "list", words: t`List` },
      ]}
    />
  );
}

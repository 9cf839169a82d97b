/** An administrator's word, where a reason has reached its limit and may go beyond it (K7.1). */

import { t } from "../core/t.ts";
import type { SignedInAs } from "../wire.ts";
import { Line } from "./sheets-day.tsx";

export const isAdministrator = ({ me }: SignedInAs): boolean => me.role === "administrator";

/** Why a reason is given beyond what a code allows by itself. */
export function Discretion(props: { value: string; onInput: (value: string) => void }) {
  return (
    <Line
      label={t`Your word as an administrator, beyond a limit`}
      hint={t`Only where a reason has reached its limit of days and may go beyond it.`}
      {...props}
    />
  );
}

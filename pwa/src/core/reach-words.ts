/** Whether a tablet reminds, in words, and what to do where it does not. */

import type { Reach } from "./reach.ts";
import { t, tOf } from "./t.ts";

export type Reminds = "on" | "off" | Exclude<Reach, "possible">;

interface Words {
  readonly state: string;
  readonly about: string;
  /** What the way to the sheet is called; null where there is nothing to be done. */
  readonly way: string | null;
}

export const REMINDS: Readonly<Record<Reminds, Words>> = {
  on: {
    state: tOf("reminders")`on`,
    about: t`This tablet says when a roll of yours is due.`,
    way: t`Test or turn off`,
  },
  off: {
    state: tOf("reminders")`off`,
    about: t`While Rollbook is open a banner says what is due.`,
    way: t`Turn on`,
  },
  blocked: {
    state: t`blocked in this browser`,
    about: t`Allow notifications for this site in the browser's settings, then come back here.`,
    way: t`What to do`,
  },
  home_screen: {
    state: t`not yet possible here`,
    about: t`Put Rollbook on the home screen and open it from there: then it can remind you.`,
    way: t`Show me how`,
  },
  impossible: {
    state: t`not possible here`,
    about: t`This browser has no notifications. While Rollbook is open a banner says what is due, and the office knows that it cannot remind you here.`,
    way: null,
  },
};

/** Why reminders could not be turned on or off, and what to do. */
export const TURN_FAILED = {
  unreachable: t`The school does not answer. Try again when the network is back.`,
  no_service: t`The browser cannot reach its push service. The network here may block it: tell whoever runs it, or try on another network.`,
  dismissed: t`The browser got no answer. Press again, then choose Allow.`,
  here: t`This browser could not keep it. Free some space, or reload the page, then try again.`,
} as const;

/** Whether a tablet reminds, in words, and what to do where it does not. */

import type { Reach } from "./reach.ts";

export type Reminds = "on" | "off" | Exclude<Reach, "possible">;

interface Words {
  readonly state: string;
  readonly about: string;
  /** What the way to the sheet is called; null where there is nothing to be done. */
  readonly way: string | null;
}

export const REMINDS: Readonly<Record<Reminds, Words>> = {
  on: {
    state: "on",
    about: "This tablet says when a roll of yours is due.",
    way: "Test or turn off",
  },
  off: { state: "off", about: "While Rollbook is open a banner says what is due.", way: "Turn on" },
  blocked: {
    state: "blocked in this browser",
    about: "Allow notifications for this site in the browser's settings, then come back here.",
    way: "What to do",
  },
  home_screen: {
    state: "not yet possible here",
    about: "Put Rollbook on the home screen and open it from there: then it can remind you.",
    way: "Show me how",
  },
  impossible: {
    state: "not possible here",
    about:
      "This browser has no notifications. While Rollbook is open a banner says what is due, and the office knows that it cannot remind you here.",
    way: null,
  },
};

/** Why reminders could not be turned on or off, and what to do. */
export const TURN_FAILED = {
  unreachable: "The school does not answer. Try again when the network is back.",
  no_service:
    "The browser cannot reach its push service. The network here may block it: tell whoever runs it, or try on another network.",
  dismissed: "The browser got no answer. Press again, then choose Allow.",
  here: "This browser could not keep it. Free some space, or reload the page, then try again.",
} as const;

/** What to say where a request of the desk did not end well; nothing has happened then. */

import type { Ending } from "./api.ts";

export type NotAnswered = Exclude<Ending<unknown>, { end: "answered" }>;

export function whyNot(ending: NotAnswered): string {
  switch (ending.end) {
    case "refused":
      return ending.problem.detail;
    case "signin":
      return "Your sign-in has ended. Sign in again, then try once more.";
    case "busy":
      return "The server is busy. Wait a little, then try again.";
    case "moved":
      return "The school's record was restored from a backup. Reload this page, then try again.";
    case "unreachable":
      return "The server does not answer. Is the network on? Nothing was changed here.";
  }
}

/** What to say where a request of the desk did not end well; nothing has happened then. */

import { t } from "../core/t.ts";
import type { Ending } from "./api.ts";

export type NotAnswered = Exclude<Ending<unknown>, { end: "answered" }>;

/** The sentences that name what is wrong with single fields. */
function wrongWords(errors: unknown): string {
  if (typeof errors === "string") return errors;
  if (typeof errors !== "object" || errors === null) return "";
  return Object.values(errors).map(wrongWords).filter(Boolean).join(" ");
}

export function whyNot(ending: NotAnswered): string {
  switch (ending.end) {
    case "refused":
      return wrongWords(ending.problem.errors) || ending.problem.detail;
    case "signin":
      return t`Your sign-in has ended. Sign in again, then try once more.`;
    case "busy":
      return t`The server is busy. Wait a little, then try again.`;
    case "moved":
      return t`The school's record was restored from a backup. Reload this page, then try again.`;
    case "unreachable":
      return t`The server does not answer. Is the network on? Nothing was changed here.`;
  }
}

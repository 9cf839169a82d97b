/** What a tablet says of a slip that its camera read. */

import { longDate } from "./dates.ts";
import type { Said } from "./draft.ts";
import type { Line } from "./roll.ts";
import type { Beside, Ending, SlipWhat } from "./slip.ts";
import { plural, t } from "./t.ts";

/** How the page spells times and states of the open roll. */
export interface Spelling {
  readonly on: string;
  readonly at: (when: string | number) => string;
  readonly state: (said: Said) => string;
}

const nameOf = ({ student }: Line): string => `${student.given_name} ${student.family_name}`;

const BESIDE: Readonly<Record<Beside, (name: string, at: string) => string>> = {
  in_time: (name, at) => t`${name} came at ${at}, before this period began: not late here.`,
  came_after: (name, at) => t`${name} came at ${at}, when this period was over.`,
  left_before: (name, at) => t`${name} left at ${at}, before this period began.`,
  stayed: (name, at) => t`${name} left at ${at}, when this period was over.`,
};

/** "Bao Ha came at 8:12, 12 minutes after the bell." */
function saysWords(what: SlipWhat, name: string, at: string, minutes: number): string {
  const missed = plural(minutes, "minute");
  if (what === "arrived") return t`${name} came at ${at}, ${missed} after the bell.`;
  return t`${name} left at ${at}, ${missed} before the end.`;
}

export function endingWords(ending: Ending, { on, at, state }: Spelling): string {
  switch (ending.end) {
    case "not_a_slip":
      return t`That is no slip of the front desk.`;
    case "damaged":
      return t`This code is not whole. The office can print the slip again.`;
    case "forged":
      return t`The school did not sign what this code says. Ask the office.`;
    case "other_school":
      return t`This slip is from another school.`;
    case "unknown_key":
      return t`This tablet does not know who signed this slip. It asks the school at the next contact; until then, ask the office.`;
    case "other_day":
      return t`This slip is of ${longDate(ending.on)}. This roll is of ${longDate(on)}.`;
    case "not_on_roll":
      return t`The student of this slip is not on this roll. The name is on the paper.`;
    case "beside":
      return BESIDE[ending.why](nameOf(ending.line), at(ending.at));
    case "office":
      return t`The office’s word on this roll is another: ${nameOf(ending.line)}, ${state(ending.stands)}. It stands over the slip.`;
    case "same":
      return t`The roll says so already: ${nameOf(ending.line)}, ${state(ending.line.said)}.`;
    case "says":
      return saysWords(ending.what, nameOf(ending.line), at(ending.at), ending.minutes);
  }
}

/** Nothing follows from any other ending. */
export const nothingChanged = ({ end }: Ending): string =>
  end === "says" ? "" : t`Nothing was changed.`;

/** A day pass being written: for whom, which rolls, until when. */

import { clockTime, ms } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Passes } from "../wire.ts";
import { statedAt } from "./transcribe.ts";

export type PassRoll = Passes["rolls"][number];

export interface Asked {
  readonly who: "new" | "staff";
  readonly given: string;
  readonly family: string;
  readonly staff_id: string;
  /** The teacher whose meetings are listed to choose from. */
  readonly away: string;
  readonly chosen: ReadonlySet<string>;
  /** A time of day; empty: the last meeting's end and a quarter of an hour. */
  readonly until: string;
}

export const NOTHING_ASKED: Asked = {
  who: "new",
  given: "",
  family: "",
  staff_id: "",
  away: "",
  chosen: new Set(),
  until: "",
};

export interface IssueBody {
  readonly on: string;
  readonly roll_ids: readonly string[];
  readonly staff_id?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly until_at?: string;
}

export type Issue =
  | { readonly is: "ready"; readonly body: IssueBody }
  | {
      readonly is: "missing";
      readonly what: "name" | "staff" | "rolls" | "until";
      readonly says: string;
    };

const GRACE_MS = 15 * 60_000;

/** Who teaches that day, A to Z: one of them is away. */
export const teachersOf = (rolls: readonly PassRoll[]): string[] =>
  [...new Set(rolls.flatMap(({ teacher_names }) => teacher_names))].sort((a, b) =>
    a.localeCompare(b),
  );

export const rollsOf = (rolls: readonly PassRoll[], teacher: string): PassRoll[] =>
  rolls.filter(({ teacher_names }) => teacher_names.includes(teacher));

export const inOrder = (rolls: readonly PassRoll[]): PassRoll[] =>
  [...rolls].sort(
    (a, b) => ms(a.starts_at) - ms(b.starts_at) || a.section_title.localeCompare(b.section_title),
  );

/** When the pass ends by itself; null while no meeting is chosen. */
export function endOf(rolls: readonly PassRoll[]): number | null {
  if (rolls.length === 0) return null;
  return Math.max(...rolls.map(({ ends_at }) => ms(ends_at))) + GRACE_MS;
}

export const until = (rolls: readonly PassRoll[], zone: string): string => {
  const end = endOf(rolls);
  return end === null ? "" : clockTime(end, zone);
};

const missing = (what: Extract<Issue, { is: "missing" }>["what"], says: string): Issue => ({
  is: "missing",
  what,
  says,
});

function personOf({ who, given, family, staff_id }: Asked): Partial<IssueBody> {
  if (who === "staff") return { staff_id };
  return { given_name: given.trim(), family_name: family.trim() };
}

/** What to send, or the first thing that is missing, as a sentence. */
export function issueOf(asked: Asked, on: string, rolls: readonly PassRoll[], zone: string): Issue {
  const chosen = inOrder(rolls.filter(({ roll_id }) => asked.chosen.has(roll_id)));
  const last = chosen.at(-1);
  if (asked.who === "new" && !(asked.given.trim() && asked.family.trim()))
    return missing("name", t`Who comes? A given name and a family name are needed.`);
  if (asked.who === "staff" && !asked.staff_id)
    return missing("staff", t`Who comes? Choose the person from the list.`);
  if (!last) return missing("rolls", t`Which meetings? Choose who is away, or single meetings.`);
  const until_at = asked.until.trim() ? statedAt(asked.until, last.ends_at, zone) : undefined;
  if (until_at === null) return missing("until", t`Until when? Write a time of day, like 15:30.`);
  const roll_ids = chosen.map(({ roll_id }) => roll_id);
  const body = { on, roll_ids, ...personOf(asked), ...(until_at ? { until_at } : {}) };
  return { is: "ready", body };
}

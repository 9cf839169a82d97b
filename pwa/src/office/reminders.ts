/** How the school reminds: each step in a sentence, and the ladder being written. */

import { plural, t } from "../core/t.ts";
import type { LadderStep, NewReminderPolicy, ReminderPolicy, ReminderStaff } from "../wire.ts";
import { listed } from "./words.ts";

type To = LadderStep["to"];

export const RECIPIENTS: readonly { value: To; words: string }[] = [
  { value: "teachers", words: t`Teachers of the roll` },
  { value: "office", words: t`Office list` },
  { value: "administrators", words: t`Administrators` },
];

/** Who is on a list; nobody named is everybody of that role. */
export function listWords(
  ids: readonly string[],
  staff: readonly ReminderStaff[],
  role: "office" | "administrator",
): string {
  const named = staff.filter(({ staff_id }) => ids.includes(staff_id)).map(({ name }) => name);
  if (named.length > 0) return listed(named);
  return role === "office" ? t`everybody of the office` : t`every administrator`;
}

/** "15 minutes after the deadline": when a step comes. */
export function whenWords(after_min: number): string {
  if (after_min === 0) return t`At the deadline`;
  const minutes = Math.abs(after_min);
  const many = plural(minutes, "minute");
  return after_min < 0 ? t`${many} before the deadline` : t`${many} after the deadline`;
}

type Lists = Pick<ReminderPolicy, "office_staff" | "administrators" | "staff">;

/** "15 minutes after the deadline the office list is told: R. Lind." */
export function stepSentence({ after_min, to }: LadderStep, lists: Lists): string {
  const when = whenWords(after_min);
  const { office_staff, administrators, staff } = lists;
  switch (to) {
    case "teachers":
      return t`${when} the teachers of a roll that is not taken are reminded.`;
    case "office":
      return t`${when} the office list is told: ${listWords(office_staff, staff, "office")}.`;
    case "administrators":
      return t`${when} the administrators are told: ${listWords(administrators, staff, "administrator")}.`;
  }
}

export const inOrder = (steps: readonly LadderStep[]): LadderStep[] =>
  [...steps].sort((a, b) => a.after_min - b.after_min || a.to.localeCompare(b.to));

export function quietSentence(from: string | null, to: string | null): string {
  if (!from || !to) return t`There are no quiet hours.`;
  return t`Nobody is reminded from ${from} to ${to}. A step that falls into these hours comes at their end, where it still helps.`;
}

export const digestSentence = (time: string | null, mails: boolean): string => {
  if (!mails)
    return t`This Rollbook sends no mail: whoever has no notifications reads it in the app.`;
  return time
    ? t`Whoever has no notifications gets one mail a day, at ${time}.`
    : t`There is no daily mail.`;
};

/** The whole policy, a sentence each. */
export function policySentences(policy: ReminderPolicy): string[] {
  const steps = inOrder(policy.steps).map((step) => stepSentence(step, policy));
  return [
    ...(steps.length > 0 ? steps : [t`Nobody is reminded: the ladder has no steps.`]),
    quietSentence(policy.quiet_from_time, policy.quiet_to_time),
    digestSentence(policy.digest_time, policy.mails),
  ];
}

/** A step as it is typed. */
export interface StepDraft {
  readonly key: number;
  readonly minutes: string;
  readonly side: "before" | "after";
  readonly to: To;
}

export interface RemindersDraft {
  readonly steps: readonly StepDraft[];
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly office: ReadonlySet<string>;
  readonly administrators: ReadonlySet<string>;
  readonly digest: string;
}

export const draftOf = (policy: ReminderPolicy): RemindersDraft => ({
  steps: inOrder(policy.steps).map(({ after_min, to }, key) => ({
    key,
    minutes: String(Math.abs(after_min)),
    side: after_min < 0 ? "before" : "after",
    to,
  })),
  quietFrom: policy.quiet_from_time ?? "",
  quietTo: policy.quiet_to_time ?? "",
  office: new Set(policy.office_staff),
  administrators: new Set(policy.administrators),
  digest: policy.digest_time ?? "",
});

export const MOST_STEPS = 12;
const NUMBER = /^\d{1,3}$/u;
const MOST_BEFORE = 60;
const MOST_AFTER = 600;

export function withStep(draft: RemindersDraft): RemindersDraft {
  const key = Math.max(-1, ...draft.steps.map((step) => step.key)) + 1;
  const step: StepDraft = { key, minutes: "", side: "after", to: "teachers" };
  return { ...draft, steps: [...draft.steps, step] };
}

export const withoutStep = (draft: RemindersDraft, key: number): RemindersDraft => ({
  ...draft,
  steps: draft.steps.filter((step) => step.key !== key),
});

export const changedStep = (
  draft: RemindersDraft,
  key: number,
  some: Partial<StepDraft>,
): RemindersDraft => ({
  ...draft,
  steps: draft.steps.map((step) => (step.key === key ? { ...step, ...some } : step)),
});

const ladderStep = ({ minutes, side, to }: StepDraft): LadderStep => ({
  after_min: side === "before" ? -Number(minutes) || 0 : Number(minutes),
  to,
});

function stepMissing(step: StepDraft, place: number): string | null {
  const { minutes, side, to } = step;
  const most = side === "before" ? MOST_BEFORE : MOST_AFTER;
  if (!NUMBER.test(minutes.trim()) || Number(minutes) > most)
    return side === "before"
      ? t`Step ${place + 1}: how many minutes before the deadline? Write a whole number up to ${most}.`
      : t`Step ${place + 1}: how many minutes after the deadline? Write a whole number up to ${most}.`;
  if (side === "before" && Number(minutes) > 0 && to !== "teachers")
    return t`Step ${place + 1}: before the deadline only teachers are reminded, because nothing is missing yet.`;
  return null;
}

function twice(steps: readonly StepDraft[]): string | null {
  const seen = new Set<string>();
  for (const step of steps) {
    const { after_min, to } = ladderStep(step);
    const key = `${after_min} ${to}`;
    if (seen.has(key))
      return t`Two steps are the same: ${whenWords(after_min).toLowerCase()}, to the same people.`;
    seen.add(key);
  }
  return null;
}

/** What has to be put right before it is sent; null: nothing. */
export function missingOf(draft: RemindersDraft): string | null {
  const { steps, quietFrom, quietTo } = draft;
  if (steps.length > MOST_STEPS) return t`At most ${MOST_STEPS} steps; there are ${steps.length}.`;
  const missing = steps.map(stepMissing).find((one) => one !== null);
  if (missing) return missing;
  if (Boolean(quietFrom) !== Boolean(quietTo))
    return t`Quiet hours have a beginning and an end. Write both, or neither.`;
  if (quietFrom && quietFrom === quietTo) return t`These quiet hours would never end.`;
  return twice(steps);
}

export const policyOf = (draft: RemindersDraft, seen: string | null): NewReminderPolicy => ({
  seen,
  steps: inOrder(draft.steps.map(ladderStep)),
  quiet_from_time: draft.quietFrom || null,
  quiet_to_time: draft.quietTo || null,
  office_staff: [...draft.office],
  administrators: [...draft.administrators],
  digest_time: draft.digest || null,
});

/** What the draft would read as; null while it cannot be read. */
export function draftSentences(draft: RemindersDraft, policy: ReminderPolicy): string[] | null {
  if (missingOf(draft)) return null;
  return policySentences({ ...policy, ...policyOf(draft, policy.set_at) });
}

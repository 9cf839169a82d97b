/** What became of a test reminder, step by step, with what to do where a step failed. */

import type { PushTest } from "../wire.ts";
import type { Reach } from "./reach.ts";
import { t } from "./t.ts";

/** What is known so far; null where it has not come to that yet. */
export interface TestFacts {
  readonly reach: Reach;
  /** The browser has a subscription. */
  readonly subscribed: boolean | null;
  readonly sent: PushTest | "unreachable" | "slow_down" | null;
  /** When the worker showed it, by the school's clock. */
  readonly shown: string | null;
  /** It was waited for long enough. */
  readonly over: boolean;
}

export interface TestStep {
  readonly state: "done" | "failed" | "waits";
  readonly words: string;
  readonly todo?: string;
}

export const WAIT_S = 20;

type At = (instant: string) => string;

const done = (words: string, todo?: string): TestStep => ({
  state: "done",
  words,
  ...(todo ? { todo } : {}),
});
const failed = (words: string, todo: string): TestStep => ({ state: "failed", words, todo });
const waits = (words: string): TestStep => ({ state: "waits", words });

function allowed({ reach }: TestFacts): TestStep {
  if (reach === "possible") return done(t`Notifications are allowed in this browser.`);
  return failed(
    t`Notifications are blocked in this browser.`,
    t`Allow them for this site in the browser's settings, then test again.`,
  );
}

function subscribed({ subscribed: has }: TestFacts): TestStep {
  if (has === null) return waits(t`Looking for this tablet's subscription.`);
  if (has) return done(t`This tablet has a subscription with its push service.`);
  return failed(
    t`The browser has lost its subscription.`,
    t`Turn reminders off and on again. It takes a few seconds.`,
  );
}

function sent({ sent: end }: TestFacts, at: At): TestStep {
  if (end === null) return waits(t`Asking the school to send a test.`);
  if (end === "unreachable")
    return failed(t`The school does not answer.`, t`Try again when the network is back.`);
  if (end === "slow_down")
    return failed(t`The school sends no more tests for a moment.`, t`Try again in a minute.`);
  if (end.end === "sent") return done(t`The push service took it, ${at(end.sent_at)}.`);
  return failed(t`The push service did not take it.`, end.detail);
}

function shown({ shown: when, over }: TestFacts, at: At): TestStep {
  if (when)
    return done(
      t`Shown on this tablet, ${at(when)}.`,
      t`If you saw nothing, the tablet's own settings hide it: look for notifications of this browser, and for a focus or do not disturb mode.`,
    );
  if (!over) return waits(t`Waiting for it to arrive here.`);
  return failed(
    t`Nothing arrived in ${WAIT_S} seconds.`,
    t`It may still come. If this happens each time, the network here may block the push service: tell whoever runs it. The banner in Rollbook works all the same.`,
  );
}

/** The steps as far as they are known; after one that failed or waits there is no next one. */
export function testSteps(facts: TestFacts, at: At): TestStep[] {
  const steps: TestStep[] = [];
  for (const step of [allowed, subscribed, sent, shown]) {
    const next = step(facts, at);
    steps.push(next);
    if (next.state !== "done") break;
  }
  return steps;
}

export const isOver = (steps: readonly TestStep[]): boolean => steps.at(-1)?.state !== "waits";

/** What became of a test reminder, step by step, with what to do where a step failed. */

import type { PushTest } from "../wire.ts";
import type { Reach } from "./reach.ts";

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
  if (reach === "possible") return done("Notifications are allowed in this browser.");
  return failed(
    "Notifications are blocked in this browser.",
    "Allow them for this site in the browser's settings, then test again.",
  );
}

function subscribed({ subscribed: has }: TestFacts): TestStep {
  if (has === null) return waits("Looking for this tablet's subscription.");
  if (has) return done("This tablet has a subscription with its push service.");
  return failed(
    "The browser has lost its subscription.",
    "Turn reminders off and on again. It takes a few seconds.",
  );
}

function sent({ sent: end }: TestFacts, at: At): TestStep {
  if (end === null) return waits("Asking the school to send a test.");
  if (end === "unreachable")
    return failed("The school does not answer.", "Try again when the network is back.");
  if (end === "slow_down")
    return failed("The school sends no more tests for a moment.", "Try again in a minute.");
  if (end.end === "sent") return done(`The push service took it, ${at(end.sent_at)}.`);
  return failed("The push service did not take it.", end.detail);
}

function shown({ shown: when, over }: TestFacts, at: At): TestStep {
  if (when)
    return done(
      `Shown on this tablet, ${at(when)}.`,
      "If you saw nothing, the tablet's own settings hide it: look for notifications of this browser, and for a focus or do not disturb mode.",
    );
  if (!over) return waits("Waiting for it to arrive here.");
  return failed(
    `Nothing arrived in ${WAIT_S} seconds.`,
    "It may still come. If this happens each time, the network here may block the push service: tell whoever runs it. The banner in Rollbook works all the same.",
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

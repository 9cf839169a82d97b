import { describe, expect, it } from "vitest";
import type { PushTest } from "../wire.ts";
import { isOver, type TestFacts, testSteps } from "./test-words.ts";

const AT = (instant: string) => instant.slice(11, 16);

const SENT: PushTest = {
  end: "sent",
  status: 201,
  detail: "The push service took it at 9:31.",
  sent_at: "2026-10-06T09:31:00Z",
};

const NOTHING: TestFacts = {
  reach: "possible",
  subscribed: null,
  sent: null,
  shown: null,
  over: false,
};

const ends = (news: Partial<TestFacts>) => {
  const steps = testSteps({ ...NOTHING, ...news }, AT);
  return { states: steps.map(({ state }) => state), last: steps.at(-1), over: isOver(steps) };
};

describe("the test says what happened, step by step", () => {
  it("each step waits until it is known, and none comes before the one before it", () => {
    expect(ends({}).states).toEqual(["done", "waits"]);
    expect(ends({ subscribed: true }).states).toEqual(["done", "done", "waits"]);
    expect(ends({ subscribed: true, sent: SENT }).states).toEqual([
      "done",
      "done",
      "done",
      "waits",
    ]);
    expect(ends({ subscribed: true, sent: SENT }).over).toBe(false);
  });

  it("all went well: when it was taken, when it was shown, and what if nobody saw it", () => {
    const shown = "2026-10-06T09:31:04Z";
    const { states, last, over } = ends({ subscribed: true, sent: SENT, shown });
    expect(states).toEqual(["done", "done", "done", "done"]);
    expect(last?.words).toBe("Shown on this tablet, 09:31.");
    expect(last?.todo).toContain("settings");
    expect(over).toBe(true);
  });

  it.each([
    [{ reach: "blocked" }, 1, "Notifications are blocked in this browser."],
    [{ subscribed: false }, 2, "The browser has lost its subscription."],
    [{ subscribed: true, sent: "unreachable" }, 3, "The school does not answer."],
    [{ subscribed: true, sent: "slow_down" }, 3, "The school sends no more tests for a moment."],
    [
      { subscribed: true, sent: { ...SENT, end: "gone", detail: "Turn it on again." } },
      3,
      "The push service did not take it.",
    ],
    [{ subscribed: true, sent: SENT, over: true }, 4, "Nothing arrived in 20 seconds."],
  ] as const)("%j ends at step %i with what to do", (news, count, words) => {
    const { states, last, over } = ends(news as Partial<TestFacts>);
    expect(states).toHaveLength(count);
    expect(last).toMatchObject({ state: "failed", words });
    expect(last?.todo).toMatch(/\.$/u);
    expect(over).toBe(true);
  });
});

/** The test of one browser: each step as it happens, until the worker says that it showed the test. */

import { ms } from "../core/dates.ts";
import type { Reach } from "../core/reach.ts";
import { isOver, type TestFacts, testSteps, WAIT_S } from "../core/test-words.ts";
import type { PushTest } from "../wire.ts";
import { wallNow } from "./clock.ts";
import { isSubscribed, sendTest, type Wisher } from "./push.ts";
import * as store from "./store.ts";
import { onNews } from "./tabs.ts";

/** When the worker showed a test since then, ms of this tablet's clock; null while there is none. */
async function shownSince(began: number): Promise<number | null> {
  const last = await store.readMeta("reminded");
  return last?.kind === "test" && ms(last.at) >= began ? ms(last.at) : null;
}

/** Waits for the worker's word; null where none came in time. */
function untilShown(began: number): Promise<number | null> {
  return new Promise((resolve) => {
    const end = (shown: number | null) => {
      clearTimeout(timer);
      stop();
      resolve(shown);
    };
    const look = () =>
      void shownSince(began).then(
        (shown) => shown !== null && end(shown),
        () => end(null),
      );
    const stop = onNews((news) => news === "reminded" && look());
    const timer = setTimeout(end, WAIT_S * 1000, null);
    look();
  });
}

async function ask(who: Wisher): Promise<PushTest | "unreachable" | "slow_down"> {
  const ending = await sendTest(who);
  if (ending.end === "answered") return ending.answer;
  return ending.end === "busy" ? "slow_down" : "unreachable";
}

/** Tells what is known after each step; `ahead`: the school's clock before this tablet's, ms. */
export async function runTest(
  who: Wisher,
  reach: Reach,
  ahead: number,
  tell: (facts: TestFacts) => void,
): Promise<void> {
  const began = wallNow();
  let facts: TestFacts = { reach, subscribed: null, sent: null, shown: null, over: false };
  const note = (news: Partial<TestFacts>): boolean => {
    facts = { ...facts, ...news };
    tell(facts);
    return !isOver(testSteps(facts, String));
  };
  note({});
  if (!note({ subscribed: await isSubscribed().catch(() => false) })) return;
  if (!note({ sent: await ask(who) })) return;
  const shown = await untilShown(began);
  note({ shown: shown === null ? null : new Date(shown + ahead).toISOString(), over: true });
}

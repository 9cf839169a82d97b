/** Whether this browser can remind somebody, and whether what the school knows of that still holds. */

import type { PushState } from "../wire.ts";
import type { Language } from "./t.ts";

export type Reach = "possible" | "blocked" | "home_screen" | "impossible";

/** What a browser says of itself. */
export interface Browser {
  /** It has workers, notifications and push, all three. */
  readonly canPush: boolean;
  readonly permission: "default" | "granted" | "denied";
  /** It runs as an app of its own, from the home screen. */
  readonly standalone: boolean;
  readonly vendor: string;
  readonly touchPoints: number;
}

/**
 * By what it can do. Only where it cannot push, who made it is a hint: iPads and iPhones can from
 * the home screen, and nowhere else.
 */
export function reachOf(browser: Browser): Reach {
  const { canPush, permission, standalone, vendor, touchPoints } = browser;
  if (canPush) return permission === "denied" ? "blocked" : "possible";
  const isTouchApple = vendor.startsWith("Apple") && touchPoints > 1;
  return isTouchApple && !standalone ? "home_screen" : "impossible";
}

/** How the browser's own subscription stands: where it is reached, and by which of the school's keys. */
export interface Subscribed {
  readonly endpoint: string;
  /** Null where the browser does not say. */
  readonly key: string | null;
}

/**
 * fine: nothing to do · tell: the school does not have this subscription · anew: the browser has to
 * make another · off: it was turned off elsewhere.
 */
export type Renewal = "fine" | "tell" | "anew" | "off";

const DEAD = new Set(["gone", "refused", "key_withdrawn"]);

/** Compares the browser's subscription with the school's record, for one person (N12). */
export function renewal(
  { public: key, key_id, subscription: known }: PushState,
  here: Subscribed | null,
  told: string | null,
  language: Language,
): Renewal {
  if (known?.ended_why === "by_hand") return "off";
  if (!here || (here.key !== null && here.key !== key)) return "anew";
  if (known?.ended_why && DEAD.has(known.ended_why) && told === here.endpoint) return "anew";
  if (here.key === null && known && known.key_id !== key_id) return "anew";
  const holds = known?.ended_at === null && known.key_id === key_id && told === here.endpoint;
  return holds && known.language === language ? "fine" : "tell";
}

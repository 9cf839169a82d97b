import { describe, expect, it } from "vitest";
import type { PushState, Subscription } from "../wire.ts";
import { type Browser, reachOf, renewal } from "./reach.ts";

const CHROMIUM: Browser = {
  canPush: true,
  permission: "default",
  standalone: false,
  vendor: "Google Inc.",
  touchPoints: 10,
};

const IPAD: Browser = {
  canPush: false,
  permission: "default",
  standalone: false,
  vendor: "Apple Computer, Inc.",
  touchPoints: 5,
};

describe("N11 what a browser can do", () => {
  it("N11 is what it can, and not what it is called", () => {
    expect(reachOf(CHROMIUM)).toBe("possible");
    expect(reachOf({ ...CHROMIUM, permission: "granted" })).toBe("possible");
    expect(reachOf({ ...CHROMIUM, permission: "denied" })).toBe("blocked");
    expect(reachOf({ ...IPAD, canPush: true, standalone: true })).toBe("possible");
    expect(reachOf({ ...CHROMIUM, canPush: false })).toBe("impossible");
  });

  it("N11 an iPad can from the home screen, and there an old one cannot either", () => {
    expect(reachOf(IPAD)).toBe("home_screen");
    expect(reachOf({ ...IPAD, standalone: true })).toBe("impossible");
    expect(reachOf({ ...IPAD, touchPoints: 0 }), "Safari of a Mac that is too old").toBe(
      "impossible",
    );
  });
});

const KEY = "BKey";
const HERE = { endpoint: "https://push.example/1", key: KEY };

const known = (news: Partial<Subscription> = {}): Subscription => ({
  subscription_id: "s",
  key_id: "k1",
  language: "en",
  created_at: "2026-10-06T15:00:00Z",
  last_ok_at: null,
  ended_at: null,
  ended_why: null,
  ...news,
});

const state = (subscription: Subscription | null, key_id = "k1"): PushState => ({
  key_id,
  public: KEY,
  subscription,
});

const ended = (ended_why: Subscription["ended_why"]) =>
  known({ ended_at: "2026-10-06T15:00:00Z", ended_why });

describe("N12 what the school knows is compared at each start", () => {
  it("N12 nothing to do where both say the same", () => {
    expect(renewal(state(known()), HERE, HERE.endpoint, "en")).toBe("fine");
  });

  it("N12 the browser makes another where it has none, or one for a key that is not the newest", () => {
    expect(renewal(state(known()), null, HERE.endpoint, "en")).toBe("anew");
    expect(renewal(state(known()), { ...HERE, key: "BOld" }, HERE.endpoint, "en")).toBe("anew");
    const silent = { ...HERE, key: null };
    expect(renewal(state(known(), "k2"), silent, HERE.endpoint, "en")).toBe("anew");
    expect(renewal(state(known()), silent, HERE.endpoint, "en")).toBe("fine");
  });

  it.each(["gone", "refused", "key_withdrawn"] as const)(
    "N12 one that ended as %s is made anew, unless the browser did so by itself",
    (why) => {
      expect(renewal(state(ended(why)), HERE, HERE.endpoint, "en")).toBe("anew");
      expect(renewal(state(ended(why)), HERE, "https://push.example/0", "en")).toBe("tell");
    },
  );

  it.each(["replaced", "signed_out", "too_many", "pass_ended"] as const)(
    "N12 one that ended as %s is told again",
    (why) => {
      expect(renewal(state(ended(why)), HERE, HERE.endpoint, "en")).toBe("tell");
    },
  );

  it("N12 the school is told where it knows nothing, another key or another endpoint", () => {
    expect(renewal(state(null), HERE, null, "en")).toBe("tell");
    expect(renewal(state(known(), "k2"), HERE, HERE.endpoint, "en")).toBe("tell");
    expect(renewal(state(known()), HERE, "https://push.example/0", "en")).toBe("tell");
  });

  it("N12 the school is told where she reads another language here", () => {
    expect(renewal(state(known()), HERE, HERE.endpoint, "es")).toBe("tell");
    expect(renewal(state(known({ language: "es" })), HERE, HERE.endpoint, "es")).toBe("fine");
  });

  it("N12 what was turned off by hand stays off", () => {
    expect(renewal(state(ended("by_hand")), HERE, HERE.endpoint, "en")).toBe("off");
  });
});

import { describe, expect, it } from "vitest";
import { waitMs } from "../src/core/backoff.ts";
import { clockAt, measured, NEW_CLOCK, observed, schoolNow, UNSEEN } from "../src/core/clock.ts";
import { clockTime, schoolDate } from "../src/core/dates.ts";
import { uuid7 } from "../src/core/ids.ts";

const at = (wall: number, mono: number) => ({ wall, mono });

describe("the tablet's clock against the school's", () => {
  it("the offset is the server's time less the middle of the exchange", () => {
    const state = measured(NEW_CLOCK, at(1_000_000, 0), at(1_000_200, 200), 1_005_100);
    expect(clockAt(state, at(1_000_200, 200))).toMatchObject({
      offset_ms: 5000,
      uncertainty_ms: 101,
      suspect: false,
      server_seen_at: new Date(1_005_100).toISOString(),
    });
    expect(schoolNow(state, at(1_000_200, 200))).toBe(1_005_200);
  });

  it("the exchange that took least says most, until it is old", () => {
    let state = measured(NEW_CLOCK, at(0, 0), at(20, 20), 1010);
    state = measured(state, at(1000, 1000), at(3000, 3000), 3000);
    expect(clockAt(state, at(3000, 3000))?.offset_ms).toBe(1000);
    expect(clockAt(state, at(3000, 3000))?.uncertainty_ms).toBe(12);
    expect(clockAt(state, at(100_000_000, 100_000_000))?.uncertainty_ms).toBeGreaterThan(5000);
  });

  it("a wall clock set back is suspect until it is measured again", () => {
    let state = measured(NEW_CLOCK, at(100_000, 0), at(100_010, 10), 100_005);
    expect(clockAt(state, at(40_010, 60_010))?.suspect).toBe(true);
    state = observed(state, at(40_010, 60_010));
    expect(state.suspect).toBe(true);
    expect(clockAt(state, at(160_010, 60_010))?.suspect).toBe(true);
    state = measured(state, at(40_020, 60_020), at(40_030, 60_030), 160_000);
    expect(clockAt(state, at(40_030, 60_030))).toMatchObject({
      suspect: false,
      offset_ms: 119_975,
    });
  });

  it("a tablet that slept is not suspect: its monotonic clock stood still", () => {
    const state = measured(NEW_CLOCK, at(100_000, 0), at(100_010, 10), 100_005);
    expect(clockAt(observed(state, at(3_700_010, 20)), at(3_700_010, 20))?.suspect).toBe(false);
  });

  it("D8 says by how much its wall clock ran ahead, until the next contact", () => {
    let state = measured(NEW_CLOCK, at(100_000, 0), at(100_010, 10), 100_005);
    expect(clockAt(state, at(160_010, 60_010))?.asleep_ms).toBeUndefined();
    expect(clockAt(state, at(700_010, 60_010))?.asleep_ms).toBe(540_000);
    state = observed(state, at(700_010, 60_010));
    state = observed(state, at(1_300_010, 60_020));
    expect(clockAt(state, at(1_300_010, 60_020))?.asleep_ms).toBe(1_139_990);
    state = measured(state, at(1_300_020, 60_030), at(1_300_030, 60_040), 1_300_025);
    expect(clockAt(state, at(1_300_030, 60_040))?.asleep_ms).toBeUndefined();
  });

  it("D8 nobody vouches for the time before the app was started", () => {
    const stored = { ...measured(NEW_CLOCK, at(100_000, 0), at(100_010, 10), 100_005), ...UNSEEN };
    expect(clockAt(stored, at(900_010, 5))?.asleep_ms).toBe(800_000);
    const looked = observed(stored, at(900_010, 5));
    expect(clockAt(looked, at(960_010, 60_005))?.asleep_ms).toBe(800_000);
  });

  it("after a sleep was seen, setting the clock back by less than it is seen too", () => {
    let state = measured(NEW_CLOCK, at(100_000, 0), at(100_010, 10), 100_005);
    state = observed(state, at(3_700_010, 20));
    expect(clockAt(state, at(1_900_020, 30))?.suspect).toBe(true);
  });

  it("a clock that reads earlier than a server time already seen is suspect after a start", () => {
    const state = { ...measured(NEW_CLOCK, at(100_000, 0), at(100_010, 10), 100_005), gap: null };
    expect(clockAt(state, at(50_000, 5))?.suspect).toBe(true);
  });

  it("a tablet that never met the server says nothing of its clock", () => {
    expect(clockAt(NEW_CLOCK, at(5, 5))).toBeUndefined();
  });
});

describe("when to try again", () => {
  it("the limit doubles from one second to sixty, with full jitter", () => {
    const limits = [0, 1, 2, 5, 6, 7, 400].map((attempt) => waitMs(attempt, 1));
    expect(limits).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000, 60_000]);
    expect(waitMs(6, 0.5)).toBe(30_000);
    expect(waitMs(0, 0)).toBe(250);
  });

  it("what the server asked for comes on top", () => {
    expect(waitMs(0, 0.5, 30)).toBe(30_500);
  });
});

describe("ids", () => {
  it("a UUIDv7 has its version, its variant and its time, and sorts by birth", () => {
    const full = (count: number) => new Uint8Array(count).fill(0xff);
    const id = uuid7(0x0193a4c2_1234, full);
    expect(id).toBe("0193a4c2-1234-7fff-bfff-ffffffffffff");
    expect(uuid7(1, full) < uuid7(2, full)).toBe(true);
  });
});

describe("the school's dates", () => {
  it("an evening in Los Angeles is still the same school date", () => {
    const evening = Date.parse("2026-10-07T05:30:00Z");
    expect(schoolDate(evening, "America/Los_Angeles")).toBe("2026-10-06");
    expect(clockTime("2026-10-06T15:15:00Z", "America/Los_Angeles")).toBe("8:15");
    expect(clockTime("2026-10-06T20:05:00Z", "America/Los_Angeles")).toBe("1:05");
  });
});

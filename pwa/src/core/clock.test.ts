import { expect, it } from "vitest";
import { clockAt, measured, NEW_CLOCK, noted, observed, UNSEEN } from "./clock.ts";

const MORNING = Date.parse("2026-10-06T15:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const at = (minutes: number, mono = minutes * MINUTE) => ({
  wall: MORNING + minutes * MINUTE,
  mono,
});
const met = measured(NEW_CLOCK, at(0), at(0), MORNING);

it("Z3 a wall clock that was set back while the app was closed is suspect until the next contact", () => {
  const used = observed(met, at(20));
  const closed = { ...used, ...UNSEEN };
  const opened = observed(closed, at(12, 0));
  expect(clockAt(closed, at(12, 0))?.suspect).toBe(true);
  expect(opened.suspect).toBe(true);
  expect(clockAt(observed(opened, at(13, MINUTE)), at(13, MINUTE))?.suspect).toBe(true);
  const again = measured(opened, at(14, 2 * MINUTE), at(14, 2 * MINUTE), MORNING + 24 * MINUTE);
  expect(clockAt(again, at(15, 3 * MINUTE))).toMatchObject({
    suspect: false,
    offset_ms: 10 * MINUTE,
  });
});

it("Z3 a tablet that was closed for a while and nobody touched is not suspect", () => {
  const closed = { ...observed(met, at(20)), ...UNSEEN };
  expect(clockAt(closed, at(21, 0))).toMatchObject({ suspect: false, asleep_ms: 21 * MINUTE });
});

it("Z3 the newest wall time is noted twice a minute at most, and never over what was measured since", () => {
  const looked = observed(met, at(20));
  expect(observed(looked, at(20.2))).toBe(looked);
  expect(noted(met, looked).wallSeen).toBe(at(20).wall);
  const later = measured(met, at(21), at(21), MORNING + 21 * MINUTE);
  expect(noted(later, looked)).toBe(later);
  expect(noted(null, looked)).toBe(looked);
});

it("Z2 a school's clock that was years ahead is forgotten once it is put right", () => {
  const years = measured(NEW_CLOCK, at(0), at(0), MORNING + 3000 * DAY);
  const right = measured(years, at(5), at(5), MORNING + 5 * MINUTE);
  expect(clockAt(right, at(6))).toMatchObject({
    offset_ms: 0,
    suspect: false,
    server_seen_at: new Date(MORNING + 5 * MINUTE).toISOString(),
  });
});

it("Z2 a time that is hours earlier changes nothing of what was seen", () => {
  const back = measured(met, at(5), at(5), MORNING - 120 * MINUTE);
  expect(clockAt(back, at(6))).toMatchObject({
    suspect: true,
    server_seen_at: new Date(MORNING).toISOString(),
  });
});

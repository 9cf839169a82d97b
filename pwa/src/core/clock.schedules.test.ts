import { expect, it } from "vitest";
import { type ClockState, clockAt, measured, NEW_CLOCK, observed, UNSEEN } from "./clock.ts";
import { correctedTakenAt, timeliness } from "./deadline.ts";

const SCHEDULES = 100_000;
const MORNING = Date.parse("2026-10-06T15:00:00Z");
const MINUTE = 60_000;

/** Chance with a seed, so that a bad schedule comes back (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A tablet whose wall clock is wrong, is set forward, sleeps, is started anew, is set back while
 * it is closed, and meets the server. */
class Tablet {
  truth = MORNING;
  private skew: number;
  private mono = 0;
  state: ClockState = NEW_CLOCK;

  constructor(private readonly chance: () => number) {
    this.skew = Math.round((chance() - 0.5) * 800 * 24 * 60 * MINUTE);
  }

  read = () => ({ wall: this.truth + this.skew, mono: this.mono });

  private pass(time: number): void {
    this.truth += time;
    this.mono += time;
  }

  meet(): void {
    const sent = this.read();
    const [out, back] = [this.chance() * 900, this.chance() * 900];
    this.pass(out);
    const server = this.truth;
    this.pass(back);
    this.state = measured(this.state, sent, this.read(), server);
  }

  /** Another run; somebody may have set the clock to before the newest time it had shown. */
  private closed(time: number, setBack: boolean): void {
    this.state = observed(this.state, this.read());
    this.truth += time;
    this.mono = 0;
    this.state = { ...this.state, ...UNSEEN };
    if (!setBack) return;
    this.skew -= time + 33_000 + this.chance() * 60 * MINUTE;
    this.state = observed(this.state, this.read()); // as the app does within a second of its start
  }

  live(): void {
    const minutes = this.chance() * 12 * MINUTE;
    const what = this.chance();
    if (what < 0.25) this.truth += minutes;
    else if (what < 0.5) this.skew += minutes;
    else if (what < 0.6) this.closed(minutes, this.chance() < 0.5);
    else this.pass(minutes);
    if (this.chance() < 0.6) this.state = observed(this.state, this.read());
    if (this.chance() < 0.25) this.meet();
  }
}

/** One capture: what the school makes of it, and what was true. */
function capture(seed: number): { readonly says: string; readonly inTime: boolean } {
  const chance = chanceFrom(seed);
  const tablet = new Tablet(chance);
  tablet.meet();
  for (let steps = Math.floor(chance() * 5); steps > 0; steps -= 1) tablet.live();
  const [now, clock] = [tablet.read(), clockAt(tablet.state, tablet.read())];
  if (!clock) throw new Error("it met the server");
  const taken = new Date(now.wall).toISOString();
  const received = new Date(Math.ceil(tablet.truth + chance() * 90 * MINUTE)).toISOString();
  const { offset_ms, server_seen_at: seen, uncertainty_ms: doubt } = clock;
  const [at, clamped] = correctedTakenAt(taken, offset_ms, seen, received, doubt);
  const due = Math.round(tablet.truth + (chance() - 0.5) * 20 * MINUTE);
  const facts = { ...clock, taken_at: new Date(at).toISOString(), clamped, measured: true };
  return {
    says: timeliness(new Date(due).toISOString(), received, facts),
    inTime: tablet.truth <= due,
  };
}

it("D8 in 100,000 schedules Z3 nobody who was in time is called late, or the reverse, and many of both are told", () => {
  const told = new Map<string, number>();
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const { says, inTime } = capture(seed);
    if (says === "late" && inTime) throw new Error(`seed ${seed}: in time and called late`);
    if (says === "taken_on_time" && !inTime)
      throw new Error(`seed ${seed}: late and called in time`);
    told.set(says, (told.get(says) ?? 0) + 1);
  }
  for (const word of ["on_time", "taken_on_time", "late", "late_unproven"]) {
    expect(told.get(word), word).toBeGreaterThan(2000);
  }
}, 60_000);

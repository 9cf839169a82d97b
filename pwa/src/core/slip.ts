/**
 * A slip of the front desk as its code says it, and what it says of the open roll. The form is that
 * of server/slips.py; whether the school signed it is asked between the two looks (rules V11).
 */

import type { Roll, SlipKey } from "../wire.ts";
import { base45 } from "./base45.ts";
import { ms, schoolDate } from "./dates.ts";
import type { Said } from "./draft.ts";
import type { Line } from "./roll.ts";

export type SlipWhat = "arrived" | "left";

/** What a code says; whether it is so, the signature tells. */
export interface Slip {
  readonly what: SlipWhat;
  /** The last eight hex digits of an id each. */
  readonly key_tag: string;
  readonly school_tag: string;
  readonly student_id: string;
  readonly line_id: string;
  /** Milliseconds of Unix time. */
  readonly at: number;
  /** What is signed, behind its context and the school's id; and the signature. */
  readonly facts: Uint8Array;
  readonly signature: Uint8Array;
}

const HEAD = "RBS1:";
const OURS = /^RBS\d+:/u;
const WHAT: readonly (SlipWhat | undefined)[] = [undefined, "arrived", "left"];
const FACTS = 47;
const WHOLE = FACTS + 64;
const MINUTE_MS = 60_000;

/** Why a code says nothing here, before anybody asks who signed it. */
export type Misfit =
  | { readonly end: "not_a_slip" | "damaged" | "other_school" | "unknown_key" }
  | { readonly end: "other_day"; readonly on: string };

/** What a tablet knows of the school and the open roll. */
export interface Here {
  readonly school_id: string;
  readonly zone: string;
  readonly on: string;
  readonly keys: readonly SlipKey[];
}

/** A code that may be one of this school's for this day, and the keys that can have signed it. */
export interface Readable {
  readonly end: "readable";
  readonly slip: Slip;
  readonly keys: readonly SlipKey[];
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const idOf = (bytes: Uint8Array): string =>
  hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");

const tagOf = (id: string): string => id.slice(-8).toLowerCase();

/** Takes a code apart; null where it is not wholly a slip's. */
export function readSlip(text: string): Slip | null {
  const raw = text.startsWith(HEAD) ? base45(text.slice(HEAD.length)) : null;
  const what = raw && WHAT[raw[0] ?? 0];
  if (raw?.length !== WHOLE || !what) return null;
  return {
    what,
    key_tag: hex(raw.slice(1, 5)),
    school_tag: hex(raw.slice(5, 9)),
    student_id: idOf(raw.slice(9, 25)),
    line_id: idOf(raw.slice(25, 41)),
    at: Number.parseInt(hex(raw.slice(41, FACTS)), 16),
    facts: raw.slice(0, FACTS),
    signature: raw.slice(FACTS),
  };
}

/** The first look: is it a slip, of this school, of this day, signed by a key that is known? */
export function firstLook(text: string, here: Here): Misfit | Readable {
  const slip = readSlip(text);
  if (!slip) return { end: OURS.test(text) ? "damaged" : "not_a_slip" };
  if (slip.school_tag !== tagOf(here.school_id)) return { end: "other_school" };
  const on = schoolDate(slip.at, here.zone);
  if (on !== here.on) return { end: "other_day", on };
  const keys = here.keys.filter(({ key_id }) => tagOf(key_id) === slip.key_tag);
  return keys.length > 0 ? { end: "readable", slip, keys } : { end: "unknown_key" };
}

/** When a slip is about no part of a meeting. */
export type Beside = "in_time" | "came_after" | "left_before" | "stayed";

/** What a slip that the school signed says of the open roll. */
export type Word =
  | { readonly end: "not_on_roll" }
  | { readonly end: "beside"; readonly why: Beside; readonly line: Line; readonly at: number }
  | { readonly end: "office"; readonly line: Line; readonly stands: Said }
  | { readonly end: "same"; readonly line: Line }
  | {
      readonly end: "says";
      readonly line: Line;
      readonly what: SlipWhat;
      readonly at: number;
      readonly said: Said;
      /** Missed at the beginning or the end, by the bell. */
      readonly minutes: number;
    };

export type Ending = Misfit | { readonly end: "forged" } | Word;

/** The second look, at a slip that the school signed (V11.3). */
export function wordOf(slip: Slip, roll: Roll, lines: readonly Line[]): Word {
  const line = lines.find(({ student }) => student.student_id === slip.student_id);
  if (!line) return { end: "not_on_roll" };
  const { at, what } = slip;
  const why = besides(slip, roll);
  if (why) return { end: "beside", why, line, at };
  const stands = officeSays(slip, roll);
  if (stands) return { end: "office", line, stands };
  const said = together(slip, line.said);
  if (sameTo(said, line.said)) return { end: "same", line };
  const missed = what === "arrived" ? at - ms(roll.starts_at) : ms(roll.ends_at) - at;
  return { end: "says", line, what, at, said, minutes: Math.floor(missed / MINUTE_MS) };
}

/** Between bells nobody is late, and of a meeting missed whole a slip says nothing (V2). */
function besides({ what, at }: Slip, roll: Roll): Beside | null {
  const [starts, ends] = [ms(roll.starts_at), ms(roll.ends_at)];
  if (what === "arrived") {
    if (at >= ends) return "came_after";
    return at < starts + MINUTE_MS ? "in_time" : null;
  }
  if (at <= starts) return "left_before";
  return at > ends - MINUTE_MS ? "stayed" : null;
}

const minuteOf = (at: string | number | undefined): number | null =>
  at === undefined ? null : Math.floor((typeof at === "string" ? ms(at) : at) / MINUTE_MS);

/** The office's word on the roll where it tells another time: newer than the paper, and it stands. */
function officeSays({ student_id, what, at }: Slip, roll: Roll): Said | null {
  const mark = roll.marks.find((one) => one.student_id === student_id);
  if (!mark?.office) return null;
  const { office: presence, arrived_at, left_at } = mark;
  const told = what === "arrived" ? arrived_at : left_at;
  const agrees = ["late", "left_early"].includes(presence);
  if (agrees && (told === undefined || minuteOf(told) === minuteOf(at))) return null;
  return { presence, ...(arrived_at ? { arrived_at } : {}), ...(left_at ? { left_at } : {}) };
}

/** With what the roll says already: who came late may leave early, and who left may come back. */
function together({ what, at }: Slip, { arrived_at, left_at }: Said): Said {
  const time = new Date(at).toISOString();
  const came = what === "arrived" ? time : arrived_at;
  const left = what === "left" ? time : left_at;
  if (left === undefined) return { presence: "late", arrived_at: time };
  if (came === undefined) return { presence: "left_early", left_at: time };
  if (ms(came) > ms(left)) return { presence: "present" };
  return { presence: "left_early", arrived_at: came, left_at: left };
}

/** To the minute: a mark that was made by hand says no more. */
const sameTo = (said: Said, stands: Said): boolean =>
  said.presence === stands.presence &&
  minuteOf(said.arrived_at) === minuteOf(stands.arrived_at) &&
  minuteOf(said.left_at) === minuteOf(stands.left_at);

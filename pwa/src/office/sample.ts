/** Facts for the tests: one morning at one school, in Los Angeles on November 23. */

import type { Board, BoardRoll, HeldItem, History, HistoryEntry, Mark, Roll } from "../wire.ts";

export const ZONE = "America/Los_Angeles";

/** "8:15" on that morning as an instant. */
export function at(time: string, on = "2026-11-23"): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return new Date(Date.UTC(2026, 10, Number(on.slice(8)), hours + 8, minutes)).toISOString();
}

export const now = (time: string): number => Date.parse(at(time));

const FACTS = {
  type: "roll",
  seq: 1,
  section_id: "8A",
  on: "2026-11-23",
  period: "1",
  period_name: "Period 1",
  starts_at: at("8:00"),
  ends_at: at("8:50"),
  opens_at: at("7:55"),
  due_at: at("8:15"),
  late_at: at("8:15"),
  closes_at: at("17:00"),
  locks_at: null,
  expected: true,
  void_reason: null,
  void_note: null,
  state: "not_taken",
  timeliness: null,
  next_day: false,
  taken_at: null,
  received_at: null,
  submitted_by: null,
  revision: 0,
  countersign: false,
  contested: 0,
  safety: 0,
} as const;

const BESIDE = { reminded: { count: 0, last_at: null }, tablet: null, called: null };
const NOBODY = { present: 0, late: 0, left_early: 0, absent: 0, elsewhere: 0 };

export function boardRoll(more: Partial<BoardRoll> = {}): BoardRoll {
  const id = `${more.section_id ?? "8A"}/${more.period ?? "1"}`;
  const counted = { by_name: null, unmarked_count: 0, counts: NOBODY };
  return { ...FACTS, roll_id: id, ...counted, ...BESIDE, ...more };
}

/** What a roll says that the school received at that time, on time. */
export function received(time: string): Partial<BoardRoll> {
  return {
    state: "submitted",
    timeliness: "on_time",
    taken_at: at(time),
    received_at: at(time),
    revision: 1,
  };
}

export function roll(more: Partial<Roll> = {}): Roll {
  return {
    ...FACTS,
    roll_id: "8A/1",
    certified: null,
    locked: null,
    ops: [],
    people: [],
    marks: [],
    unmarked: [],
    known: [],
    ...more,
  };
}

export function board(rolls: BoardRoll[], more: Partial<Board> = {}): Board {
  const period = (code: string, name: string, starts: string, ends: string, due: string) => ({
    period: code,
    name,
    starts_at: at(starts),
    ends_at: at(ends),
    due_at: at(due),
    check_at: new Date(Date.parse(at(due)) + 15 * 60_000).toISOString(),
  });
  const teacher = (name: string) => ({
    staff_id: name,
    name,
    room: "14",
    extension: "414",
    seen_at: null,
    reach: null,
    reach_why: null,
  });
  const section = (section_id: string, ...teacher_ids: string[]) => ({
    section_id,
    title: `${section_id} Mathematics`,
    room: "14",
    teacher_ids,
    count: 30,
  });
  return {
    epoch: "e",
    server_time: at("8:20"),
    aside: 0,
    as_of: null,
    roster_as_of: null,
    cursor: "e.1",
    on: "2026-11-23",
    day: { on: "2026-11-23", kind: "instructional", note: null, schedule: "regular" },
    school: { school_id: "s", name: "Alder Creek", zone: ZONE },
    periods: [
      period("2", "Period 2", "8:58", "9:48", "9:13"),
      period("1", "Period 1", "8:00", "8:50", "8:15"),
      period("HR", "Homeroom", "8:00", "15:00", "8:30"),
    ],
    teachers: ["L. Brandt", "C. Okafor", "M. Ruiz", "E. Sato"].map(teacher),
    sections: [
      section("8A", "M. Ruiz", "C. Okafor"),
      section("8B", "M. Ruiz"),
      section("7C", "E. Sato"),
      section("5A", "L. Brandt"),
      section("9Z"),
    ],
    rolls,
    ...more,
  };
}

export const RUIZ = { role: "teacher", name: "M. Ruiz", staff_id: "ruiz" } as const;
export const OKAFOR = { role: "teacher", name: "C. Okafor", staff_id: "okafor" } as const;
export const LIND = { role: "office", name: "R. Lind", staff_id: "lind" } as const;

export function entry(more: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    op_id: "op1",
    seq: 1,
    kind: "submit",
    author: RUIZ,
    device_label: "tablet 14",
    taken_at: at("8:05"),
    received_at: at("8:12"),
    outcome: "accepted",
    reason: null,
    timeliness: "on_time",
    clock_note: null,
    source: null,
    resolution: null,
    why: null,
    heard_at: more.received_at ?? at("8:12"),
    marks: [
      { student_id: "amara", presence: "present" },
      { student_id: "kainoa", presence: "late", arrived_at: at("8:09") },
      { student_id: "noa", presence: "absent" },
    ],
    ...more,
  };
}

export function history(entries: HistoryEntry[], marks: Mark[], more: Partial<Roll> = {}): History {
  const student = (student_id: string, given_name: string, family_name: string) => ({
    student_id,
    given_name,
    family_name,
  });
  return {
    epoch: "e",
    server_time: at("9:00"),
    as_of: null,
    roster_as_of: null,
    roll: roll({ ...(received("8:12") as Partial<Roll>), marks, ...more }),
    section: { section_id: "8A", title: "8A Mathematics", course: null, room: "14" },
    students: [
      student("amara", "Amara", "Okonkwo-Bright"),
      student("kainoa", "Kainoa", "Kealoha"),
      student("noa", "Noa", "Ben-David"),
    ],
    entries,
  };
}

/** A roll of Ruiz's that came after it was locked. */
export function heldItem(more: Partial<HeldItem> = {}): HeldItem {
  return {
    type: "held",
    seq: 4,
    op_id: "op",
    roll_id: "8A/1",
    reason: "locked",
    detail: "The roll is locked. The office decides.",
    author: RUIZ,
    taken_at: at("8:05"),
    received_at: at("9:10"),
    section_title: "8A Mathematics",
    on: "2026-11-23",
    period_name: "Period 1",
    device_label: "tablet 14",
    marks_count: 30,
    counts: { ...NOBODY, present: 28, absent: 2 },
    students: "",
    resolution: null,
    ...more,
  };
}

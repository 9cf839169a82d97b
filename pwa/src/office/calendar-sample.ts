/** Facts for the tests: a school's November at a Los Angeles school with grades 6 to 8. */

import type {
  BellSchedule,
  CalendarBand,
  CalendarDate,
  DeadlinePolicy,
  Effect,
  Move,
  Timetable,
  TimetableChanged,
} from "../wire.ts";
import { at } from "./sample.ts";

export const band = (more: Partial<CalendarBand> = {}): CalendarBand => ({
  grades: "*",
  kind: "instructional",
  schedule: "Regular",
  day_label: null,
  note: null,
  closed_from_time: null,
  ...more,
});

export const date = (on: string, more: Partial<CalendarDate> = {}): CalendarDate => ({
  on,
  bands: [band()],
  expected: 240,
  taken: 0,
  late: 0,
  voided: 0,
  ...more,
});

export const bells = (schedule: string, dates: number): BellSchedule => ({
  schedule,
  dates,
  periods: [
    { period: "1", name: "Period 1", starts_time: "08:00", ends_time: "08:50" },
    { period: "2", name: "Period 2", starts_time: "08:58", ends_time: "09:48" },
    { period: "6", name: "Period 6", starts_time: "13:26", ends_time: "14:16" },
  ],
});

export const policy = (more: Partial<DeadlinePolicy> = {}): DeadlinePolicy => ({
  policy_id: "policy",
  grades: "6",
  period: "*",
  from_on: "2026-11-30",
  until_on: null,
  open_before_min: 5,
  due_after_min: 15,
  check_after_min: 30,
  grace_min: 5,
  close_time: "17:00",
  lock_after_days: 7,
  set_by: null,
  set_at: at("8:00"),
  ...more,
});

export const table = (more: Partial<Timetable> = {}): Timetable => ({
  revision: 7,
  today: "2026-11-23",
  zone: "America/Los_Angeles",
  from: "2026-11-01",
  to: "2026-12-05",
  first_on: "2026-08-17",
  last_on: "2027-06-04",
  days: [],
  schedules: [bells("Minimum day", 12), bells("Regular", 98)],
  usual: {
    open_before_min: 5,
    due_after_min: 15,
    check_after_min: 30,
    grace_min: 0,
    close_time: "17:00",
    lock_after_days: null,
  },
  policies: [],
  may_set_policies: true,
  exemptions: [],
  leaves: [],
  grades: ["6", "7", "8"],
  periods: ["1", "2", "6"],
  sections: [{ section_id: "8A", title: "8A Mathematics", grades: "8", periods: ["1"] }],
  staff: [{ staff_id: "sato", name: "K. Sato", role: "teacher" }],
  ...more,
});

export const move = (more: Partial<Move> = {}): Move => ({
  on: "2026-11-24",
  period: "2",
  period_name: "Period 2",
  rolls: 24,
  due_before: at("9:13", "2026-11-24"),
  due_after: at("9:26", "2026-11-24"),
  late_before: at("9:13", "2026-11-24"),
  late_after: at("9:26", "2026-11-24"),
  locks_before: null,
  locks_after: null,
  what: ["starts_at", "due_at"],
  ...more,
});

export const effect = (more: Partial<Effect> = {}): Effect => ({
  on: "2026-11-24",
  period: "6",
  period_name: "Period 6",
  rolls: 12,
  due_at: at("13:41", "2026-11-24"),
  void_reason: "holiday",
  void_note: null,
  ...more,
});

const sum = (lines: readonly { rolls: number }[]): number =>
  lines.reduce((all, { rolls }) => all + rolls, 0);

export function changed(more: Partial<TimetableChanged> = {}): TimetableChanged {
  const lists = { moves: [], voided: [], expected_again: [], added: [], kept_taken: [], ...more };
  const { moves, voided, expected_again, added, kept_taken } = lists;
  const all = [...moves, ...voided, ...expected_again, ...added, ...kept_taken];
  const dates = [...new Set(all.map(({ on }) => on))].sort();
  return {
    revision: 7,
    preview: true,
    cut: false,
    undo: [],
    ...lists,
    totals: {
      moved: sum(moves),
      voided: sum(voided),
      expected_again: sum(expected_again),
      added: sum(added),
      kept_taken: sum(kept_taken),
      dates: dates.length,
      first_on: dates[0] ?? null,
      last_on: dates.at(-1) ?? null,
      ...more.totals,
    },
  };
}

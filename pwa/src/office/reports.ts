/** The reports as they are shown: fetched when asked for, and again when somebody asks. */

import { type Signal, signal } from "@preact/signals";
import type {
  Attendance,
  AuditReport,
  Integrity,
  NotSubmitted,
  Outages,
  Rates,
  SinceClosed,
  StudentDays,
  TeacherRates,
  Unresolved,
  Week,
  Weeks,
} from "../wire.ts";
import type { Ending } from "./api.ts";
import { attendance as findAttendance, type OfStudent, studentDays } from "./attendance-api.ts";
import * as audits from "./audit-api.ts";
import type { Loaded } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";
import * as api from "./reports-api.ts";
import * as signatures from "./signatures-api.ts";

/** One report: what is shown, and how to fetch it. The newest question wins. */
class Report<Asked, Answer> {
  readonly shown: Signal<Loaded<Answer>> = signal({ is: "loading" });
  private newest = 0;

  constructor(private readonly find: (school: string, asked: Asked) => Promise<Ending<Answer>>) {}

  /** Fetches it; what stands there stays until the answer is here. */
  async fetch(school: string, asked: Asked): Promise<void> {
    this.newest += 1;
    const mine = this.newest;
    const answer = await this.find(school, asked);
    if (mine !== this.newest) return;
    this.shown.value =
      answer.end === "answered"
        ? { is: "here", answer: answer.answer }
        : { is: "failed", why: whyNot(answer) };
  }

  /** Another question: what stands there is no answer to it. */
  async begin(school: string, asked: Asked): Promise<void> {
    this.shown.value = { is: "loading" };
    await this.fetch(school, asked);
  }

  forget(): void {
    this.newest += 1;
    this.shown.value = { is: "loading" };
  }
}

export const missing = new Report<api.Moment, NotSubmitted>(api.notSubmitted);
export const never = new Report<boolean, Unresolved>(api.unresolved);
export const rates = new Report<api.Dates, Rates>(api.rates);
export const ofTeachers = new Report<api.Dates, TeacherRates>(api.teacherRates);
export const attendance = new Report<api.Dates, Attendance>(findAttendance);
export const weeks = new Report<string | null, Weeks>(signatures.weeks);
export const ofPerson = new Report<signatures.OfPerson, Week>(signatures.weekOf);
export const sinceClosed = new Report<string, SinceClosed>(signatures.sinceClosed);
export const entries = new Report<audits.Asked, AuditReport>(audits.entries);
export const outages = new Report<api.Dates, Outages>(audits.outages);
export const integrity = new Report<api.Dates, Integrity>(audits.integrity);
export const ofStudent = new Report<OfStudent, StudentDays>(studentDays);

/** Nobody is at the desk: nothing of the school stays in the page. */
export function forgetReports(): void {
  const all = [
    missing,
    never,
    rates,
    ofTeachers,
    attendance,
    ofStudent,
    weeks,
    ofPerson,
    sinceClosed,
    entries,
    outages,
    integrity,
  ];
  for (const report of all) report.forget();
}

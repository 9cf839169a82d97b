/**
 * The pages of the desk, in the order of the navigation. A page is a function of who is here; it
 * brings its own `<main class="desk-main">`, and a panel beside it if it has one. Its name is the
 * first part of the address: `#/held`.
 */

import type { ComponentType } from "preact";
import { t } from "../core/t.ts";
import type { SignedInAs } from "../wire.ts";
import { AttendancePage } from "./attendance-page.tsx";
import { AuditPage } from "./audit-page.tsx";
import { BellsPage } from "./bells-page.tsx";
import { BoardPage } from "./board-page.tsx";
import { CalendarPage } from "./calendar-page.tsx";
import { ClearingPage } from "./clearing-page.tsx";
import { isSafety } from "./contested.ts";
import { open as contested } from "./contested-desk.ts";
import { ContestedPage } from "./contested-page.tsx";
import { ContradictionsPage } from "./contradictions-page.tsx";
import { DeadlinesPage } from "./deadlines-page.tsx";
import { held } from "./desk.ts";
import { ExemptionsPage } from "./exemptions-page.tsx";
import { FilesPage } from "./files-page.tsx";
import { FrontDeskPage } from "./front-desk-page.tsx";
import { HeldPage } from "./held-page.tsx";
import { PassesPage } from "./passes-page.tsx";
import { RemindersPage } from "./reminders-page.tsx";
import { ReportsPage } from "./reports-page.tsx";
import { SheetsPage } from "./sheets-page.tsx";
import { SignaturesPage } from "./signatures-page.tsx";
import { StudentsPage } from "./students-page.tsx";
import { TabletsPage } from "./tablets-page.tsx";
import { TranscribePage } from "./transcribe-page.tsx";

/** Menus of the bar. A page of none stands in the bar itself. */
export type Menu = "records" | "school";

export interface DeskPage {
  readonly name: string;
  /** Its word in the navigation; a page without one is found from another (`within`). */
  readonly title?: string;
  readonly menu?: Menu;
  readonly within?: string;
  readonly Show: ComponentType<{ who: SignedInAs }>;
  /** How much waits there; zero is not shown. */
  readonly count?: () => number;
  /** Whether what waits there is pressing. */
  readonly pressing?: () => boolean;
}

export const PAGES: readonly DeskPage[] = [
  { name: "board", title: t`Board`, Show: BoardPage },
  { name: "students", title: t`Students`, Show: StudentsPage },
  {
    name: "contested",
    title: t`Contested`,
    Show: ContestedPage,
    count: () => contested.value.length,
    pressing: () => contested.value.some(({ item }) => isSafety(item)),
  },
  { name: "held", title: t`Held`, Show: HeldPage, count: () => held.value.length },
  { name: "front-desk", title: t`Front desk`, Show: FrontDeskPage },
  { name: "clearing", within: "front-desk", Show: ClearingPage },
  { name: "contradictions", within: "front-desk", Show: ContradictionsPage },
  { name: "attendance", title: t`Attendance`, menu: "records", Show: AttendancePage },
  { name: "reports", title: t`Reports`, menu: "records", Show: ReportsPage },
  { name: "signatures", title: t`Signatures`, menu: "records", Show: SignaturesPage },
  { name: "audit", title: t`Audit`, menu: "records", Show: AuditPage },
  { name: "calendar", title: t`Calendar`, menu: "school", Show: CalendarPage },
  { name: "bells", within: "calendar", Show: BellsPage },
  { name: "deadlines", within: "calendar", Show: DeadlinesPage },
  { name: "exemptions", within: "calendar", Show: ExemptionsPage },
  { name: "reminders", within: "calendar", Show: RemindersPage },
  { name: "files", within: "calendar", Show: FilesPage },
  { name: "passes", title: t`Passes`, menu: "school", Show: PassesPage },
  { name: "tablets", title: t`Tablets`, menu: "school", Show: TabletsPage },
  { name: "sheets", title: t`Paper`, menu: "school", Show: SheetsPage },
  { name: "transcribe", within: "sheets", Show: TranscribePage },
];

/** What an auditor looks at: it is read, and nothing on it is done. */
const AUDITED: ReadonlySet<string> = new Set([
  "board",
  "students",
  "attendance",
  "reports",
  "signatures",
  "audit",
]);

/** What stands in the navigation of somebody of a role. */
export const pagesFor = (role: string): readonly DeskPage[] =>
  PAGES.filter(({ name, title }) => title && (role !== "auditor" || AUDITED.has(name)));

/** The page of the navigation that a page is found from: itself, where it has a word there. */
export const leadOf = (name: string): DeskPage | undefined => {
  const page = pageOf(name);
  return page?.within ? pageOf(page.within) : page;
};

export const pageOf = (name: string): DeskPage | undefined =>
  PAGES.find((page) => page.name === name);

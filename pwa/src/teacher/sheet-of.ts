/** Whose sheet is open; the sheet itself is fetched when it is first asked for. */

import { signal } from "@preact/signals";
import { later } from "./later.tsx";

export const sheetOf = signal<string | null>(null);

export const StudentSheet = later(() =>
  import("./student-sheet.tsx").then((part) => part.StudentSheet),
);

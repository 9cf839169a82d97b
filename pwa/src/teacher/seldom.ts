/** Screens that are needed seldom, in one piece: each by itself would split what they share. */

export { CarryScreen } from "./carry.tsx";
export { Mine } from "./mine.tsx";
export { RemindersSheet } from "./reminders-sheet.tsx";
export { ShowCode } from "./show-code.tsx";
export { Tray } from "./tray.tsx";
export { Weeks } from "./weeks.tsx";

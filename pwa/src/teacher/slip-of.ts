/** Whether a slip is being scanned; the sheet itself is fetched when it is first asked for. */

import { signal } from "@preact/signals";
import { later } from "./later.tsx";

export const scansSlip = signal(false);

export const SlipSheet = later(() => import("./slip-sheet.tsx").then((part) => part.SlipSheet));

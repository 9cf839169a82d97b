/** The sheet for what is needed seldom, fetched when it is first asked for. */

import { later } from "./later.tsx";

export const MoreSheet = later(() => import("./more-sheet.tsx").then((part) => part.MoreSheet));

export const ForYou = later(() => import("./for-you.tsx").then((part) => part.ForYou));

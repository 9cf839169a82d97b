/** What this browser can do about reminders, and the question that only a tap may ask. */

import { type Reach, reachOf } from "../core/reach.ts";

type Home = Navigator & { readonly standalone?: boolean };

const isStandalone = (): boolean =>
  matchMedia("(display-mode: standalone)").matches || (navigator as Home).standalone === true;

export function reach(): Reach {
  const canPush =
    "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  return reachOf({
    canPush,
    permission: canPush ? Notification.permission : "default",
    standalone: isStandalone(),
    vendor: navigator.vendor,
    touchPoints: navigator.maxTouchPoints,
  });
}

/** Asks once; to be called by the tap itself, before anything is waited for. */
export const askLeave = (): Promise<NotificationPermission> => Notification.requestPermission();

export const isAllowed = (): boolean =>
  reach() === "possible" && Notification.permission === "granted";

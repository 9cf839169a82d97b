/** Which screen shows. It lives in the address, so that Back works and a reload stays. */

import { signal } from "@preact/signals";

export type Route =
  | { readonly screen: "today"; readonly on: string | null }
  | { readonly screen: "roll"; readonly roll_id: string }
  | { readonly screen: "pass"; readonly code: string }
  | { readonly screen: "tray" | "inbox" | "carry" | "mine" | "weeks" };

function parse(hash: string): Route | null {
  const [, screen, id] = hash.split("/");
  if (screen === "roll" && id) return { screen, roll_id: id };
  if (screen === "pass") return { screen, code: id ?? "" };
  if (screen === "tray" || screen === "inbox") return { screen };
  if (screen === "carry" || screen === "mine" || screen === "weeks") return { screen };
  if (screen === "today") return { screen, on: id ?? null };
  return null;
}

function hashOf(route: Route): string {
  if (route.screen === "roll") return `#/roll/${route.roll_id}`;
  if (route.screen === "pass") return `#/pass/${route.code}`;
  if (route.screen !== "today") return `#/${route.screen}`;
  return route.on ? `#/today/${route.on}` : "#/today";
}

const TODAY: Route = { screen: "today", on: null };

export const route = signal<Route>(parse(location.hash) ?? TODAY);

/** Nobody has chosen a screen yet: the app may open the class in session. */
export const isFreshStart = (): boolean => parse(location.hash) === null;

addEventListener("popstate", () => {
  route.value = parse(location.hash) ?? TODAY;
});

/** One step on; Back returns to where this was pressed. */
export function go(to: Route): void {
  history.pushState({ inside: true }, "", hashOf(to));
  route.value = to;
}

/** The same place, shown otherwise: another day of the list. */
export function turn(to: Route): void {
  history.replaceState(history.state, "", hashOf(to));
  route.value = to;
}

/** To the list of the day: one step back where the roll was opened from it. */
export function goToday(): void {
  if ((history.state as { inside?: boolean } | null)?.inside) history.back();
  else turn(TODAY);
}

/** As if nobody had chosen a screen: the next person begins at the class in session. */
export function forgetPlace(): void {
  history.replaceState(null, "", location.pathname);
  route.value = TODAY;
}

/** Opens on the class in session, with Today one step back. */
export function openOn(rollId: string | null): void {
  turn(TODAY);
  if (rollId) go({ screen: "roll", roll_id: rollId });
}

/** Opens what a reminder is about, with Today one step back. */
export function openAt(path: string): void {
  const to = parse(path.slice(path.indexOf("#"))) ?? TODAY;
  turn(TODAY);
  if (to.screen !== "today") go(to);
}

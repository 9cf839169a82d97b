/** What does not fit together on a day, as this desk shows it. */

import { batch, signal } from "@preact/signals";
import { newOpId } from "../device/clock.ts";
import type { Contradiction, Contradictions, FindingState } from "../wire.ts";
import { ask } from "./api.ts";
import type { Loaded } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";

export const radar = signal<Loaded<Contradictions>>({ is: "loading" });
export const radarTrouble = signal<string | null>(null);

const at = (school: string): string => `/schools/${school}/contradictions`;

export function beginRadar(school: string, on: string | null): void {
  radar.value = { is: "loading" };
  void lookAgain(school, on);
}

let newest = 0;

/** Fetches it; of several questions the newest wins, in whatever order the answers come. */
export async function lookAgain(school: string, on: string | null): Promise<void> {
  newest += 1;
  const mine = newest;
  const answer = await ask<Contradictions>(`${at(school)}${on ? `?on=${on}` : ""}`);
  if (mine !== newest) return;
  if (answer.end === "answered") radar.value = { is: "here", answer: answer.answer };
  else if (radar.value.is !== "here") radar.value = { is: "failed", why: whyNot(answer) };
  else radarTrouble.value = whyNot(answer);
}

/** What somebody did about a finding; the list shows it as the school has it then. */
export async function say(
  school: string,
  one: Contradiction,
  state: FindingState,
  why: string | null = null,
): Promise<boolean> {
  const shown = radar.value;
  if (shown.is !== "here") return false;
  const { on } = shown.answer;
  const body = { line_id: newOpId(), on, key: one.key, state, why };
  const answer = await ask<Contradiction>(at(school), body);
  if (answer.end !== "answered") {
    radarTrouble.value = whyNot(answer);
    return false;
  }
  const findings = shown.answer.findings.map((each) =>
    each.key === one.key ? answer.answer : each,
  );
  batch(() => {
    radarTrouble.value = null;
    radar.value = { is: "here", answer: { ...shown.answer, findings } };
  });
  return true;
}

/** Nobody is at the desk: nothing of the school stays in the page. */
export function forgetRadar(): void {
  newest += 1;
  batch(() => {
    radar.value = { is: "loading" };
    radarTrouble.value = null;
  });
}

/** The passes of a day at this desk: what the school has, what was just issued, and what failed. */

import { batch, signal } from "@preact/signals";
import type { IssuedPass, Passes } from "../wire.ts";
import type { Ending } from "./api.ts";
import type { Loaded } from "./desk.ts";
import { type Asked, issueOf, NOTHING_ASKED } from "./pass-form.ts";
import * as api from "./passes-api.ts";
import { whyNot } from "./passes-ends.ts";

export const passes = signal<Loaded<Passes>>({ is: "loading" });
/** Its code is known here and nowhere else; closing it forgets the code. */
export const issued = signal<IssuedPass | null>(null);
export const asked = signal<Asked>(NOTHING_ASKED);
/** Why the last thing did not work. */
export const trouble = signal<string | null>(null);
export const busy = signal(false);

export const ask = (changes: Partial<Asked>): void => {
  asked.value = { ...asked.value, ...changes };
};

/** Another day, another page: nothing of the last one stays. */
export function beginDay(school: string, on: string): void {
  batch(() => {
    passes.value = { is: "loading" };
    issued.value = null;
    trouble.value = null;
    asked.value = NOTHING_ASKED;
  });
  void refresh(school, on);
}

export async function refresh(school: string, on: string): Promise<void> {
  const answer = await api.passesOf(school, on);
  if (answer.end === "answered") passes.value = { is: "here", answer: answer.answer };
  else if (passes.value.is !== "here") passes.value = { is: "failed", why: whyNot(answer) };
}

async function doing<Answer>(ask: () => Promise<Ending<Answer>>): Promise<Answer | null> {
  if (busy.value) return null;
  busy.value = true;
  trouble.value = null;
  const answer = await ask();
  busy.value = false;
  if (answer.end === "answered") return answer.answer;
  trouble.value = whyNot(answer);
  return null;
}

/** Issues what was asked for, or says what is missing. */
export async function issue(school: string, on: string, zone: string): Promise<void> {
  if (passes.value.is !== "here") return;
  const wanted = issueOf(asked.value, on, passes.value.answer.rolls, zone);
  if (wanted.is === "missing") {
    trouble.value = wanted.says;
    return;
  }
  const made = await doing(() => api.issuePass(school, wanted.body));
  if (!made) return;
  batch(() => {
    issued.value = made;
    asked.value = NOTHING_ASKED;
  });
  await refresh(school, on);
}

/** The old code ends with this. */
export async function giveNewCode(school: string, pass_id: string, on: string): Promise<void> {
  const made = await doing(() => api.newCode(school, pass_id));
  if (!made) return;
  issued.value = made;
  await refresh(school, on);
}

export async function revoke(school: string, pass_id: string, on: string): Promise<boolean> {
  const done = await doing(() => api.revokePass(school, pass_id));
  if (!done) return false;
  if (issued.value?.pass.pass_id === pass_id) issued.value = null;
  await refresh(school, on);
  return true;
}

/** How the school reminds, at this desk: what was fetched, and what became of changing it. */

import { batch, signal } from "@preact/signals";
import type { NewReminderPolicy, ReminderPolicy } from "../wire.ts";
import { ask } from "./api.ts";
import type { Loaded } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";

const at = (school: string): string => `/schools/${school}/reminder-policy`;

export const reminders = signal<Loaded<ReminderPolicy>>({ is: "loading" });
export const busy = signal(false);
/** What became of the last try; `isMeanwhile`: somebody else changed it since it was fetched. */
export type Said =
  | { readonly is: "nothing" }
  | { readonly is: "saved" }
  | { readonly is: "stopped"; readonly why: string; readonly isMeanwhile: boolean };
export const said = signal<Said>({ is: "nothing" });

export async function fetchReminders(school: string): Promise<void> {
  const answer = await ask<ReminderPolicy>(at(school));
  if (answer.end === "answered") reminders.value = { is: "here", answer: answer.answer };
  else if (reminders.value.is !== "here") reminders.value = { is: "failed", why: whyNot(answer) };
}

export async function saveReminders(school: string, policy: NewReminderPolicy): Promise<void> {
  if (busy.value) return;
  busy.value = true;
  const answer = await ask<ReminderPolicy>(at(school), policy);
  const isMeanwhile = answer.end === "refused" && answer.problem.code === "changed_meanwhile";
  if (isMeanwhile) await fetchReminders(school);
  batch(() => {
    busy.value = false;
    if (answer.end === "answered") {
      reminders.value = { is: "here", answer: answer.answer };
      said.value = { is: "saved" };
    } else said.value = { is: "stopped", why: whyNot(answer), isMeanwhile };
  });
}

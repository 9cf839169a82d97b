/** The school's tablets at this desk, and the taking back of leave. */

import { signal } from "@preact/signals";
import type { Devices } from "../wire.ts";
import type { Ending } from "./api.ts";
import type { Loaded } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";
import * as api from "./tablets-api.ts";

export const devices = signal<Loaded<Devices>>({ is: "loading" });
export const busy = signal(false);
/** Why the last thing did not work. */
export const trouble = signal<string | null>(null);
/** What was just done, told once. */
export const done = signal<string | null>(null);

export async function fetchDevices(school: string): Promise<void> {
  const answer = await api.devicesOf(school);
  if (answer.end === "answered") devices.value = { is: "here", answer: answer.answer };
  else if (devices.value.is !== "here") devices.value = { is: "failed", why: whyNot(answer) };
}

async function revoke(
  school: string,
  why: string,
  ask: (why: string) => Promise<Ending<unknown>>,
  says: string,
): Promise<boolean> {
  trouble.value = null;
  if (!why.trim()) {
    trouble.value = "Why? A few words are kept with your name, for whoever asks later.";
    return false;
  }
  if (busy.value) return false;
  busy.value = true;
  const answer = await ask(why.trim());
  busy.value = false;
  if (answer.end !== "answered") {
    trouble.value = whyNot(answer);
    return false;
  }
  done.value = says;
  await fetchDevices(school);
  return true;
}

export const revokeTablet = (
  school: string,
  device: { device_id: string; says: string },
  why: string,
): Promise<boolean> =>
  revoke(school, why, (words) => api.revokeDevice(school, device.device_id, words), device.says);

export const revokePerson = (
  school: string,
  person: { staff_id: string; says: string },
  why: string,
): Promise<boolean> =>
  revoke(school, why, (words) => api.revokePerson(school, person.staff_id, words), person.says);

/** The school's tablets at this desk, and the taking back of leave. */

import { signal } from "@preact/signals";
import { t } from "../core/t.ts";
import type { Devices } from "../wire.ts";
import type { Ending } from "./api.ts";
import type { Loaded } from "./desk.ts";
import { whyNot } from "./passes-ends.ts";
import * as api from "./tablets-api.ts";

export const devices = signal<Loaded<Devices>>({ is: "loading" });
export const busy = signal(false);
/** Why the last thing did not work. */
export const trouble = signal<string | null>(null);
/** What was just done, told once; and how it is taken back, where that is one press. */
export const done = signal<string | null>(null);
export const undo = signal<(() => Promise<boolean>) | null>(null);

export async function fetchDevices(school: string): Promise<void> {
  const answer = await api.devicesOf(school);
  if (answer.end === "answered") devices.value = { is: "here", answer: answer.answer };
  else if (devices.value.is !== "here") devices.value = { is: "failed", why: whyNot(answer) };
}

/** Revoking, or letting in again, with its reason. */
async function decide(
  school: string,
  why: string,
  ask: (why: string) => Promise<Ending<unknown>>,
  says: string,
): Promise<boolean> {
  trouble.value = null;
  if (!why.trim()) {
    trouble.value = t`Why? A few words are kept with your name, for whoever asks later.`;
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
  undo.value = null;
  await fetchDevices(school);
  return true;
}

interface Named {
  readonly device_id: string;
  readonly says: string;
}

export const revokeTablet = (school: string, device: Named, why: string): Promise<boolean> =>
  decide(school, why, (words) => api.revokeDevice(school, device.device_id, words), device.says);

export const revokePerson = (
  school: string,
  person: { staff_id: string; says: string },
  why: string,
): Promise<boolean> =>
  decide(school, why, (words) => api.revokePerson(school, person.staff_id, words), person.says);

/** Lets a tablet in again; one press takes that back until something else is done. */
export async function allowTablet(
  school: string,
  device: Named & { readonly undone: string },
  why: string,
): Promise<boolean> {
  const { device_id, says, undone } = device;
  const allowed = await decide(
    school,
    why,
    (words) => api.allowDevice(school, device_id, words),
    says,
  );
  if (allowed)
    undo.value = () =>
      revokeTablet(school, { device_id, says: undone }, t`It was let in again by mistake`);
  return allowed;
}

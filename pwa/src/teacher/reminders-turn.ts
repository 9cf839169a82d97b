/** Turning reminders on and off on this tablet, and what to do where that does not come about. */

import { signal } from "@preact/signals";
import { TURN_FAILED } from "../core/reach-words.ts";
import { noteReminders } from "../device/people.ts";
import * as push from "../device/push.ts";
import { askLeave } from "../device/reach.ts";
import { look } from "./reminders.ts";
import { me, noteTrouble } from "./state.ts";

/** A change is on its way. */
export const turning = signal(false);
/** Why the last change did not come about, in words. */
export const turned = signal("");

/** By a tap: the browser asks first, then the school is told. */
export async function turnOn(): Promise<void> {
  const leave = askLeave();
  turning.value = true;
  turned.value = "";
  try {
    const answer = await leave;
    look();
    if (answer !== "granted") {
      turned.value = answer === "default" ? TURN_FAILED.dismissed : "";
      return;
    }
    await subscribe();
  } catch (error) {
    noteTrouble(error, "reminders");
  } finally {
    turning.value = false;
  }
}

async function subscribe(): Promise<void> {
  const person = me.value;
  if (!person) return;
  const ended = await push.turnOn(push.ofPerson(person));
  if (ended.end === "refused") turned.value = ended.why;
  else if (ended.end !== "on") turned.value = TURN_FAILED[ended.end];
}

export async function turnOff(): Promise<void> {
  const person = me.value;
  if (!person || turning.value) return;
  turning.value = true;
  turned.value = "";
  try {
    if (!(await push.turnOff(push.ofPerson(person)))) turned.value = TURN_FAILED.unreachable;
  } catch (error) {
    noteTrouble(error, "reminders");
  } finally {
    turning.value = false;
  }
}

/** Remembered for this person; the side panel and the sheet still have it. */
export async function notNow(): Promise<void> {
  const staffId = me.value?.staff_id;
  if (staffId) await noteReminders(staffId, { wish: "off", told: null }).catch(noteTrouble);
}

/** Opens and closes the panel beside the board. The address keeps the roll's id and nothing else. */

import * as api from "./api.ts";
import * as desk from "./desk.ts";

const HASH = /^#roll=([0-9a-f-]{36})$/u;

export function openRoll(roll_id: string): void {
  location.hash = `roll=${roll_id}`;
}

export function openHeld(): void {
  location.hash = "held";
}

export function closePanel(): void {
  location.hash = "";
}

/** Follows the address: pressing back closes what was opened. */
export function followAddress(): void {
  const roll_id = HASH.exec(location.hash)?.[1];
  if (roll_id) {
    desk.history.value = { is: "loading" };
    desk.panel.value = { shows: "roll", roll_id };
    void refreshRoll();
  } else if (location.hash === "#held") desk.panel.value = { shows: "held" };
  else desk.panel.value = { shows: "nothing" };
}

const NOT_FOUND = "The school knows no such roll, or it is not for you to see.";
const UNREACHABLE = "The server does not answer. The board goes on trying; so can you.";

/** Fetches the open roll; what is shown stays until something newer is here. */
export async function refreshRoll(): Promise<void> {
  const who = desk.session.value;
  const open = desk.panel.value;
  if (who.at !== "desk" || open.shows !== "roll") return;
  const answer = await api.history(who.who.school.school_id, open.roll_id);
  const still = desk.panel.value;
  if (still.shows !== "roll" || still.roll_id !== open.roll_id) return;
  if (answer.end === "answered") desk.history.value = { is: "here", answer: answer.answer };
  else if (desk.history.value.is !== "here")
    desk.history.value = { is: "failed", why: answer.end === "refused" ? NOT_FOUND : UNREACHABLE };
}

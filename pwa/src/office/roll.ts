/** Opens and closes the roll beside the board. The address keeps the roll's id and nothing else. */

import * as api from "./api.ts";
import * as desk from "./desk.ts";
import { open, route } from "./route.ts";

/** Opens a roll beside the page that is shown. */
export function openRoll(roll_id: string): void {
  open({ roll: roll_id, student: null });
}

export function closePanel(): void {
  open({ roll: null, student: null });
}

/** Brings the panel to what the address says. */
export function followPanel(): void {
  const roll_id = route.value.query["roll"];
  const shown = desk.panel.peek();
  if (!roll_id) desk.panel.value = { shows: "nothing" };
  else if (shown.shows !== "roll" || shown.roll_id !== roll_id) {
    desk.history.value = { is: "loading" };
    desk.panel.value = { shows: "roll", roll_id };
    void refreshRoll();
  }
}

const NOT_FOUND = "The school knows no such roll, or it is not for you to see.";
const UNREACHABLE = "The server does not answer. The board goes on trying; so can you.";

/** Fetches the open roll; what is shown stays until something newer is here. */
export async function refreshRoll(): Promise<void> {
  const who = desk.session.peek();
  const open = desk.panel.peek();
  if (who.at !== "desk" || open.shows !== "roll") return;
  const answer = await api.history(who.who.school.school_id, open.roll_id);
  const still = desk.panel.peek();
  if (still.shows !== "roll" || still.roll_id !== open.roll_id) return;
  if (answer.end === "answered") desk.history.value = { is: "here", answer: answer.answer };
  else if (desk.history.peek().is !== "here")
    desk.history.value = { is: "failed", why: answer.end === "refused" ? NOT_FOUND : UNREACHABLE };
}

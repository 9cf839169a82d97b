/** Countersigning: one of the few things that a tablet does only with the school's answer. */

import { certify } from "../device/api.ts";
import { tryNow } from "../device/engine.ts";
import type { Roll } from "../wire.ts";
import { session } from "./state.ts";

export type Signed = "signed" | "changed" | "offline" | "refused";

export async function countersign(roll: Roll): Promise<Signed> {
  const who = session.value;
  if (!who) return "refused";
  const ending = await certify(who.school_id, roll, who.grant_id);
  tryNow();
  switch (ending.end) {
    case "answered":
      return "signed";
    case "unreachable":
    case "busy":
      return "offline";
    case "refused":
      return ending.problem.status === 409 ? "changed" : "refused";
    default:
      return "refused";
  }
}

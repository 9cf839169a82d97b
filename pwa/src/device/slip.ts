/** Whether the school signed a slip: asked of this browser alone, so a dead network is no matter. */

import type { Slip } from "../core/slip.ts";
import type { SlipKey } from "../wire.ts";
import { fromBase64Url, idBytes, joined } from "./seal.ts";

const CONTEXT = new TextEncoder().encode("rollbook slip 1");
const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const HOW = { name: "ECDSA", hash: "SHA-256" } as const;

async function isSignedBy(slip: Slip, schoolId: string, { public: point }: SlipKey) {
  const key = await crypto.subtle.importKey("raw", fromBase64Url(point), CURVE, false, ["verify"]);
  const signed = joined([CONTEXT, idBytes(schoolId), new Uint8Array(slip.facts)]);
  return crypto.subtle.verify(HOW, key, new Uint8Array(slip.signature), signed);
}

/** By any of the keys; one that makes no sense has signed nothing. */
export async function isSigned(
  slip: Slip,
  schoolId: string,
  keys: readonly SlipKey[],
): Promise<boolean> {
  for (const key of keys) {
    if (await isSignedBy(slip, schoolId, key).catch(() => false)) return true;
  }
  return false;
}

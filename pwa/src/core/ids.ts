/** Ids of what is born on this tablet: unique without asking anybody, and sorted by birth. */

const TEN_BYTES = 10;

/** Gives that many random bytes; the page passes the browser's own source. */
export type Random = (count: number) => Uint8Array;

function hex(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A UUIDv7 (RFC 9562): 48 bits of time in milliseconds, then chance. */
export function uuid7(nowMs: number, random: Random): string {
  const chance = random(TEN_BYTES);
  chance[0] = ((chance[0] ?? 0) & 0x0f) | 0x70;
  chance[2] = ((chance[2] ?? 0) & 0x3f) | 0x80;
  const all = Math.trunc(nowMs).toString(16).padStart(12, "0") + hex(chance);
  return [
    all.slice(0, 8),
    all.slice(8, 12),
    all.slice(12, 16),
    all.slice(16, 20),
    all.slice(20, 32),
  ].join("-");
}

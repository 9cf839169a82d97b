/** Base45 (RFC 9285): bytes in the letters of which a QR code holds most. As server/slips.py. */

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const BASE = ALPHABET.length;

/** A group of three letters is two bytes, one of two is one; null where it is neither. */
function bytesOf(group: string): number[] | null {
  const places = Array.from(group, (letter) => ALPHABET.indexOf(letter));
  if (places.includes(-1) || places.length < 2) return null;
  const number = places.reduceRight((sum, place) => sum * BASE + place, 0);
  if (number >= 256 ** (places.length - 1)) return null;
  return places.length === 3 ? [number >> 8, number & 255] : [number];
}

/** The bytes of a text; null where the text is none. */
export function base45(text: string): Uint8Array | null {
  const groups = (text.match(/.{1,3}/gsu) ?? []).map(bytesOf);
  const whole = groups.filter((group) => group !== null);
  return whole.length === groups.length ? Uint8Array.from(whole.flat()) : null;
}

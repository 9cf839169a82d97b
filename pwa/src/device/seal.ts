/**
 * Sealing: AES-GCM with a fresh IV for each piece and a name that binds it to its place, and notes
 * sealed to the school's public key (server/sealing.py opens them).
 */

import type { Sealing } from "../wire.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Sealed {
  readonly iv: Bytes;
  readonly data: ArrayBuffer;
}

const IV_BYTES = 12;
const NOTE_VERSION = 1;
const NOTE_INFO = "rollbook note 1";
const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;

const text = new TextEncoder();
const words = new TextDecoder();

export const randomBytes = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

const bound = (iv: Bytes, about: string) => ({
  name: "AES-GCM",
  iv,
  additionalData: text.encode(about),
});

/** Seals anything that is JSON, to be opened only under the same name. */
export async function seal(key: CryptoKey, about: string, value: unknown): Promise<Sealed> {
  const iv = randomBytes(IV_BYTES);
  const plain = text.encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt(bound(iv, about), key, plain) };
}

/** Rejects where the key, the name or the bytes are not the ones it was sealed with. */
export async function unseal<Value>(key: CryptoKey, about: string, sealed: Sealed): Promise<Value> {
  const plain = await crypto.subtle.decrypt(bound(sealed.iv, about), key, sealed.data);
  return JSON.parse(words.decode(plain)) as Value;
}

export function toBase64Url(bytes: Bytes): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromBase64Url(encoded: string): Bytes {
  const binary = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function joined(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function idBytes(id: string): Bytes {
  const pairs = id.replaceAll("-", "").match(/../gu) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

async function noteKey(own: CryptoKey, theirs: CryptoKey, salt: Bytes): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text.encode(NOTE_INFO) };
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

/** A note that only the school can read, bound to its op and student. */
export async function sealNote(
  to: Sealing,
  note: string,
  opId: string,
  studentId: string,
): Promise<string> {
  const theirs = await crypto.subtle.importKey("raw", fromBase64Url(to.public), CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const key = await noteKey(own.privateKey, theirs, point);
  const iv = randomBytes(IV_BYTES);
  const additionalData = joined([idBytes(opId), idBytes(studentId)]);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData },
    key,
    text.encode(note),
  );
  const head = Uint8Array.of(NOTE_VERSION);
  return toBase64Url(joined([head, idBytes(to.key_id), point, iv, new Uint8Array(sealed)]));
}

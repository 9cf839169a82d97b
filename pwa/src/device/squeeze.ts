/** Packs a text for a few QR codes with what every browser has, and unpacks it again. */

import { type Bytes, fromBase64Url, toBase64Url } from "./seal.ts";

async function through(bytes: Bytes, stream: GenericTransformStream): Promise<Bytes> {
  const piped = new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

export const squeezed = async (json: unknown): Promise<string> => {
  const bytes = new TextEncoder().encode(JSON.stringify(json));
  return toBase64Url(await through(bytes, new CompressionStream("deflate-raw")));
};

/** Throws where it is not what `squeezed` made. */
export const unsqueezed = async (text: string): Promise<unknown> => {
  const bytes = await through(fromBase64Url(text), new DecompressionStream("deflate-raw"));
  return JSON.parse(new TextDecoder().decode(bytes));
};

/** Eight hex digits that tell one packed roll from another. */
export async function sumOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").slice(0, 8);
}

/** Where at the desk somebody is, kept in the address: a reload, a bookmark and Back stay true. */

import { signal } from "@preact/signals";

/** `#/board/2026-11-23?roll=…`: a page, what of it, and what is open beside it. Ids only. */
export interface Route {
  readonly page: string;
  readonly part: string | null;
  readonly query: Readonly<Record<string, string>>;
}

const FIRST = "board";

export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/u, "").split("?");
  const [page, part] = path.split("/").map(decoded);
  return {
    page: page || FIRST,
    part: part || null,
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** An address that somebody typed may be no address at all. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

export function spellRoute({ page, part, query }: Route): string {
  const path = [page, part].filter(Boolean).map((one) => encodeURIComponent(one as string));
  const asked = new URLSearchParams(query).toString();
  return `#/${path.join("/")}${asked ? `?${asked}` : ""}`;
}

export const route = signal<Route>(readRoute(globalThis.location?.hash ?? ""));

/** Follows the address: pressing Back closes what was opened. */
export function followAddress(): void {
  route.value = readRoute(location.hash);
}

export function go(page: string, part: string | null = null, query: Route["query"] = {}): void {
  location.hash = spellRoute({ page, part, query });
  followAddress();
}

/** The same page with something opened, changed or (null) closed beside it. */
export function open(changes: Readonly<Record<string, string | null>>): void {
  const { page, part, query } = route.value;
  const all = Object.entries({ ...query, ...changes });
  const kept = all.filter((one): one is [string, string] => one[1] !== null);
  go(page, part, Object.fromEntries(kept));
}

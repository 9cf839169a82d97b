/** What the office asks of the server. Every end of a request has a name; nothing is kept here. */

import { spoken } from "../core/t.ts";
import type {
  Aside,
  Board,
  Calls,
  Certification,
  Changes,
  Contested,
  Held,
  HeldDetail,
  HeldItem,
  History,
  Op,
  Problem,
  Push,
  PushAnswer,
  Resolve,
  Roll,
  SignedInAs,
} from "../wire.ts";

export type Ending<Answer> =
  | { readonly end: "answered"; readonly answer: Answer }
  /** No network, no server, a time-out, or somebody else's page. */
  | { readonly end: "unreachable" }
  | { readonly end: "busy"; readonly retryS: number }
  | { readonly end: "signin"; readonly problem: Problem }
  /** The school's history is another one: fetch the board anew. */
  | { readonly end: "moved" }
  | { readonly end: "refused"; readonly problem: Problem };

const TIMEOUT_MS = 20_000;
/** How long the feed is asked to wait for news; the request may take a little longer. */
const WAIT_S = 20;

async function body(response: Response): Promise<unknown> {
  const isJson = /\bjson\b/u.test(response.headers.get("Content-Type") ?? "");
  return isJson ? response.json() : undefined;
}

const isProblem = (found: unknown): found is Problem =>
  typeof found === "object" && found !== null && "code" in found && "status" in found;

function endOf(response: Response, found: unknown): Ending<never> {
  const retryS = Number(response.headers.get("Retry-After")) || 0;
  if (response.status === 429 || response.status >= 500) return { end: "busy", retryS };
  if (!isProblem(found)) return { end: "unreachable" };
  if (response.status === 401) return { end: "signin", problem: found };
  return response.status === 410 ? { end: "moved" } : { end: "refused", problem: found };
}

/** One request, for whoever asks for more than is listed here; words come as the page is read. */
export async function ask<Answer>(
  path: string,
  post?: unknown,
  stop?: AbortSignal,
  timeout = TIMEOUT_MS,
): Promise<Ending<Answer>> {
  const signals = [AbortSignal.timeout(timeout), stop].filter((one) => one !== undefined);
  const headers: Record<string, string> = { "Accept-Language": spoken() };
  const init: RequestInit = {
    headers,
    signal: signals.length > 1 ? either(signals) : (signals[0] ?? null),
    cache: "no-store",
    redirect: "error",
    credentials: "same-origin",
  };
  if (post !== undefined) {
    init.method = "POST";
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(post);
  }
  try {
    const response = await fetch(`/api/v1${path}`, init);
    if (response.status === 204) return { end: "answered", answer: undefined as Answer };
    const found = await body(response);
    if (!response.ok) return endOf(response, found);
    return found === undefined
      ? { end: "unreachable" }
      : { end: "answered", answer: found as Answer };
  } catch {
    return { end: "unreachable" };
  }
}

/** `AbortSignal.any`, which Safari has only since 17.4. */
function either(signals: readonly AbortSignal[]): AbortSignal {
  const both = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) both.abort();
    signal.addEventListener("abort", () => both.abort(), { once: true });
  }
  return both.signal;
}

export interface SignIn {
  readonly username: string;
  readonly password: string;
  readonly device_id: string;
  readonly device_label: string;
  readonly school_id?: string;
}

export const signIn = (who: SignIn): Promise<Ending<SignedInAs>> => ask("/sign-in", who);
export const signOut = (): Promise<Ending<unknown>> => ask("/sign-out", {});
export const me = (): Promise<Ending<SignedInAs>> => ask("/me");

const query = (asked: Readonly<Record<string, string | null>>): string => {
  const given = Object.entries(asked).filter((one): one is [string, string] => one[1] !== null);
  return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
};

export const board = (
  school: string,
  on: string | null,
  as_of: string | null = null,
): Promise<Ending<Board>> => ask(`/schools/${school}/board${query({ on, as_of })}`);

/** What stands beside the rolls of a day now. */
export const aside = (school: string, on: string): Promise<Ending<Aside>> =>
  ask(`/schools/${school}/board/aside${query({ on })}`);

export const noteCalls = (
  school: string,
  roll_ids: string[],
  undo: boolean,
): Promise<Ending<Calls>> => ask(`/schools/${school}/calls`, { roll_ids, undo });

export const history = (
  school: string,
  roll: string,
  as_of: string | null = null,
): Promise<Ending<History>> =>
  ask(`/schools/${school}/rolls/${encodeURIComponent(roll)}${query({ as_of })}`);

/** What waits for a person; or the newest of what did. */
export const held = (school: string, ended = false): Promise<Ending<Held>> =>
  ask(`/schools/${school}/held${query({ resolved: ended ? "1" : null })}`);

export const heldDetail = (school: string, op: string): Promise<Ending<HeldDetail>> =>
  ask(`/schools/${school}/held/${encodeURIComponent(op)}`);

export const resolveHeld = (
  school: string,
  op: string,
  choice: Resolve,
): Promise<Ending<HeldItem>> =>
  ask(`/schools/${school}/held/${encodeURIComponent(op)}/resolution`, choice);

export const contested = (school: string): Promise<Ending<Contested>> =>
  ask(`/schools/${school}/contested`);

export const certify = (school: string, roll: string, act: Certification): Promise<Ending<Roll>> =>
  ask(`/schools/${school}/rolls/${encodeURIComponent(roll)}/certification`, act);

/** Ops of the person at the desk, made online: they need no leave but the session. */
export function push(
  school: string,
  device_id: string,
  ops: readonly Op[],
): Promise<Ending<PushAnswer>> {
  const batch: Push = {
    protocol: 1,
    app: "office desk",
    device_id,
    epoch: null,
    client_time: new Date().toISOString(),
    ops: [...ops],
  };
  return ask(`/schools/${school}/ops`, batch);
}

export const handOver = (school: string, file: unknown): Promise<Ending<PushAnswer>> =>
  ask(`/schools/${school}/handovers`, file, undefined, 60_000);

/** Waits for news after the cursor or beside the board; ends early when `stop` fires. */
export function changes(
  school: string,
  since: string,
  aside: number,
  wait: boolean,
  stop: AbortSignal,
): Promise<Ending<Changes>> {
  const asked = query({ since, aside: String(aside), wait: String(wait ? WAIT_S : 0) });
  return ask(`/schools/${school}/changes${asked}`, undefined, stop, (WAIT_S + 15) * 1000);
}

/** The only caller of fetch. Every end of a request has a name; only our own JSON is an answer. */

import { measured, NEW_CLOCK } from "../core/clock.ts";
import { asBootstrap, asChanges, asProblem, asPushAnswer, asSignedIn } from "../core/replies.ts";
import type { Bootstrap, Changes, Problem, Push, PushAnswer, SignedIn, SignIn } from "../wire.ts";
import { forTheStore, inThisRun, readClocks, wallNow } from "./clock.ts";
import { changeMeta } from "./store.ts";

/** How a request ended. */
export type Ending<Answer> =
  | { readonly end: "answered"; readonly answer: Answer }
  /** No network, no server, a time-out, or somebody else's page (a captive portal). */
  | { readonly end: "unreachable" }
  /** Not now: 429, 5xx. */
  | { readonly end: "busy"; readonly retryS: number }
  /** 401: sign in again, keep everything. */
  | { readonly end: "signin"; readonly problem: Problem }
  | { readonly end: "revoked" }
  /** The school's history is another one. */
  | { readonly end: "moved"; readonly epoch: string | null }
  | { readonly end: "too_large" }
  /** The server is done with this version of the app. */
  | { readonly end: "outdated" }
  | { readonly end: "refused"; readonly problem: Problem };

const TIMEOUT_MS = 20_000;

function retryAfter(response: Response): number {
  const asked = response.headers.get("Retry-After");
  const seconds = Number(asked);
  if (asked === null || asked === "") return 0;
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const left = (Date.parse(asked) - wallNow()) / 1000;
  return Number.isFinite(left) ? Math.max(0, left) : 0;
}

function epochOf(response: Response, problem: Problem & { epoch?: string }): string | null {
  return problem.epoch ?? response.headers.get("Rollbook-Epoch");
}

/** A reply that is no success: ours or a stranger's, and what it asks for. */
function endOfProblem(response: Response, json: unknown): Ending<never> {
  const { status } = response;
  const problem = asProblem(json);
  if (status === 413) return { end: "too_large" };
  if (status === 429 || (status >= 500 && status !== 511))
    return { end: "busy", retryS: retryAfter(response) };
  if (!problem) return { end: "unreachable" };
  if (status === 401) return { end: "signin", problem };
  if (status === 403 && problem.code === "device_revoked") return { end: "revoked" };
  if (status === 410) return { end: "moved", epoch: epochOf(response, problem) };
  if (status === 426) return { end: "outdated" };
  return { end: "refused", problem };
}

async function json(response: Response): Promise<unknown> {
  return /\bjson\b/u.test(response.headers.get("Content-Type") ?? "") ? response.json() : undefined;
}

/** Notes the server's clock and that it answered. */
async function noteContact(sent: ReturnType<typeof readClocks>, at: string): Promise<void> {
  const got = readClocks();
  await changeMeta("contact", () => ({ last: got.wall, lostSince: null }));
  await changeMeta("clock", (old) =>
    forTheStore(measured(inThisRun(old ?? NEW_CLOCK), sent, got, Date.parse(at))),
  );
}

async function ask<Answer extends { server_time: string }>(
  path: string,
  read: (json: unknown) => Answer | null,
  body?: unknown,
): Promise<Ending<Answer>> {
  const sent = readClocks();
  const init: RequestInit = { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" };
  if (body !== undefined) {
    init.method = "POST";
    init.headers = { "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(path, { ...init, redirect: "error", credentials: "same-origin" });
    const found = await json(response);
    if (!response.ok) return endOfProblem(response, found);
    const answer = read(found);
    if (!answer) return { end: "unreachable" };
    await noteContact(sent, answer.server_time);
    return { end: "answered", answer };
  } catch {
    return { end: "unreachable" };
  }
}

const at = (school: string) => `/api/v1/schools/${school}`;

export const push = (school: string, body: Push): Promise<Ending<PushAnswer>> =>
  ask(`${at(school)}/ops`, asPushAnswer, body);

export const changes = (school: string, since: string): Promise<Ending<Changes>> =>
  ask(`${at(school)}/changes?since=${encodeURIComponent(since)}`, asChanges);

export const bootstrap = (school: string): Promise<Ending<Bootstrap>> =>
  ask(`${at(school)}/bootstrap`, asBootstrap);

export const signIn = (body: SignIn): Promise<Ending<SignedIn>> =>
  ask("/api/v1/sign-in", asSignedIn, body);

/** Ends the session; what waits here stays and can be delivered by whoever signs in next. */
export async function signOut(): Promise<void> {
  await ask("/api/v1/sign-out", () => null, {});
}

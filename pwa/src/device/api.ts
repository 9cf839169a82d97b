/** The only caller of fetch. Every end of a request has a name; only our own JSON is an answer. */

import { measured, NEW_CLOCK } from "../core/clock.ts";
import type { ActedOn } from "../core/replies.ts";
import {
  asActedOn,
  asBootstrap,
  asChanges,
  asProblem,
  asPushAnswer,
  asPushState,
  asPushTest,
  asSignedIn,
  asSignedInAs,
} from "../core/replies.ts";
import { spoken } from "../core/t.ts";
import type {
  Bootstrap,
  Changes,
  Problem,
  Push,
  PushAnswer,
  PushState,
  PushTest,
  RedeemPass,
  SignedIn,
  SignedInAs,
  SignIn,
  Subscribe,
} from "../wire.ts";
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
  /** The person's day pass is over. */
  | { readonly end: "ended" }
  /** The office withdrew this person's leave. */
  | { readonly end: "withdrawn" }
  /** The office withdrew this device. */
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

function endOfSession(problem: Problem): Ending<never> {
  if (problem.code === "pass_ended") return { end: "ended" };
  if (problem.code === "person_revoked") return { end: "withdrawn" };
  return { end: "signin", problem };
}

/** A reply that is no success: ours or a stranger's, and what it asks for. */
function endOfProblem(response: Response, json: unknown): Ending<never> {
  const { status } = response;
  const problem = asProblem(json);
  if (status === 413) return { end: "too_large" };
  if (status === 429 || (status >= 500 && status !== 511))
    return { end: "busy", retryS: retryAfter(response) };
  if (!problem) return { end: "unreachable" };
  if (status === 401) return endOfSession(problem);
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

/**
 * `grant` says which of this tablet's people asks; without it, who signed in last. What the school
 * says in words it says in the language of the page.
 */
function request(grant: string | null, body: unknown): RequestInit {
  const init: RequestInit = { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" };
  const headers: Record<string, string> = { "Accept-Language": spoken() };
  if (grant !== null) headers["Rollbook-Grant"] = grant;
  if (body === undefined) return { ...init, headers };
  headers["Content-Type"] = "application/json";
  return { ...init, headers, method: "POST", body: JSON.stringify(body) };
}

/** One request, also for what is fetched later. */
export async function ask<Answer extends { readonly server_time?: string | undefined }>(
  path: string,
  read: (json: unknown) => Answer | null,
  grant: string | null = null,
  body?: unknown,
): Promise<Ending<Answer>> {
  const sent = readClocks();
  const init = request(grant, body);
  try {
    const response = await fetch(path, { ...init, redirect: "error", credentials: "same-origin" });
    const found = await json(response);
    if (!response.ok) return endOfProblem(response, found);
    const answer = read(found);
    if (!answer) return { end: "unreachable" };
    if (answer.server_time) await noteContact(sent, answer.server_time);
    return { end: "answered", answer };
  } catch {
    return { end: "unreachable" };
  }
}

export const at = (school: string) => `/api/v1/schools/${school}`;

/** Delivers for whoever took the rolls; `grant` null leaves it to the tablet's own cookie. */
export const push = (
  school: string,
  body: Push,
  grant: string | null,
): Promise<Ending<PushAnswer>> => ask(`${at(school)}/ops`, asPushAnswer, grant, body);

export const changes = (school: string, since: string, grant: string): Promise<Ending<Changes>> =>
  ask(`${at(school)}/changes?since=${encodeURIComponent(since)}`, asChanges, grant);

export const bootstrap = (school: string, grant: string): Promise<Ending<Bootstrap>> =>
  ask(`${at(school)}/bootstrap`, asBootstrap, grant);

/** Whether the school still knows a person's sign-in here; asks for no names. */
export const standing = (grant: string): Promise<Ending<SignedInAs>> =>
  ask("/api/v1/me", asSignedInAs, grant);

export const signIn = (body: SignIn): Promise<Ending<SignedIn>> =>
  ask("/api/v1/sign-in", asSignedIn, null, body);

/** Begins with the code of a day pass. */
export const redeemPass = (body: RedeemPass): Promise<Ending<SignedIn>> =>
  ask("/api/v1/pass", asSignedIn, null, body);

/** Ends one person's session; what waits here stays and is delivered all the same. */
export async function signOut(grant: string): Promise<void> {
  await ask("/api/v1/sign-out", () => null, grant, {});
}

/** Signs a roll as it was before the teacher; online only, because it judges a revision. */
export const certify = (
  school: string,
  roll: { readonly roll_id: string; readonly revision: number },
  grant: string,
): Promise<Ending<ActedOn>> =>
  ask(`${at(school)}/rolls/${roll.roll_id}/certification`, asActedOn, grant, {
    how: "certify",
    revision: roll.revision,
  });

/** The school's key to subscribe with, and what it knows of this person on this device. */
export const pushState = (school: string, grant: string | null): Promise<Ending<PushState>> =>
  ask(`${at(school)}/push`, asPushState, grant);

export const subscribePush = (
  school: string,
  grant: string | null,
  body: Subscribe,
): Promise<Ending<PushState>> => ask(`${at(school)}/push`, asPushState, grant, body);

export const endPush = (school: string, grant: string | null): Promise<Ending<PushState>> =>
  ask(`${at(school)}/push/end`, asPushState, grant, {});

export const testPush = (school: string, grant: string | null): Promise<Ending<PushTest>> =>
  ask(`${at(school)}/push/test`, asPushTest, grant, {});

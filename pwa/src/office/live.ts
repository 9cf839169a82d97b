/** Keeps the board live: a board, then the feed by long poll, with back-off and honest words. */

import { batch } from "@preact/signals";
import { waitMs } from "../core/backoff.ts";
import { daysOn, ms, schoolDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Board, Changes } from "../wire.ts";
import * as api from "./api.ts";
import { withAside } from "./beside.ts";
import { concernsContested, refreshContested } from "./contested-desk.ts";
import * as desk from "./desk.ts";
import { takeIn } from "./feed.ts";
import { frontDeskNews } from "./front-desk.ts";
import { heldNews } from "./held-desk.ts";
import { refreshRoll } from "./roll.ts";
import { gridNews } from "./students-desk.ts";

const LEAVE = t`Your sign-in has ended. Sign in again to see the board.`;
const SCHOOL_KINDS = ["instructional", "make_up"];
/** A summer recess is skipped in one press; beyond that nothing is laid out. */
const MOST_DAYS = 21;

/** Reminders are sent without the board being told; how old what stands beside it may get. */
const ASIDE_AGAIN_MS = 30_000;
/** Many tablets speak at once when a bell has rung: no oftener than this. */
const ASIDE_PAUSE_MS = 1500;
/** Teachers, sections and who is reached are told with the whole board only. */
const BOARD_AGAIN_MS = 5 * 60_000;

let asideAt = 0;
let boardAt = 0;
let following = new AbortController();
let failures = 0;
/** By the server's clock: the desk's own may be wrong. */
let lastHeard = Date.now();

const pause = (milliseconds: number, stop: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    stop.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });

function heard(serverTime: string): void {
  failures = 0;
  lastHeard = ms(serverTime);
  desk.heardAt(serverTime);
  if (desk.liveness.value.is !== "live") desk.liveness.value = { is: "live" };
}

/** Says since when nothing was heard, and how long to wait before the next try. */
function lost(retryS: number): number {
  if (desk.liveness.value.is !== "lost") desk.liveness.value = { is: "lost", since: lastHeard };
  failures += 1;
  return waitMs(failures - 1, 0.5 + Math.random() / 2, retryS);
}

async function fetchHeld(school: string): Promise<void> {
  const answer = await api.held(school);
  if (answer.end === "answered") desk.held.value = answer.answer.held;
}

function show(board: Board): void {
  boardAt = Date.now();
  asideAt = boardAt;
  batch(() => {
    desk.board.value = board;
    desk.boardFailed.value = null;
    heard(board.server_time);
  });
}

async function take(news: Changes, school: string): Promise<boolean> {
  const board = desk.board.value;
  if (!board) return true;
  const taken = takeIn(board, news.changes);
  batch(() => {
    desk.board.value = { ...taken.board, cursor: news.cursor };
    heard(news.server_time);
  });
  gridNews(news.changes);
  frontDeskNews(school, news.changes);
  if (taken.held) await heldNews(school);
  if (concernsContested(news.changes)) await refreshOfSession();
  const panel = desk.panel.value;
  const changed = news.changes.some(
    (change) =>
      change.type === "roll" && panel.shows === "roll" && change.roll_id === panel.roll_id,
  );
  if (changed) await refreshRoll();
  return taken.stale;
}

/** Brings what stands beside the rolls up to date; gives how long it is still too early for it. */
async function freshAside(school: string, told: number | null): Promise<number> {
  const board = desk.board.peek();
  if (!board) return 0;
  const age = Date.now() - asideAt;
  const isNews = told !== null && told !== board.aside;
  if (!isNews && age < ASIDE_AGAIN_MS) return 0;
  if (age < ASIDE_PAUSE_MS) return ASIDE_PAUSE_MS - age;
  const answer = await api.aside(school, board.on);
  asideAt = Date.now();
  const shown = desk.board.peek();
  if (answer.end === "answered" && shown) desk.board.value = withAside(shown, answer.answer);
  return answer.end === "answered" ? 0 : ASIDE_PAUSE_MS;
}

/** Whether the desk follows today and the school's day has turned since. */
function isYesterday(board: Board, on: string | null): boolean {
  return on === null && schoolDate(desk.now.value, board.school.zone) > board.on;
}

/** What is contested, as far as somebody is signed in. */
async function refreshOfSession(): Promise<void> {
  const who = desk.session.peek();
  if (who.at === "desk") await refreshContested(who.who);
}

async function wholeBoard(school: string, on: string | null, stop: AbortSignal) {
  const answer = await api.board(school, on);
  if (stop.aborted) return { wait: 0, stale: false };
  if (answer.end !== "answered") return failed(answer);
  show(answer.answer);
  await Promise.all([fetchHeld(school), refreshOfSession()]);
  return { wait: 0, stale: false };
}

/** One turn: the board where it is missing or stale, else what changed. Gives the wait after it. */
async function turn(school: string, on: string | null, stale: boolean, stop: AbortSignal) {
  const board = desk.board.value;
  const isOld = Date.now() - boardAt > BOARD_AGAIN_MS;
  if (!board || stale || isOld || isYesterday(board, on)) return wholeBoard(school, on, stop);
  const isLive = desk.liveness.value.is === "live";
  const answer = await api.changes(school, board.cursor, board.aside, isLive, stop);
  if (stop.aborted) return { wait: 0, stale: false };
  if (answer.end !== "answered") return failed(answer);
  const isStale = await take(answer.answer, school);
  const early = await freshAside(school, answer.answer.aside);
  return { wait: Math.max(early, answer.answer.backoff_s * 1000), stale: isStale };
}

function failed(answer: Exclude<api.Ending<unknown>, { end: "answered" }>) {
  if (answer.end === "signin") {
    stopFollowing();
    desk.leave(LEAVE);
    return { wait: 0, stale: false };
  }
  if (answer.end === "moved") return { wait: 0, stale: true };
  if (answer.end === "refused" && !desk.board.value) desk.boardFailed.value = answer.problem.detail;
  return { wait: lost(answer.end === "busy" ? answer.retryS : 0), stale: answer.end === "refused" };
}

/** Follows one day until told to stop. A hidden page rests, so as not to hold the server. */
export async function follow(school: string, on: string | null): Promise<void> {
  stopFollowing();
  const { signal: stop } = following;
  let stale = true;
  while (!stop.aborted) {
    if (document.hidden) await untilSeen(stop);
    if (stop.aborted) return;
    const next = await turn(school, on, stale, stop);
    stale = next.stale;
    if (next.wait > 0) await pause(next.wait, stop);
  }
}

function untilSeen(stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const seen = () => {
      document.removeEventListener("visibilitychange", seen);
      done();
    };
    document.addEventListener("visibilitychange", seen);
    stop.addEventListener("abort", seen, { once: true });
  });
}

export function stopFollowing(): void {
  following.abort();
  following = new AbortController();
}

/** The next school day before or after; null where the calendar ends first. */
export async function turnTo(school: string, from: string, step: 1 | -1): Promise<string | null> {
  for (let days = 1; days <= MOST_DAYS; days += 1) {
    const answer = await api.board(school, daysOn(from, days * step));
    if (answer.end !== "answered") {
      lost(0);
      return from;
    }
    const found = answer.answer;
    if (SCHOOL_KINDS.includes(found.day.kind) && found.rolls.length > 0) {
      show(found);
      return found.on;
    }
  }
  return null;
}

/** Follows the day that the address names, or today; what is shown of another day goes. */
export function followDay(school: string, on: string | null): void {
  const shown = desk.board.peek();
  const wanted = on ?? (shown && schoolDate(desk.now.peek(), shown.school.zone));
  if (shown && shown.on !== wanted) desk.board.value = null;
  void follow(school, on);
}

const NO_PAST = t`The server does not answer. Try again, or go back to now.`;

/** Fetches the day as it was known at an instant; the live board goes on behind it. */
export async function showPast(school: string, on: string | null, at: string): Promise<void> {
  const answer = await api.board(school, on, at);
  if (desk.asOf.peek() !== at) return;
  if (answer.end === "answered") desk.pastBoard.value = { is: "here", answer: answer.answer };
  else {
    const why = answer.end === "refused" ? answer.problem.detail : NO_PAST;
    desk.pastBoard.value = { is: "failed", why };
  }
}

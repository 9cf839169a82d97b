/** Who takes roll on this tablet. Staff only: nothing here says anything of a student. */

import type { Role } from "../wire.ts";
import type { Entry } from "./entry.ts";
import { isUnsent } from "./entry.ts";
import type { Language } from "./t.ts";

/**
 * ok: the school knows the sign-in · expired: it ran out · ended: the day pass is over ·
 * revoked: the office withdrew this tablet's leave
 */
export type Standing = "ok" | "expired" | "ended" | "revoked";

/** What opens a person's names: the tablet itself, a PIN, or nothing but signing in again. */
export type Lock = "device" | "pin" | "gone";

/** `told`: the endpoint by which the school reaches her here. */
export interface Reminders {
  readonly wish: "on" | "off";
  readonly told: string | null;
}

export interface Person {
  readonly school_id: string;
  readonly staff_id: string;
  readonly grant_id: string;
  /** Every leave to record that this tablet ever held for her, newest last. */
  readonly grants: readonly string[];
  readonly name: string;
  readonly username: string;
  readonly role: Role | "";
  /** Of her school: times are told by it while her lists are closed too. */
  readonly zone: string;
  /** When a day pass ends; null for everybody else. */
  readonly until: string | null;
  readonly lock: Lock;
  /** She said that nobody else uses this tablet, so a PIN is not offered again. */
  readonly alone?: true;
  /** What she said to being reminded here; absent until she was asked. */
  readonly reminders?: Reminders;
  /** Which language she chose; absent while she takes the tablet's. */
  readonly language?: Language;
  readonly state: Standing;
}

export const MOST_GRANTS = 20;
export const PIN_DIGITS = 6;
export const MOST_TRIES = 5;

/** The list with this person as she is now; newcomers at the end. */
export function withPerson(people: readonly Person[], person: Person): Person[] {
  const known = people.some(({ staff_id }) => staff_id === person.staff_id);
  if (!known) return [...people, person];
  return people.map((other) => (other.staff_id === person.staff_id ? person : other));
}

export const withoutPerson = (people: readonly Person[], staffId: string): Person[] =>
  people.filter(({ staff_id }) => staff_id !== staffId);

/** The leaves to tell the school of when somebody of this name signs in. */
export function grantsFor(
  people: readonly Person[],
  entries: readonly Entry[],
  username: string,
): string[] {
  const wanted = username.trim().toLowerCase();
  const same = people.filter((person) => person.username.toLowerCase() === wanted);
  const ids = new Set(same.map(({ staff_id }) => staff_id));
  const carried = entries
    .filter(({ staff_id }) => ids.has(staff_id))
    .flatMap(({ op }) => (op.grant ? [op.grant] : []));
  const all = [...same.flatMap(({ grants }) => grants), ...carried];
  return [...new Set(all)].slice(-MOST_GRANTS);
}

/** "MR" of "Ms Ruiz": the first letters of the first two words. */
export function initials(name: string): string {
  const words = name.split(/[\s.,]+/u).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

/** How many rolls of hers still have to reach the school. */
export const waitingOf = (entries: readonly Entry[], staffId: string): number =>
  entries.filter((entry) => entry.staff_id === staffId && isUnsent(entry)).length;

/** Whose names lie open to whoever holds the tablet. */
export const openToAll = (people: readonly Person[], except: string): Person[] =>
  people.filter(({ lock, staff_id }) => lock === "device" && staff_id !== except);

/** Whether others keep names here, so that this person has to choose a PIN. */
export const needsPin = (people: readonly Person[], staffId: string): boolean =>
  people.some(({ lock, staff_id }) => lock !== "gone" && staff_id !== staffId);

const RUN = "01234567890123456789";

/** One that a student at the next table would try first: 111111, 123456, 654321, 121212. */
export function isWeakPin(pin: string): boolean {
  const turned = [...pin].reverse().join("");
  const pair = pin.slice(0, 2);
  return pin === pair.repeat(PIN_DIGITS / 2) || RUN.includes(pin) || RUN.includes(turned);
}

const CODE_CHARACTERS = 10;

/** A day pass's code as it was printed, however it was typed; null while it is not whole. */
export function passCode(typed: string): string | null {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/gu, "")
    .replace(/O/gu, "0")
    .replace(/[IL]/gu, "1");
  if (plain.length !== CODE_CHARACTERS) return null;
  return `${plain.slice(0, CODE_CHARACTERS / 2)}-${plain.slice(CODE_CHARACTERS / 2)}`;
}

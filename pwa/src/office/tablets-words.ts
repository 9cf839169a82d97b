/** Tablets and people as the desk tells them, and what taking leave away will do. */

import { clockTime, ms, schoolDate, shortDate } from "../core/dates.ts";
import { t } from "../core/t.ts";
import type { Board, Device } from "../wire.ts";
import { listed } from "./words.ts";

export type DevicePerson = Device["people"][number];

/** "8:12", "Nov 20, 8:12" on another day. */
export function seenWords(at: string, zone: string, now: number): string {
  const on = schoolDate(ms(at), zone);
  const time = clockTime(at, zone);
  return on === schoolDate(now, zone) ? time : `${shortDate(on)}, ${time}`;
}

/** "Nov 20, 8:12 by R. Lind: “left on the bus”". */
export function withdrawnWords(
  at: string,
  withdrawn: Device["withdrawn"],
  zone: string,
  now: number,
): string {
  const when = seenWords(at, zone, now);
  if (!withdrawn) return `${when}.`;
  return t`${when} by ${withdrawn.by?.name ?? t`whoever runs the server`}: “${withdrawn.why}”.`;
}

export const labelOf = ({ label }: Device): string => label?.trim() || t`A tablet without a name`;

/** Somebody who may record on tablets of the school, or might until it was taken back. */
export interface Somebody {
  readonly staff_id: string;
  readonly name: string;
  readonly role: string;
  readonly tablets: readonly string[];
  readonly last_seen_at: string;
  /** When leave was taken back on every tablet; null while there is leave on one. */
  readonly revoked_at: string | null;
  readonly withdrawn: DevicePerson["withdrawn"];
}

const later = (a: string, b: string): string => (ms(a) > ms(b) ? a : b);

function joined(before: Somebody | undefined, person: DevicePerson, device: Device): Somebody {
  const ended = person.revoked_at ?? device.revoked_at;
  const here = ended ? [] : [labelOf(device)];
  if (!before)
    return {
      staff_id: person.staff_id,
      name: person.name,
      role: person.role,
      tablets: here,
      last_seen_at: device.last_seen_at,
      revoked_at: ended,
      withdrawn: person.withdrawn,
    };
  return {
    ...before,
    tablets: [...before.tablets, ...here],
    last_seen_at: later(before.last_seen_at, device.last_seen_at),
    revoked_at: before.revoked_at && ended ? later(before.revoked_at, ended) : null,
    withdrawn: before.withdrawn ?? person.withdrawn,
  };
}

/** Everybody who has leave on a tablet, A to Z; those without any left come last. */
export function peopleOf(devices: readonly Device[]): Somebody[] {
  const found = new Map<string, Somebody>();
  for (const device of devices)
    for (const person of device.people)
      found.set(person.staff_id, joined(found.get(person.staff_id), person, device));
  return [...found.values()].sort(
    (a, b) =>
      Number(a.revoked_at !== null) - Number(b.revoked_at !== null) || a.name.localeCompare(b.name),
  );
}

/** Those in use first, the last seen of them on top; revoked ones at the end. */
export const inUseFirst = (devices: readonly Device[]): Device[] =>
  [...devices].sort(
    (a, b) =>
      Number(a.revoked_at !== null) - Number(b.revoked_at !== null) ||
      ms(b.last_seen_at) - ms(a.last_seen_at),
  );

const plain = (words: string): string =>
  words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a tablet or a person is what somebody types: by label or by name, accents aside. */
export const matches = (asked: string, words: readonly string[]): boolean =>
  words.some((one) => plain(one).includes(plain(asked.trim())));

/** The sections whose students a tablet may show, as far as the shown board knows. */
export function sectionsOn(people: readonly DevicePerson[], board: Board | null): string[] {
  const ids = new Set(people.filter(({ revoked_at }) => !revoked_at).map((one) => one.staff_id));
  const taught = board?.sections.filter(({ teacher_ids }) => teacher_ids.some((id) => ids.has(id)));
  return (taught ?? []).map(({ title }) => title).sort((a, b) => a.localeCompare(b));
}

/** What may lie on a lost tablet. */
export function onItWords(device: Device, board: Board | null): string {
  const sections = sectionsOn(device.people, board);
  const whose = listed(device.people.map(({ name }) => name)) || t`nobody`;
  const which =
    sections.length > 0
      ? t`the students’ names of ${listed(sections)}`
      : t`the students’ names of the sections of ${whose}`;
  return t`What may be on it: ${which}, with the rolls from five school days back to ten ahead, and rolls that were not sent yet. Names lie sealed there. No addresses, no reasons.`;
}

export const REVOKING_TABLET =
  t`From this moment nothing more that is captured on it counts by itself. What it captured before ` +
  t`counts, also when it arrives later. When it next meets the school it delivers what waits, then ` +
  t`wipes the students’ names. If it is found, it can be let in again here.`;

export const ALLOWING_TABLET =
  t`Whoever signs in on it anew may record there again, with their password or a day pass. What was ` +
  t`captured on it while it was revoked stays held, and the office decides.`;

export function revokingPersonWords(name: string): string {
  return (
    t`${name} is signed out everywhere, and nothing more that ${name} captures counts by itself. ` +
    t`What was captured before counts, also when it arrives later. Each tablet wipes the names of ` +
    t`that person’s students when it next meets the school. With a new password the leave begins anew.`
  );
}

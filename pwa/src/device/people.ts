/** Who takes roll on this tablet, who is at it now, and how each of them leaves it. */

import { instant } from "../core/dates.ts";
import type { Lock, Person, Reminders, Standing } from "../core/person.ts";
import { openToAll, withoutPerson, withPerson } from "../core/person.ts";
import type { Language } from "../core/t.ts";
import type { SignedIn } from "../wire.ts";
import { wallNow } from "./clock.ts";
import * as store from "./store.ts";
import { tellTabs } from "./tabs.ts";
import * as vault from "./vault.ts";

export const allPeople = async (): Promise<readonly Person[]> =>
  (await store.readMeta("people")) ?? [];

export async function changePeople(
  change: (people: readonly Person[]) => readonly Person[],
): Promise<readonly Person[]> {
  return store.changeMeta("people", (old) => change(old ?? []));
}

const changePerson = (staffId: string, change: (person: Person) => Person) =>
  changePeople((people) =>
    people.map((person) => (person.staff_id === staffId ? change(person) : person)),
  );

/** What opens her names from now on. */
export const noteLock = (staffId: string, lock: Lock) =>
  changePerson(staffId, (person) => ({ ...person, lock }));

/** She answered whether others use this tablet. */
export const noteAlone = (staffId: string) =>
  changePerson(staffId, (person) => ({ ...person, alone: true }));

/** What she said to being reminded here. */
export const noteReminders = (staffId: string, reminders: Reminders) =>
  changePerson(staffId, (person) => ({ ...person, reminders })).then(() => tellTabs("who"));

/** Which language she reads. */
export const noteLanguage = (staffId: string, language: Language) =>
  changePerson(staffId, (person) => ({ ...person, language }));

/** How her sign-in stands with the school, in the list and for the screens. */
export async function noteStanding(staffId: string, state: Standing): Promise<void> {
  await changePerson(staffId, (person) => (person.state === state ? person : { ...person, state }));
  await store.changeMeta("session", (old) =>
    old?.staff_id === staffId && old.state !== state ? { ...old, state } : old,
  );
}

/** Whose turn it is. */
export async function turnTo({ school_id, staff_id, grant_id, state }: Person): Promise<void> {
  await store.writeMeta("session", { school_id, staff_id, grant_id, state });
}

type Known = Pick<SignedIn, "me" | "school" | "grant">;

function personOf({ me, school, grant }: Known, known: Person | undefined, lock: Lock): Person {
  return {
    school_id: school.school_id,
    staff_id: me.staff_id,
    grant_id: grant.grant_id,
    grants: [...new Set([...(known?.grants ?? []), grant.grant_id])],
    name: me.name,
    username: me.username,
    role: me.role,
    zone: school.zone,
    until: me.role === "substitute" ? grant.until_at : null,
    lock,
    ...(known?.alone ? { alone: true } : {}),
    ...(known?.reminders ? { reminders: known.reminders } : {}),
    ...(known?.language ? { language: known.language } : {}),
    state: "ok",
  };
}

/** What a bootstrap says of the person it is for; she stays as locked as she was. */
export async function refreshed(all: Known): Promise<Person> {
  const { staff_id } = all.me;
  const people = await changePeople((old) => {
    const known = old.find((person) => person.staff_id === staff_id);
    return withPerson(old, personOf(all, known, known?.lock ?? "device"));
  });
  return people.find((person) => person.staff_id === staff_id) as Person;
}

/**
 * Somebody signed in. Her names open; whoever has no PIN leaves no names to her, only what waits.
 */
export async function entered(answer: SignedIn): Promise<Person> {
  const { staff_id } = answer.me;
  const people = await allPeople();
  for (const other of openToAll(people, staff_id)) {
    await vault.forgetNames(other.staff_id);
    await noteLock(other.staff_id, "gone");
  }
  const known = people.find((person) => person.staff_id === staff_id);
  const kept = await vault.begin(staff_id);
  const person = personOf(answer, known, kept && known ? known.lock : "device");
  await changePeople((old) => withPerson(old, person));
  await turnTo(person);
  return person;
}

/** Her names go, and she is not in the list any more. Drafts and what waits stay. */
export async function leave(staffId: string, farewell?: store.Farewell["what"]): Promise<void> {
  await vault.forgetNames(staffId);
  await changePeople((people) => withoutPerson(people, staffId));
  const session = await store.readMeta("session");
  if (session?.staff_id === staffId) {
    await store.writeMeta("session", null);
    if (farewell) await sayFarewell(farewell);
  }
  tellTabs("who");
}

/** The office withdrew this tablet: everybody's names and keys go. Drafts and the outbox stay. */
export async function leaveAll(): Promise<void> {
  await vault.forgetAll();
  await changePeople(() => []);
  await store.writeMeta("session", null);
  await sayFarewell("device");
  tellTabs("who");
}

const sayFarewell = (what: store.Farewell["what"]) =>
  store.writeMeta("farewell", { what, at: instant(wallNow()) });

/** A tablet of an older version has no key for its person's names: she signs in once more. */
export async function adoptOlder(): Promise<void> {
  const session = await store.readMeta("session");
  const known = (await allPeople()).some(({ staff_id }) => staff_id === session?.staff_id);
  if (session && !known) await store.writeMeta("session", null);
}

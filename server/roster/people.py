"""Reads a roster's people: users of 1.1 with one role, users of 1.2 with their roles in a file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from server.roster.reading import Reading
from server.roster.records import Mode, Person, Place
from server.roster.sheet import LeftOut, Line, Sheet
from server.roster.values import Unreadable, listed, word, yes_or_no
from sync.sentence import say

# Passwords, demographics, phones and family links are not read at all.
USER_COLUMNS = (
    "enabledUser orgSourcedIds role username givenName familyName identifier email grades"
    " preferredGivenName preferredFamilyName primaryOrgSourcedId"
)
STAFF_ROLES = {
    "teacher": "teacher",
    "aide": "teacher",
    "proctor": "teacher",
    "counselor": "teacher",
    "administrator": "administrator",
    "principal": "administrator",
    "siteadministrator": "administrator",
    "districtadministrator": "administrator",
    "systemadministrator": "administrator",
}
FAMILY = {"parent", "guardian", "relative"}


def read_people(reading: Reading, schools: Collection[str], today: date) -> dict[str, Person]:
    """Everybody of users.csv by id, with what they are at which school."""
    if not reading.source.has("users"):
        return {}
    sheet = reading.sheet("users", USER_COLUMNS, "sourcedId givenName familyName")
    people: dict[str, Person] = {}
    for line in reading.rows(sheet):
        try:
            person = people[line["sourcedId"]] = _person(reading, line)
        except LeftOut:
            continue
        if person.role:
            _place(line, person, person.role, listed(line["orgSourcedIds"]), schools)
    if reading.source.has("roles"):
        _read_roles(reading, people, schools, today)
    elif "role" not in sheet.columns:
        reading.findings.note("no_file", "roles.csv")
    usernames: dict[str, int] = {}
    for person in list(people.values()):
        if person.staff_at and not _may_sign_in(sheet, person, usernames):
            del people[person.sourced_id]
    return people


def _person(reading: Reading, line: Line) -> Person:
    role = word(line["role"])
    if role in FAMILY:
        reading.passed_over["families"] += 1
        return Person(
            line["sourcedId"],
            "",
            "",
            "",
            None,
            None,
            None,
            enabled=False,
            line=line.number,
            role=role,
        )
    given = line["preferredGivenName"] or line["givenName"]
    family = line["preferredFamilyName"] or line["familyName"]
    if not given and not family:
        line.need("familyName")
    return Person(
        sourced_id=line["sourcedId"],
        given_name=given,
        family_name=family,
        username=line["username"],
        email=line["email"] or None,
        local_id=line["identifier"] or None,
        grade=next(iter(listed(line["grades"])), None),
        enabled=_enabled(line),
        line=line.number,
        role=role,
    )


def _enabled(line: Line) -> bool:
    try:
        return yes_or_no(line["enabledUser"]) is not False
    except Unreadable:
        line.note("unknown_flag", "enabledUser", what=say("read as true"))
        return True


def _place(
    line: Line, person: Person, role: str, orgs: list[str], schools: Collection[str]
) -> None:
    """Notes what the person is at each school; an organisation that is no school gives no place."""
    if role in FAMILY:
        return
    if role != "student" and role not in STAFF_ROLES:
        line.note("unknown_word", "role", what=say("read as no role of ours"))
        return
    here = [org for org in orgs if org in schools]
    if orgs and not here and role != "student":
        line.note("no_school_of_role", "orgSourcedIds", ",".join(orgs))
    for school in here:
        if role == "student":
            person.student_at.add(school)
        elif person.staff_at.get(school) != "administrator":
            person.staff_at[school] = STAFF_ROLES[role]


def _read_roles(
    reading: Reading, people: dict[str, Person], schools: Collection[str], today: date
) -> None:
    sheet = reading.sheet("roles", "userSourcedId role orgSourcedId beginDate endDate")
    gone: list[Line] | None = [] if reading.modes.get("roles") is Mode.DELTA else None
    for line in reading.rows(sheet, gone):
        try:
            line.need("userSourcedId", "role", "orgSourcedId")
            person = people.get(line["userSourcedId"])
            if person is None:
                _without_user(reading, line)
                continue
            ends = reading.date(line, "endDate")
        except LeftOut:
            continue
        role = word(line["role"])
        person.role = person.role or role
        if ends is None or ends >= today:
            _place(line, person, role, [line["orgSourcedId"]], schools)
    for line in gone or ():
        _tell_role_kept(reading, people, line)


def _tell_role_kept(reading: Reading, people: dict[str, Person], line: Line) -> None:
    """A delta may take a role away without saying what the person is then. Nobody is guessed out of
    work: they keep it until a file says what they are, and the office is told."""
    user, school = line["userSourcedId"], line["orgSourcedId"]
    person = people.get(user)
    said_anew = person is not None and school in person.staff_at
    is_staff = (school, Place.STAFF) in reading.known.people.get(user, ())
    if is_staff and not said_anew and user not in reading.deleted["users"]:
        line.note("role_kept", "userSourcedId", role=line["role"] or "role", school=school)


def _without_user(reading: Reading, line: Line) -> None:
    user = line["userSourcedId"]
    if user in reading.deleted["users"]:
        line.note("person_deleted", "userSourcedId")
    elif user not in reading.known.people:
        raise reading.dangling(line, "userSourcedId", "person", "users")


def _may_sign_in(sheet: Sheet, person: Person, usernames: dict[str, int]) -> bool:
    """Gives staff a username where there is none; whoever has another's is left out."""
    at = person.line
    if not person.username:
        person.username = person.email or person.sourced_id
        sheet.note("no_username", at, "username", instead=person.username)
    first = usernames.setdefault(person.username.casefold(), at)
    if first != at:
        lost = person.sourced_id
        sheet.note("username_twice", at, "username", person.username, lost, first=first)
    return first == at

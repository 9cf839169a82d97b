"""Reads a roster's schools, terms and classes."""

from __future__ import annotations

from dataclasses import dataclass

from server.roster.reading import Reading
from server.roster.records import RosterClass, RosterSchool, RosterTerm
from server.roster.sheet import LeftOut, Line
from server.roster.values import listed, word
from sync.sentence import say

CLASS_COLUMNS = (
    "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds"
    " periods"
)
CLASS_TYPES = {"homeroom", "scheduled"}


@dataclass(frozen=True, slots=True)
class Org:
    """A row of orgs.csv."""

    sourced_id: str
    name: str
    type: str
    line: int


def read_orgs(reading: Reading) -> dict[str, Org]:
    """All organisations by id."""
    if not reading.source.has("orgs"):
        return {}
    sheet = reading.sheet("orgs", "name type parentSourcedId")
    orgs: dict[str, Org] = {}
    children: list[Line] = []
    for line in reading.rows(sheet):
        try:
            line.need("name")
        except LeftOut:
            continue
        kind = word(line["type"]) or "school"
        orgs[line["sourcedId"]] = Org(line["sourcedId"], line["name"], kind, line.number)
        if line["parentSourcedId"]:
            children.append(line)
    for line in children:
        if line["parentSourcedId"] not in orgs.keys() | reading.known.schools:
            line.note("no_parent", "parentSourcedId", what=say("organisation"))
    return orgs


def schools_among(
    reading: Reading, orgs: dict[str, Org], classes: dict[str, RosterClass]
) -> dict[str, RosterSchool]:
    """Organisations that are schools, or that classes belong to."""
    taught_at = {each.school for each in classes.values()}
    schools: dict[str, RosterSchool] = {}
    for org in orgs.values():
        if org.type != "school" and org.sourced_id not in taught_at:
            continue
        if org.type != "school":
            file = reading.source.file("orgs")
            reading.findings.note("not_a_school", file, org.line, "type", org.type, type=org.type)
        schools[org.sourced_id] = RosterSchool(org.sourced_id, org.name, org.line)
    return schools


def read_terms(reading: Reading) -> dict[str, RosterTerm]:
    """All terms, semesters and the like by id."""
    if not reading.source.has("academicSessions"):
        if not reading.known.terms:
            reading.findings.note("no_terms", "academicSessions.csv")
        return {}
    sheet = reading.sheet("academicSessions", "title startDate endDate parentSourcedId")
    terms: dict[str, RosterTerm] = {}
    children: list[Line] = []
    for line in reading.rows(sheet):
        try:
            terms[line["sourcedId"]] = _term(reading, line)
        except LeftOut:
            continue
        if line["parentSourcedId"]:
            children.append(line)
    for line in children:
        if line["parentSourcedId"] not in terms.keys() | reading.known.terms:
            line.note("no_parent", "parentSourcedId", what=say("session"))
    return terms


def _term(reading: Reading, line: Line) -> RosterTerm:
    line.need("startDate", "endDate")
    starts, ends = reading.date(line, "startDate"), reading.date(line, "endDate")
    if starts is None or ends is None:
        raise line.lost("bad_date", "startDate" if starts is None else "endDate")
    if ends < starts:
        raise line.lost("ends_before", "endDate")
    return RosterTerm(line["sourcedId"], line["title"] or line["sourcedId"], starts, ends)


def read_courses(reading: Reading) -> dict[str, str]:
    """Course titles by id; nothing but a label depends on them."""
    if not reading.source.has("courses"):
        return {}
    sheet = reading.sheet("courses", "title")
    return {line["sourcedId"]: line["title"] for line in reading.rows(sheet)}


def read_classes(
    reading: Reading, orgs: dict[str, Org], terms: dict[str, RosterTerm]
) -> dict[str, RosterClass]:
    """All classes by id."""
    courses = read_courses(reading)
    if not reading.source.has("classes"):
        return {}
    sheet = reading.sheet("classes", CLASS_COLUMNS)
    places = orgs.keys() | reading.known.schools
    classes: dict[str, RosterClass] = {}
    for line in reading.rows(sheet):
        try:
            line.need("schoolSourcedId")
            if line["schoolSourcedId"] not in places:
                raise reading.dangling(line, "schoolSourcedId", "school", "orgs")
            classes[line["sourcedId"]] = _class(reading, line, courses, terms)
        except LeftOut:
            continue
    return classes


def _class(
    reading: Reading, line: Line, courses: dict[str, str], terms: dict[str, RosterTerm]
) -> RosterClass:
    course = line["courseSourcedId"]
    if course and course not in courses:
        line.note("no_course", "courseSourcedId")
    kind = word(line["classType"]) or "scheduled"
    if kind not in CLASS_TYPES:
        line.note("unknown_word", "classType", what=say("read as scheduled"))
        kind = "scheduled"
    title = line["title"] or courses.get(course) or line["classCode"] or line["sourcedId"]
    if not line["title"]:
        line.note("no_title", "title", title=title)
    return RosterClass(
        sourced_id=line["sourcedId"],
        school=line["schoolSourcedId"],
        title=title,
        course=courses.get(course) or None,
        room=line["location"] or None,
        kind=kind,
        grades=",".join(listed(line["grades"])) or None,
        periods=",".join(listed(line["periods"])) or None,
        terms=_terms_of(reading, line, terms),
        line=line.number,
    )


def _terms_of(reading: Reading, line: Line, terms: dict[str, RosterTerm]) -> tuple[str, ...]:
    """The class's terms that are there; a missing one is an error, but the class is kept."""
    there = terms.keys() | reading.known.terms
    if not there:
        return ()
    named = listed(line["termSourcedIds"])
    if not named:
        line.note("required", "termSourcedIds")
    where = reading.source.file("academicSessions")
    for term in named:
        if term not in there and term not in reading.deleted["academicSessions"]:
            line.note("dangling", "termSourcedIds", term, what=say("term"), where=where)
    return tuple(dict.fromkeys(term for term in named if term in there))

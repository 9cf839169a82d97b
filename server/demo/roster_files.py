"""Writes Alder Creek as a school would send it: a OneRoster 1.1 zip."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from server.demo.calendar import DemoYear
from server.demo.school import NAME, DemoSchool, DemoSection

SCHOOL_ID = "alder-creek"
Row = Sequence[object]
ALWAYS_THE_SAME = (2026, 8, 1, 0, 0, 0)
KEPT = "sourcedId status dateLastModified"
COLUMNS = {
    "manifest": "propertyName value",
    "orgs": f"{KEPT} name type identifier parentSourcedId",
    "academicSessions": f"{KEPT} title type startDate endDate parentSourcedId schoolYear",
    "courses": f"{KEPT} schoolYearSourcedId title courseCode grades orgSourcedId subjects"
    " subjectCodes",
    "classes": f"{KEPT} title grades courseSourcedId classCode classType location schoolSourcedId"
    " termSourcedIds subjects subjectCodes periods",
    "users": f"{KEPT} enabledUser orgSourcedIds role username userIds givenName familyName"
    " middleName identifier email sms phone agentSourcedIds grades password",
    "enrollments": f"{KEPT} classSourcedId schoolSourcedId userSourcedId role primary beginDate"
    " endDate",
}


def write_roster(path: Path, school: DemoSchool, year: DemoYear) -> None:
    """The zip, with every file that the standard asks of a bulk export."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, header, rows in _files(school, year):
            member = zipfile.ZipInfo(f"{name}.csv", ALWAYS_THE_SAME)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, as_csv(header, rows))


def as_csv(header: str, rows: Iterable[Row]) -> str:
    """A file's text; the header's columns are parted by spaces."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header.split())
    writer.writerows(rows)
    return text.getvalue()


def _files(school: DemoSchool, year: DemoYear) -> Iterator[tuple[str, str, Iterable[Row]]]:
    rows: dict[str, Iterable[Row]] = {
        "manifest": _manifest(),
        "orgs": [(SCHOOL_ID, "", "", NAME, "school", "1887", "")],
        "academicSessions": _terms(year),
        "courses": _courses(school),
        "classes": [_class(section) for section in school.sections],
        "users": _users(school),
        "enrollments": _enrollments(school),
    }
    for name, columns in COLUMNS.items():
        yield name, columns, rows[name]


def _terms(year: DemoYear) -> Iterator[Row]:
    for key, title, starts_on, ends_on in year.terms():
        yield key, "", "", title, "term", starts_on, ends_on, "", year.ends_on.year


def _manifest() -> Iterator[Row]:
    yield "manifest.version", "1.0"
    yield "oneroster.version", "1.1"
    for name in ("academicSessions", "classes", "courses", "enrollments", "orgs", "users"):
        yield f"file.{name}", "bulk"


def _courses(school: DemoSchool) -> Iterator[Row]:
    for course, grade in sorted({(s.course, s.grade) for s in school.sections}):
        key = _course_key(course, grade)
        yield key, "", "", "", f"{course} {grade}", "", f"{grade:02}", SCHOOL_ID, course, ""


def _class(section: DemoSection) -> Row:
    kind = "homeroom" if section.course == "Homeroom" else "scheduled"
    course = _course_key(section.course, section.grade)
    grade = f"{section.grade:02}"
    return (
        section.key, "", "", section.title, grade, course, section.key, kind, section.room,
        SCHOOL_ID, "fall,spring", section.course, "", section.period,
    )  # fmt: skip


def _course_key(course: str, grade: int) -> str:
    return f"{course.lower().replace(' ', '-')}-{grade}"


def _users(school: DemoSchool) -> Iterator[Row]:
    for staff in school.staff:
        if staff.role == "office":
            continue
        email = f"{staff.username}@aldercreek.example"
        yield (
            f"t-{staff.username}", "", "", "true", SCHOOL_ID, staff.role, staff.username, "",
            staff.given_name, staff.family_name, "", staff.username, email, "", "", "", "", "",
        )  # fmt: skip
    for student in school.students:
        number = student.number
        yield (
            f"s-{number}", "", "", "true", SCHOOL_ID, "student", f"s{number}", "",
            student.given_name, student.family_name, "", number, "", "", "", "",
            f"{student.grade:02}", "",
        )  # fmt: skip


def _enrollments(school: DemoSchool) -> Iterator[Row]:
    members: dict[str, list[int]] = {}
    for student in school.students:
        members.setdefault(student.group, []).append(student.number)
    for section in school.sections:
        for place, teacher in enumerate(section.teachers):
            primary = "false" if place else "true"
            yield _enrollment(section.key, f"t-{teacher}", "teacher", primary)
        for number in members[section.group]:
            yield _enrollment(section.key, f"s-{number}", "student", "")


def _enrollment(section: str, user: str, role: str, primary: str) -> Row:
    return f"{section}/{user}", "", "", section, SCHOOL_ID, user, role, primary, "", ""

"""A believable district as a OneRoster 1.1 zip: seeded, so that each run is the same district."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

GIVEN = (
    "Ana Ben Chloe Dai Emeka Farah Gus Hana Ivo Jun Kofi Lena Mateo Nora Omar Priya Quinn Rosa"
    " Sami Thuy Uma Viktor Wren Ximena Yara Zoë"
).split()
FAMILY = (
    "Alvarez Baker Chen Diaz Eze Foster García Hughes Ito Johnson Khan Lopez Martínez Nguyen"
    " O'Brien Patel Quispe Rivera Smith Tran Ueda Vargas Wong Xiong Young Zhao"
).split()
SECTIONS_A_STUDENT = 10
CLASS_SIZE = 30
STUDENTS_A_SCHOOL = 1_667
KEPT = "sourcedId,status,dateLastModified,"
HEADERS = {
    "manifest": "propertyName,value",
    "orgs": KEPT + "name,type,identifier,parentSourcedId",
    "academicSessions": KEPT + "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "courses": KEPT + "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,"
    "subjectCodes",
    "classes": KEPT + "title,grades,courseSourcedId,classCode,classType,location,"
    "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
    "users": KEPT + "enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
    "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
    "enrollments": KEPT + "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,"
    "endDate",
}
Row = Sequence[object]


@dataclass(frozen=True)
class District:
    """How large it is. `leaving` of a thousand students are missing, as in a later export."""

    students: int
    seed: int = 1887
    leaving: int = 0

    @property
    def schools(self) -> int:
        """How many schools it takes."""
        return max(1, round(self.students / STUDENTS_A_SCHOOL))

    def of_school(self, school: int) -> range:
        """The numbers of a school's students."""
        first = self.students * school // self.schools
        return range(first, self.students * (school + 1) // self.schools)

    def sections(self, school: int) -> int:
        """How many sections a school has."""
        return max(
            SECTIONS_A_STUDENT, len(self.of_school(school)) * SECTIONS_A_STUDENT // CLASS_SIZE
        )

    def teachers(self, school: int) -> int:
        """How many teachers share a school's sections, five each."""
        return max(1, self.sections(school) // 5)


def write_district(path: Path, district: District) -> None:
    """The zip, written as a stream."""
    files = {
        "manifest": _manifest(),
        "orgs": _orgs(district),
        "academicSessions": _sessions(),
        "courses": _courses(district),
        "classes": _classes(district),
        "users": _users(district),
        "enrollments": _enrollments(district),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, rows in files.items():
            with archive.open(f"{name}.csv", "w", force_zip64=True) as raw:
                _write(raw, HEADERS[name], rows)


def _write(raw: object, header: str, rows: Iterable[Row]) -> None:
    text = io.TextIOWrapper(raw, encoding="utf-8", newline="")  # type: ignore[arg-type]  # a zip member writes bytes
    text.write(f"{header}\r\n")
    csv.writer(text).writerows(rows)
    text.close()


def _manifest() -> Iterator[Row]:
    yield "manifest.version", "1.0"
    yield "oneroster.version", "1.1"
    yield from ((f"file.{name}", "bulk") for name in HEADERS if name != "manifest")


def _orgs(district: District) -> Iterator[Row]:
    yield "d-1", "", "", "Rio Verde Unified", "district", "", ""
    for school in range(district.schools):
        yield f"s-{school}", "", "", f"School {school + 1}", "school", school, "d-1"


def _sessions() -> Iterator[Row]:
    yield "y", "", "", "2026-27", "schoolYear", "2026-08-13", "2027-06-10", "", 2027
    yield "t1", "", "", "Fall", "semester", "2026-08-13", "2026-12-18", "y", 2027
    yield "t2", "", "", "Spring", "semester", "2027-01-11", "2027-06-10", "y", 2027


def _courses(district: District) -> Iterator[Row]:
    for course in range(40):
        yield f"c-{course}", "", "", "y", f"Course {course}", course, "9", "d-1", "", ""


def _classes(district: District) -> Iterator[Row]:
    for school in range(district.schools):
        for section in range(district.sections(school)):
            course = section % 40
            yield (
                f"k-{school}-{section}", "", "", f"Course {course} - {section}", "9,10",
                f"c-{course}", section, "scheduled", f"R{section % 90}", f"s-{school}", "t1,t2",
                "", "", section % SECTIONS_A_STUDENT + 1,
            )  # fmt: skip


def _users(district: District) -> Iterator[Row]:
    chance = random.Random(district.seed)
    for school in range(district.schools):
        org = f"s-{school}"
        for teacher in range(district.teachers(school)):
            name = f"t{school}-{teacher}"
            yield _user(chance, f"u-{name}", org, "teacher", name, "")
        for student in district.of_school(school):
            row = _user(
                chance, f"p-{student}", org, "student", f"p{student}", f"{9 + student % 4:02}"
            )
            if not _left(district, student):
                yield row


def _user(chance: random.Random, key: str, org: str, role: str, username: str, grade: str) -> Row:
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    email = f"{username}@rioverde.example"
    return (
        key, "", "", "true", org, role, username, "{LDAP:1}", given, family, "", username, email,
        "", "", "", grade, "",
    )  # fmt: skip


def _left(district: District, student: int) -> bool:
    return student % 1_000 < district.leaving


def _enrollments(district: District) -> Iterator[Row]:
    for school in range(district.schools):
        org, sections = f"s-{school}", district.sections(school)
        teachers = district.teachers(school)
        for section in range(sections):
            teacher = f"u-t{school}-{section % teachers}"
            key = f"k-{school}-{section}"
            yield f"et-{school}-{section}", "", "", key, org, teacher, "teacher", "true", "", ""
        for place, student in enumerate(district.of_school(school)):
            if _left(district, student):
                continue
            for period in range(SECTIONS_A_STUDENT):
                room = sections // SECTIONS_A_STUDENT
                section = (place + period) % room * SECTIONS_A_STUDENT + period
                yield (
                    f"e-{student}-{period}", "", "", f"k-{school}-{section}", org,
                    f"p-{student}", "student", "", "2026-08-13", "",
                )  # fmt: skip

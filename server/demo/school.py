"""Who is at Alder Creek School and who teaches what: the same people each time it is made."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

NAME = "Alder Creek School"
SEED = 1887
LETTERS = "ABCDE"
DAILY_GRADE = 5
"""Grade 5 stays in its homeroom and has one roll a day; 6 to 8 have one every period."""
DAILY_PERIOD = "HR"
PERIODS = 7

# Names that break layouts and fonts, all in 8A, where whoever tries the demo looks first.
TRYING_NAMES = (
    ("Kainoa", "Keliʻihoʻomalu-Kahananui"),
    ("Kainoa", "Reyes"),
    ("María José", "Fernández de Córdova"),
    ("Thị Hồng", "Lê"),
    ("Nguyễn Phúc Bảo Long", "Tôn Thất"),
    ("Wilhelmina-Alexandra", "van der Westhuizen"),
    ("Suharto", ""),
    ("Noa", "Ben-Ami"),
)
COURSES = (
    ("MATH", "Mathematics", "Ruiz Tran Delgado"),
    ("ENGL", "English", "Achterberg Whitfield Sesay"),
    ("SCI", "Science", "Nakagawa Bello Lindqvist"),
    ("HIST", "History", "Castellanos Dupree Yazzie"),
    ("PE", "Physical Education", "Kovač Manning Faleolo"),
    ("ART", "Art and Music", "Oyelaran Beaumont Prakash"),
    ("SPAN", "Spanish", "Ibarra Solano Quintero"),
)
FIRST_NAMES = (
    "Elena Minh Carlos Ruth Daniel Fatmata Kenji Tobias Astrid Pilar Marcus Shania Ivana Colette"
    " Sina Bisi Henri Anjali Rosa Teresa Julián Grace Peter Naomi Samuel Olivia Chinwe Hiroko"
).split()
HOMEROOM_TEACHERS = "Abernathy Bustamante Cho Desrosiers Ekwueme".split()


@dataclass(frozen=True)
class DemoStaff:
    """Somebody who works there; `role` is OneRoster's word."""

    username: str
    given_name: str
    family_name: str
    role: str
    room: str = ""
    extension: str = ""


@dataclass(frozen=True)
class DemoStudent:
    """A student and the group that stays together all day."""

    number: int
    given_name: str
    family_name: str
    grade: int
    group: str


@dataclass(frozen=True)
class DemoSection:
    """A group taught a course in one period; teachers by username, the one of record first."""

    key: str
    title: str
    course: str
    grade: int
    group: str
    room: str
    period: str
    teachers: tuple[str, ...]


@dataclass(frozen=True)
class DemoSchool:
    """All of it."""

    staff: tuple[DemoStaff, ...]
    students: tuple[DemoStudent, ...]
    sections: tuple[DemoSection, ...]


def build(eight_a: int = 2) -> DemoSchool:
    """The school: 40 staff, some 600 students, 110 sections; 8A has Mathematics in that period."""
    chance = random.Random(SEED)  # noqa: S311 - the same school each time
    return DemoSchool(tuple(_staff()), tuple(_students(chance)), tuple(_sections(eight_a)))


def groups(grade: int) -> list[str]:
    """The groups of a grade: 8A to 8E."""
    return [f"{grade}{letter}" for letter in LETTERS]


def username(family_name: str) -> str:
    """How somebody signs in: the family name in plain small letters."""
    plain = unicodedata.normalize("NFKD", family_name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "").replace("'", "")


# --- staff


def _staff() -> Iterator[DemoStaff]:
    given = iter(FIRST_NAMES)
    for place, (_, _, families) in enumerate(COURSES):
        for step, family in enumerate(families.split()):
            number = 14 - step + 3 * place
            yield _teacher(next(given), family, number)
    for place, family in enumerate(HOMEROOM_TEACHERS):
        yield _teacher(next(given), family, 1 + place)
    yield _teacher("Adaeze", "Okafor", 40)
    yield _teacher("Mariko", "Sato", 41)
    yield _teacher("Benedict", "Aldous", 42)
    yield _teacher("Farida", "Rahimi", 43)
    yield _teacher("Konrad", "Brandt", 44)
    yield DemoStaff("lind", "Rosemary", "Lind", "office", "Front office", "100")
    yield DemoStaff("moreau", "Claudette", "Moreau", "office", "Front office", "101")
    yield DemoStaff("vega", "Luis", "Vega", "office", "Counseling", "110")
    yield DemoStaff("hartono", "Dewi", "Hartono", "office", "Health office", "112")
    yield DemoStaff("ngata", "Wiremu", "Ngata", "office", "Library", "120")
    yield DemoStaff("ostrowski", "Helena", "Ostrowski", "administrator", "Principal", "200")
    yield DemoStaff("baptiste", "Jerome", "Baptiste", "administrator", "Assistant principal", "201")
    yield DemoStaff("moss", "Gwendolyn", "Moss", "office", "Front office", "102")
    yield DemoStaff("singh", "Harpreet", "Singh", "administrator", "Systems", "210")


def _teacher(given: str, family: str, room: int) -> DemoStaff:
    return DemoStaff(username(family), given, family, "teacher", f"Room {room}", f"{300 + room}")


# --- students


def _students(chance: random.Random) -> Iterator[DemoStudent]:
    names = _names(chance)
    number = 24_000
    for grade in (5, 6, 7, 8):
        for group in groups(grade):
            trying = list(TRYING_NAMES) if group == "8A" else []
            size = 30 if group == "8A" else chance.randint(28, 32)
            for given, family in trying + [next(names) for _ in range(size - len(trying))]:
                number += chance.randint(1, 9)
                yield DemoStudent(number, given, family, grade, group)


def _names(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Names without end, no pair twice; one in nine carries names from two homes."""
    homes = list(_homes())
    weights = [weight for weight, _, _ in homes]
    met: set[tuple[str, str]] = set()
    while True:
        home, other = chance.choices(homes, weights, k=2)
        given, family = chance.choice(home[1]), chance.choice(home[2])
        if chance.random() < 1 / 9:
            family = f"{family}-{chance.choice(other[2])}"
        if (given, family) not in met:
            met.add((given, family))
            yield given, family


def _homes() -> Iterator[tuple[int, list[str], list[str]]]:
    text = resources.files("server.demo").joinpath("names.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            weight, given, family = line.split("|")
            yield int(weight), given.split(), [f.replace("_", " ") for f in family.split()]


# --- sections


def _sections(eight_a: int) -> Iterator[DemoSection]:
    """Grade 5 by homeroom; for the others a Latin square, so that nobody is in two rooms."""
    for group, family in zip(groups(DAILY_GRADE), HOMEROOM_TEACHERS, strict=True):
        room = f"Room {1 + HOMEROOM_TEACHERS.index(family)}"
        teachers = (username(family),)
        yield DemoSection(
            f"{group}-HR", f"{group} Homeroom", "Homeroom", DAILY_GRADE, group, room,
            DAILY_PERIOD, teachers,
        )  # fmt: skip
    for step, grade in enumerate((8, 7, 6)):
        for place, group in enumerate(groups(grade)):
            for turn, (code, course, families) in enumerate(COURSES):
                family = families.split()[step]
                period = 1 + (turn + place + 3 * step + eight_a - 1) % PERIODS
                yield DemoSection(
                    f"{group}-{code}", f"{group} {course}", course, grade, group,
                    f"Room {14 - step + 3 * turn}", str(period),
                    (username(family), *_co_teachers(group, code)),
                )  # fmt: skip


def _co_teachers(group: str, code: str) -> tuple[str, ...]:
    """Okafor works beside Ruiz with 8A and 8C, Aldous with a class of each other grade."""
    by_section = {
        "8A-MATH": ("okafor",),
        "8C-MATH": ("okafor",),
        "8A-ENGL": ("okafor",),
        "7B-SCI": ("aldous",),
        "6D-HIST": ("aldous",),
    }
    return by_section.get(f"{group}-{code}", ())

"""The tables that a roster fills, their temporary twins, and what counts as a change in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    Integer,
    String,
    Table,
    Uuid,
    and_,
    case,
    func,
    or_,
)

from server.models import Base
from server.roster.load import like, temporary

OWN = "rollbook:"
"""How ids of people begin who were added here and not by a roster; no roster withdraws them."""

SCHOOLS = temporary(
    "stage_school",
    Column("school_id", Uuid),
    Column("sourced_id", String),
    Column("name", String),
    Column("zone", String),
    Column("today", Date),
    Column("is_new", Boolean),
)
GONE = temporary("stage_gone", Column("file", String), Column("sourced_id", String))
SPARED = temporary("stage_spared", Column("file", String), Column("sourced_id", String))
SECTION_TERMS = temporary(
    "stage_section_term",
    Column("school_id", Uuid),
    Column("section_id", Uuid),
    Column("term_id", Uuid),
)
TOUCHED = temporary(
    "touched_section",
    Column("school_id", Uuid),
    Column("section_id", Uuid),
    Column("place", Integer),
)

Standing = Callable[[Any, Any], ColumnElement[Any]]


@dataclass(frozen=True)
class Kind:
    """One table that a roster fills. `file` is where its rows come from; `standing` says for a
    column what is to stand, of the roster's value and the school's, where that is a choice."""

    name: str
    file: str
    key: str
    facts: tuple[str, ...]
    standing: Mapping[str, Standing] = field(default_factory=dict)
    more: tuple[str, ...] = ()

    target: Table = field(init=False)
    stage: Table = field(init=False)
    diff: Table = field(init=False)

    def __post_init__(self) -> None:
        target = Base.metadata.tables[self.name]
        extra = [Column(name, Integer) for name in self.more]
        stage = like(f"stage_{self.name}", target, (*self.keys, *self.facts), *extra)
        diff = like(f"diff_{self.name}", target, self.keys, Column("what", String))
        object.__setattr__(self, "target", target)
        object.__setattr__(self, "stage", stage)
        object.__setattr__(self, "diff", diff)

    @property
    def keys(self) -> tuple[str, str]:
        """The primary key."""
        return ("school_id", self.key)

    @property
    def ends(self) -> bool:
        """Whether a row has a last day instead of being switched off."""
        return "end_on" in self.facts

    def same(self, left: Any, right: Any) -> ColumnElement[bool]:
        """Whether two tables' rows have the same key."""
        return and_(*(left.c[key] == right.c[key] for key in self.keys))

    def stands(self, column: str) -> ColumnElement[Any]:
        """What a column of a row that is in both is to be."""
        choose = self.standing.get(column)
        if choose:
            return choose(self.stage.c[column], self.target.c[column])
        return self.stage.c[column]

    def differs(self) -> ColumnElement[bool]:
        """Whether a row that is in both is to be changed."""
        return or_(
            *(self.stands(fact).is_distinct_from(self.target.c[fact]) for fact in self.facts)
        )

    def lives(self, today: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a row of the school can still be withdrawn."""
        table = self.target.c
        if self.ends:
            return and_(table.active, or_(table.end_on.is_(None), table.end_on > today))
        return and_(table.active)


def _kept_when_blank(ours: Any, theirs: Any) -> ColumnElement[Any]:
    return func.coalesce(ours, theirs)


def _kept_that_day(ours: Any, theirs: Any) -> ColumnElement[Any]:
    """A roster that knows dates alone leaves the instant as it is while its date is the same."""
    day = ours.name.replace("_at", "_on")
    said, stood = ours.table.c[day], theirs.table.c[day]
    if day == "begin_on":
        said = _kept_when_blank(said, stood)
    return case((ours.is_not(None), ours), (said == stood, theirs), else_=None)


def _office_stays(ours: Any, theirs: Any) -> ColumnElement[Any]:
    """No roster knows who works in the office: that is said here."""
    return case((theirs == "office", theirs), else_=ours)


NAMES = ("given_name", "family_name")
SPAN = ("begin_on", "end_on", "active")
TERM = Kind(
    "term", "academicSessions", "term_id", ("sourced_id", "title", "starts_on", "ends_on", "active")
)
STAFF = Kind(
    "staff",
    "users",
    "staff_id",
    ("sourced_id", *NAMES, "display_name", "username", "email", "role", "active"),
    {"role": _office_stays},
)
STUDENT = Kind(
    "student", "users", "student_id", ("sourced_id", "local_id", *NAMES, "grade", "active")
)
SECTION = Kind(
    "section",
    "classes",
    "section_id",
    ("sourced_id", "title", "course", "room", "kind", "grades", "periods_label", "active"),
)
ENROLLMENT = Kind(
    "enrollment",
    "enrollments",
    "enrollment_id",
    ("sourced_id", "section_id", "student_id", *SPAN, "begin_at", "end_at"),
    {"begin_on": _kept_when_blank, "begin_at": _kept_that_day, "end_at": _kept_that_day},
    ("line",),
)
TEACHING = Kind(
    "teaching",
    "enrollments",
    "assignment_id",
    ("sourced_id", "section_id", "staff_id", "role", *SPAN),
    {"begin_on": _kept_when_blank},
)
KINDS = (TERM, STAFF, STUDENT, SECTION, ENROLLMENT, TEACHING)
TEMPORARY = (
    SCHOOLS,
    GONE,
    SPARED,
    SECTION_TERMS,
    TOUCHED,
    *(kind.stage for kind in KINDS),
    *(kind.diff for kind in KINDS),
)

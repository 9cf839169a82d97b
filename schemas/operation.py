"""What an operation of the API is: its path, who may, what it takes and what it may answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from schemas.resource import Resource
from schemas.words import Role

PREFIX = "/api/v1"
SCHOOL = f"{PREFIX}/schools/{{school_id}}"

ANYONE: Final[frozenset[Role]] = frozenset()
EVERYBODY: Final = frozenset(Role)
# Who takes part: an auditor only looks.
STAFF: Final = EVERYBODY - {Role.AUDITOR}
OFFICE: Final = frozenset({Role.OFFICE, Role.ADMINISTRATOR})
ADMINISTRATOR: Final = frozenset({Role.ADMINISTRATOR})
# Who reads the whole school.
READERS: Final = OFFICE | {Role.AUDITOR}
# Who has a password: everybody but the holder of a day pass.
SIGNS_IN: Final = EVERYBODY - {Role.SUBSTITUTE}
EMPLOYED: Final = SIGNS_IN - {Role.AUDITOR}

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"

# What any operation may answer, what a signed-in one may, and what one that takes a body may.
ALWAYS = ("malformed", "server_error", "busy")
SIGNED_IN = ("sign_in", "pass_ended", "person_revoked", "device_revoked")
CHANGING = ("csrf", "too_large", "unsupported_media", "invalid")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path.

    `roles` may use it, empty means anyone without signing in; whoever may not, and whoever asks
    for another school, gets 404. `relation` says in words what else it takes. `media` is what a
    good answer is. `when_revoked`: a revoked device may still do it. `courier`: a device that the
    school knows may do it with nobody signed in.
    """

    name: str
    method: str
    path: str
    says: str
    roles: frozenset[Role]
    relation: str = ""
    takes: type[Resource] | None = None
    query: type[Resource] | None = None
    returns: type[Resource] | None = None
    status: int = 200
    media: str = "application/json"
    problems: tuple[str, ...] = ()
    most_bytes: int = 16 * 1024
    when_revoked: bool = False
    courier: bool = False

    @property
    def school_scoped(self) -> bool:
        """Whether it lies under a school: its answers carry that school's epoch."""
        return self.path.startswith(SCHOOL)

    @property
    def csrf(self) -> bool:
        """Whether it is taken only as JSON and from our own pages."""
        return self.method != "GET"

    @property
    def parts(self) -> tuple[str, ...]:
        """The names in its path."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    @property
    def codes(self) -> tuple[str, ...]:
        """Every problem it may answer with."""
        access = SIGNED_IN if self.roles else ()
        hidden = ("not_found",) if self.parts else ()
        query = ("invalid",) if self.query and not self.csrf else ()
        changing = CHANGING if self.csrf else ()
        return tuple(dict.fromkeys((*ALWAYS, *access, *hidden, *changing, *query, *self.problems)))

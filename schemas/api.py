"""Every operation as data: documentation, doors, access and generated tests all come from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from schemas import board, contested, feed, history, people, push, server, sheets
from schemas.resource import Resource
from schemas.words import Role

PREFIX = "/api/v1"
SCHOOL = f"{PREFIX}/schools/{{school_id}}"

ANYONE: Final[frozenset[Role]] = frozenset()
STAFF: Final = frozenset(Role)
OFFICE: Final = frozenset({Role.OFFICE, Role.ADMINISTRATOR})

# What any operation may answer, what a signed-in one may, and what one that takes a body may.
ALWAYS = ("malformed", "server_error", "busy")
SIGNED_IN = ("sign_in", "device_revoked")
CHANGING = ("csrf", "too_large", "unsupported_media", "invalid")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path.

    `roles` may use it, empty means anyone without signing in; whoever may not, and whoever asks
    for another school, gets 404. `relation` says in words what else it takes. `media` is what a
    good answer is. `when_revoked`: a revoked device may still do it.
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


def _page(name: str, path: str, says: str, media: str = "text/html") -> Operation:
    """A file of the built PWA; served to anyone, holds nobody's name."""
    return Operation(name, "GET", path, says, ANYONE, media=media)


_ALL = (
    Operation(
        "sign_in",
        "POST",
        f"{PREFIX}/sign-in",
        "Sign in on a device and get leave to record on it",
        ANYONE,
        takes=people.SignIn,
        returns=people.SignedIn,
        problems=("wrong_password", "choose_school", "device_revoked", "slow_down"),
    ),
    Operation(
        "sign_out",
        "POST",
        f"{PREFIX}/sign-out",
        "End this session; rolls waiting on the device stay there",
        ANYONE,
        relation="ends the session there is, if any",
        status=204,
    ),
    Operation(
        "me",
        "GET",
        f"{PREFIX}/me",
        "Who is signed in",
        STAFF,
        returns=people.SignedInAs,
    ),
    Operation(
        "server_time",
        "GET",
        f"{PREFIX}/time",
        "The server's clock",
        ANYONE,
        returns=server.ServerTime,
    ),
    Operation(
        "push_ops",
        "POST",
        f"{SCHOOL}/ops",
        "Send a batch of ops; each gets an outcome of its own, after the commit",
        STAFF,
        relation="own school; authority over each roll is judged op by op",
        takes=push.Push,
        returns=push.PushAnswer,
        most_bytes=256 * 1024,
        when_revoked=True,
    ),
    Operation(
        "receipt",
        "GET",
        f"{SCHOOL}/ops/{{op_id}}",
        "What became of one op",
        STAFF,
        relation="the op's author, the office, or a teacher of its roll",
        returns=push.Result,
    ),
    Operation(
        "changes",
        "GET",
        f"{SCHOOL}/changes",
        "What changed since a cursor; waits for news with `wait`",
        STAFF,
        relation="own school; a teacher reads the sections assigned",
        query=feed.ChangesQuery,
        returns=feed.Changes,
        problems=("epoch_changed", "upgrade_needed"),
    ),
    Operation(
        "bootstrap",
        "GET",
        f"{SCHOOL}/bootstrap",
        "All that a device needs to work for days",
        STAFF,
        relation="own school; a teacher reads the sections assigned",
        returns=feed.Bootstrap,
        problems=("upgrade_needed",),
    ),
    Operation(
        "board",
        "GET",
        f"{SCHOOL}/board",
        "Who has submitted on a day, by period and teacher",
        OFFICE,
        relation="own school",
        query=board.BoardQuery,
        returns=board.Board,
    ),
    Operation(
        "roll_history",
        "GET",
        f"{SCHOOL}/rolls/{{roll_id}}",
        "One roll with everything that ever reached it",
        STAFF,
        relation="the office, or whoever teaches the section on the roll's date",
        query=history.HistoryQuery,
        returns=history.History,
    ),
    Operation(
        "contested",
        "GET",
        f"{SCHOOL}/contested",
        "The marks about which people disagree, safety first",
        OFFICE,
        relation="own school",
        query=contested.ContestedQuery,
        returns=contested.Contested,
    ),
    Operation(
        "sheets",
        "GET",
        f"{SCHOOL}/sheets",
        "Blank roll sheets to print, a meeting each",
        OFFICE,
        relation="own school",
        query=sheets.SheetsQuery,
        returns=sheets.Sheets,
    ),
    Operation(
        "held",
        "GET",
        f"{SCHOOL}/held",
        "The ops that wait for a person",
        OFFICE,
        relation="own school",
        returns=feed.Held,
    ),
    Operation(
        "hand_over",
        "POST",
        f"{SCHOOL}/handovers",
        "Bring in the file that a tablet exported",
        OFFICE,
        relation="own school",
        takes=push.Handover,
        returns=push.PushAnswer,
        most_bytes=4 * 1024 * 1024,
    ),
    Operation(
        "openapi",
        "GET",
        f"{PREFIX}/openapi.json",
        "This description, as OpenAPI 3.1",
        ANYONE,
    ),
    Operation(
        "docs",
        "GET",
        f"{PREFIX}/docs",
        "This description, to read",
        ANYONE,
        media="text/html",
    ),
    Operation(
        "docs_style",
        "GET",
        f"{PREFIX}/docs.css",
        "How the description looks",
        ANYONE,
        media="text/css",
    ),
    Operation("up", "GET", "/up", "Whether the process answers", ANYONE, returns=server.Up),
    Operation(
        "ready",
        "GET",
        "/ready",
        "Whether work can be taken: 503 with the same body where not",
        ANYONE,
        returns=server.Ready,
    ),
    _page("teacher_page", "/", "The teacher's app"),
    _page("office_page", "/office/", "The office desk"),
    _page("worker", "/sw.js", "The app's worker, never from a cache", "text/javascript"),
    _page("asset", "/assets/{name}", "A file with its content's hash in its name", "*/*"),
    _page("public_file", "/{name}", "Manifest, icons", "*/*"),
)

OPERATIONS: Final = {operation.name: operation for operation in _ALL}


def described() -> list[Operation]:
    """The operations that the OpenAPI document lists: all but the pages."""
    return [op for op in _ALL if op.path.startswith(PREFIX) or op.returns is not None]

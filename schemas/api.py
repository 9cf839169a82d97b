"""Every operation as data: documentation, doors, access and generated tests all come from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from schemas import (
    board,
    certification,
    contested,
    devices,
    feed,
    held,
    history,
    passes,
    people,
    push,
    roll,
    server,
    sheets,
)
from schemas.resource import Resource
from schemas.words import Role

PREFIX = "/api/v1"
SCHOOL = f"{PREFIX}/schools/{{school_id}}"

ANYONE: Final[frozenset[Role]] = frozenset()
STAFF: Final = frozenset(Role)
OFFICE: Final = frozenset({Role.OFFICE, Role.ADMINISTRATOR})
ADMINISTRATOR: Final = frozenset({Role.ADMINISTRATOR})
# Who has a password: everybody but the holder of a day pass.
EMPLOYED: Final = STAFF - {Role.SUBSTITUTE}

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
        "redeem_pass",
        "POST",
        f"{PREFIX}/pass",
        "Begin on a device with the code of a day pass",
        ANYONE,
        takes=passes.RedeemPass,
        returns=people.SignedIn,
        problems=("wrong_code", "pass_ended", "pass_in_use", "device_revoked", "slow_down"),
    ),
    Operation(
        "change_password",
        "POST",
        f"{PREFIX}/password",
        "Change one's own password; one's other sessions end",
        EMPLOYED,
        takes=people.PasswordChange,
        status=204,
        problems=("wrong_password", "slow_down"),
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
        courier=True,
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
        query=held.HeldQuery,
        returns=held.Held,
    ),
    Operation(
        "held_detail",
        "GET",
        f"{SCHOOL}/held/{{op_id}}",
        "One held op: what it says, and what may be done about it",
        OFFICE,
        relation="own school",
        returns=held.HeldDetail,
    ),
    Operation(
        "resolve_held",
        "POST",
        f"{SCHOOL}/held/{{op_id}}/resolution",
        "Take a held op over, set it aside, or have it judged again",
        OFFICE,
        relation="own school",
        takes=held.Resolve,
        returns=held.HeldItem,
        problems=("already_resolved", "not_possible"),
    ),
    Operation(
        "certify_roll",
        "POST",
        f"{SCHOOL}/rolls/{{roll_id}}/certification",
        "Certify a roll, lock it, or open it again",
        EMPLOYED,
        relation="certify: a teacher of the section on the roll's date, or an administrator;"
        " lock and reopen: an administrator",
        takes=certification.Certification,
        returns=roll.Roll,
        problems=("changed_meanwhile", "not_possible"),
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
        "passes",
        "GET",
        f"{SCHOOL}/passes",
        "The day passes of a date, and what it takes to issue another",
        OFFICE,
        relation="own school",
        query=passes.PassesQuery,
        returns=passes.Passes,
    ),
    Operation(
        "issue_pass",
        "POST",
        f"{SCHOOL}/passes",
        "Issue a day pass: a named person may take the listed rolls",
        OFFICE,
        relation="own school",
        takes=passes.NewPass,
        returns=passes.IssuedPass,
    ),
    Operation(
        "renew_code",
        "POST",
        f"{SCHOOL}/passes/{{pass_id}}/code",
        "Give a pass a new code; the old one ends",
        OFFICE,
        relation="own school",
        returns=passes.IssuedPass,
        problems=("pass_ended",),
    ),
    Operation(
        "revoke_pass",
        "POST",
        f"{SCHOOL}/passes/{{pass_id}}/revocation",
        "Withdraw a pass; what was taken before counts",
        OFFICE,
        relation="own school",
        returns=passes.DayPass,
    ),
    Operation(
        "devices",
        "GET",
        f"{SCHOOL}/devices",
        "The tablets that signed in, and who is on them",
        OFFICE,
        relation="own school",
        returns=devices.Devices,
    ),
    Operation(
        "revoke_device",
        "POST",
        f"{SCHOOL}/devices/{{device_id}}/revocation",
        "Withdraw a tablet's leave; what was taken before counts",
        OFFICE,
        relation="own school",
        takes=devices.Revocation,
        returns=devices.Device,
    ),
    Operation(
        "revoke_person",
        "POST",
        f"{SCHOOL}/staff/{{staff_id}}/revocation",
        "Withdraw a person's leave and password; what was taken before counts",
        ADMINISTRATOR,
        relation="own school",
        takes=devices.Revocation,
        returns=devices.PersonRevoked,
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

"""The catalogue of refusals (RFC 9457): each has a code, a status and a title that never change."""

from dataclasses import dataclass
from typing import Final

from marshmallow import fields

from schemas.cells import ChangedCell
from schemas.people import SchoolName
from schemas.resource import Resource
from sync.sentence import say

MEDIA_TYPE = "application/problem+json"


class Problem(Resource):
    """Every error of the API, whatever went wrong. `errors` names fields where some were wrong.

    `epoch` is the school's present one where the code is `epoch_changed`; `schools` are those to
    choose from where it is `choose_school`; `cells` are the marks that others changed where rulings
    were `changed_meanwhile`.
    """

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    request_id = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True))
    epoch = fields.String()
    revision = fields.Integer()
    schools = fields.List(fields.Nested(SchoolName))
    cells = fields.List(fields.Nested(ChangedCell))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of refusal; `detail` is what a person reads when nothing more is known."""

    code: str
    status: int
    title: str
    detail: str

    @property
    def type(self) -> str:
        """The URI that names it: a page of the API's own documentation."""
        return f"/api/v1/docs#problem-{self.code}"


_ALL = (
    Kind(
        "malformed",
        400,
        say("Not readable"),
        say("The request is not readable as what this address takes."),
    ),
    Kind(
        "sign_in",
        401,
        say("Sign in again"),
        say("Sign in again. Rolls waiting on this tablet are kept and will be sent afterwards."),
    ),
    Kind(
        "wrong_password",
        401,
        say("Not signed in"),
        say("User name and password do not match. Check both and try again."),
    ),
    Kind(
        "person_revoked",
        401,
        say("Your leave was withdrawn"),
        say(
            "The office has withdrawn your leave. Waiting rolls will still be sent; ask the office."
        ),
    ),
    Kind(
        "wrong_code",
        401,
        say("Not a pass"),
        say("There is no pass with this code. Check it against the sheet and try again."),
    ),
    Kind(
        "pass_ended",
        401,
        say("This pass has ended"),
        say("This pass has ended. Rolls waiting on this tablet are kept and will be sent."),
    ),
    Kind(
        "csrf",
        403,
        say("From elsewhere"),
        say("Changes are taken only as application/json and from Rollbook's own pages."),
    ),
    Kind(
        "device_revoked",
        403,
        say("This device was signed out for good"),
        say(
            "The school has revoked this device."
            " Waiting rolls may still be sent; the office can help."
        ),
    ),
    Kind("not_found", 404, say("Not found"), say("There is nothing here that you may see.")),
    Kind(
        "method_not_allowed",
        405,
        say("Not done this way"),
        say("This address does not take this method."),
    ),
    Kind(
        "pass_in_use",
        409,
        say("Used on another tablet"),
        say("This pass is in use on another tablet. The office can give you a new code."),
    ),
    Kind(
        "already_resolved",
        409,
        say("Decided already"),
        say("Somebody has decided about this already. Look at what they did."),
    ),
    Kind("not_possible", 409, say("Not possible now"), say("This cannot be done as things stand.")),
    Kind(
        "changed_meanwhile",
        409,
        say("Changed meanwhile"),
        say("The roll changed since you looked. Look again, then decide."),
    ),
    Kind(
        "epoch_changed",
        410,
        say("The record was restored"),
        say("The school's record was restored from a backup. Keep what is unsent and start anew."),
    ),
    Kind(
        "too_large",
        413,
        say("Too large"),
        say("The request is too large. Send it in smaller parts."),
    ),
    Kind("unsupported_media", 415, say("Wrong kind of content"), say("Send application/json.")),
    Kind("invalid", 422, say("Some fields are wrong"), say("See `errors` for what to put right.")),
    Kind(
        "choose_school",
        422,
        say("Which school?"),
        say("You work at several schools. Name one of them as school_id."),
    ),
    Kind(
        "upgrade_needed",
        426,
        say("Too old"),
        say("This version of the app is too old to read. Waiting rolls can still be sent."),
    ),
    Kind("slow_down", 429, say("Too many tries"), say("Wait a little before trying again.")),
    Kind("server_error", 500, say("Our fault"), say("Something went wrong here. It was recorded.")),
    Kind("busy", 503, say("Not now"), say("The server cannot take this now. Try again shortly.")),
)

CATALOGUE: Final = {kind.code: kind for kind in _ALL}

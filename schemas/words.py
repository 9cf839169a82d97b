"""The wire's closed lists of words. Those that roll call decides about come from sync.model."""

from enum import StrEnum

from sync.model import Kind, Presence, RollState, Timeliness
from sync.rates import RollMet
from sync.remind import To
from sync.tablet import TabletState

__all__ = [
    "AuditKind",
    "CloseAct",
    "ClosedSpan",
    "DayKind",
    "DayOutcome",
    "How",
    "Kind",
    "Outcome",
    "Presence",
    "Resolved",
    "Role",
    "RollMet",
    "RollState",
    "SessionWord",
    "TabletState",
    "TeachingRole",
    "Timeliness",
    "To",
    "Way",
    "Why",
]


class Role(StrEnum):
    """What a person is at a school. Authority over a roll comes from teaching on its date;
    a substitute's comes from a day pass, for the rolls that it lists. An auditor reads the whole
    school and changes nothing."""

    TEACHER = "teacher"
    OFFICE = "office"
    ADMINISTRATOR = "administrator"
    SUBSTITUTE = "substitute"
    AUDITOR = "auditor"


class SessionWord(StrEnum):
    """Who was signed in when a batch was delivered: somebody, nobody, or somebody no longer. In the
    last two the device delivered it by its own cookie."""

    OK = "ok"
    NONE = "none"
    ENDED = "ended"


class TeachingRole(StrEnum):
    """How a person teaches a section."""

    PRIMARY = "primary"
    CO_TEACHER = "co_teacher"
    SUBSTITUTE = "substitute"


class Outcome(StrEnum):
    """What became of an op: on the record, waiting for a person, or not part of the record."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"


class Why(StrEnum):
    """Why a mark reads otherwise than the op said; `office_only`: *elsewhere* is the office's word,
    and a submission states no presence with it."""

    OFFICE_STANDS = "office_stands"
    OTHER_TEACHER_STANDS = "other_teacher_stands"
    SIGHTING_STANDS = "sighting_stands"
    OWN_LATER = "own_later"
    EXPLAINED = "explained"
    OFFICE_ONLY = "office_only"


class How(StrEnum):
    """How an op came about that nobody took in the room with a tablet: copied from a sheet of
    paper, or taken over from an op that was held."""

    PAPER = "paper"
    HELD = "held"


class Resolved(StrEnum):
    """How a held op ended: heard again and taken in, taken over by the office, or set aside."""

    ACCEPTED = "accepted"
    TAKEN_OVER = "taken_over"
    SET_ASIDE = "set_aside"


class DayKind(StrEnum):
    """What a school date is; the first two expect rolls."""

    INSTRUCTIONAL = "instructional"
    MAKE_UP = "make_up"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    EMERGENCY = "emergency"


class DayOutcome(StrEnum):
    """What a student's date came to, in the words of `sync.day`."""

    PRESENT = "present"
    PART_DAY = "part_day"
    FULL_DAY = "full_day"
    UNDETERMINED = "undetermined"
    NOT_EXPECTED = "not_expected"


class ClosedSpan(StrEnum):
    """What is closed at once."""

    DAY = "day"
    MONTH = "month"


class CloseAct(StrEnum):
    """What is done to a day or a month."""

    CLOSE = "close"
    REOPEN = "reopen"


class AuditKind(StrEnum):
    """What happened to a roll: entered first, changed by a teacher, ruled by the office, signed,
    locked or opened again."""

    ENTERED = "entered"
    CHANGED = "changed"
    RULED = "ruled"
    CERTIFY = "certify"
    LOCK = "lock"
    REOPEN = "reopen"


class Way(StrEnum):
    """How somebody is reached: a notification on a tablet, a mail, only Rollbook's own pages while
    they are open, or not at all."""

    PUSH = "push"
    MAIL = "mail"
    APP = "app"
    NONE = "none"

"""Changes of the school's timetable, and what they do to rolls: `POST timetable/changes`.

With `preview` nothing is kept, and the answer says the same. Grades and times of day are as in
`schemas/timetable.py`.
"""

from marshmallow import fields, validate

from schemas.fields import (
    Exactly,
    Instant,
    SchoolDate,
    Text,
    TimeOfDay,
    TrueFalse,
    Union,
    Uuid,
    Word,
)
from schemas.resource import Resource
from schemas.words import DayKind

MOST_CHANGES = 200
MOST_PERIODS = 40
MOST_LINES = 400
LONGEST_DAY_MIN = 24 * 60


class ChangeDay(Resource):
    """What a date is for a band of grades; replaces what it was."""

    type = Exactly("day")
    on = SchoolDate(required=True)
    grades = Text(least=1, most=100, required=True)
    kind = Word(DayKind, required=True)
    schedule = Text(least=1, most=100, required=True, allow_none=True)
    day_label = Text(least=1, most=20, allow_none=True)
    note = Text(least=1, most=200, allow_none=True)
    closed_from_time = TimeOfDay(allow_none=True)


class RemoveDay(Resource):
    """Takes a date, or one band's line of it, out of the calendar: it has no meetings then."""

    type = Exactly("remove_day")
    on = SchoolDate(required=True)
    grades = Text(least=1, most=100, required=True)


class NewSlot(Resource):
    """A class period of a bell schedule; it ends on the day on which it begins."""

    period = Text(least=1, most=20, required=True)
    name = Text(least=1, most=60, required=True)
    starts_time = TimeOfDay(required=True)
    ends_time = TimeOfDay(required=True)


class ChangeSchedule(Resource):
    """The bells of a bell schedule, all of them, new or anew; without any it is taken away."""

    type = Exactly("schedule")
    schedule = Text(least=1, most=100, required=True)
    periods = fields.List(
        fields.Nested(NewSlot), required=True, validate=validate.Length(max=MOST_PERIODS)
    )


class ChangePolicy(Resource):
    """Deadlines from a school date on, today or later; for an administrator to set.

    One for the same band, period and date takes the place of the former.
    """

    type = Exactly("policy")
    grades = Text(least=1, most=100, required=True)
    period = Text(least=1, most=20, required=True)
    from_on = SchoolDate(required=True)
    open_before_min = fields.Integer(
        required=True, strict=True, validate=validate.Range(0, LONGEST_DAY_MIN)
    )
    due_after_min = fields.Integer(
        required=True, strict=True, validate=validate.Range(0, LONGEST_DAY_MIN)
    )
    check_after_min = fields.Integer(
        required=True, strict=True, validate=validate.Range(0, LONGEST_DAY_MIN)
    )
    grace_min = fields.Integer(
        required=True, strict=True, validate=validate.Range(0, LONGEST_DAY_MIN)
    )
    close_time = TimeOfDay(required=True)
    lock_after_days = fields.Integer(
        required=True, allow_none=True, strict=True, validate=validate.Range(0, 400)
    )


class EndPolicy(Resource):
    """Deadlines hold no more from a school date on, today or later; null: they hold on after all.

    From its own `from_on` (or before): they never held. For an administrator.
    """

    type = Exactly("end_policy")
    policy_id = Uuid(required=True)
    from_on = SchoolDate(required=True, allow_none=True)


class AddExemption(Resource):
    """No roll is expected of a section, of a period, or of a section in a period, on a date."""

    type = Exactly("exemption")
    on = SchoolDate(required=True)
    section_id = Uuid(required=True, allow_none=True)
    period = Text(least=1, most=20, required=True, allow_none=True)
    why = Text(least=1, most=200, required=True)


class EndExemption(Resource):
    """Takes an exemption back."""

    type = Exactly("end_exemption")
    exemption_id = Uuid(required=True)


class AddLeave(Resource):
    """Somebody is away from–to and is not reminded."""

    type = Exactly("leave")
    staff_id = Uuid(required=True)
    from_on = SchoolDate(required=True)
    to_on = SchoolDate(required=True)


class EndLeave(Resource):
    """Takes a leave back."""

    type = Exactly("end_leave")
    leave_id = Uuid(required=True)


CHANGES = {
    "day": ChangeDay,
    "remove_day": RemoveDay,
    "schedule": ChangeSchedule,
    "policy": ChangePolicy,
    "end_policy": EndPolicy,
    "exemption": AddExemption,
    "end_exemption": EndExemption,
    "leave": AddLeave,
    "end_leave": EndLeave,
}


class TimetableChanges(Resource):
    """What to change, at the revision that the person had before them: all of it or nothing.

    Problem `invalid` names the change by its place and the field:
    `errors.changes["0"].schedule`.
    """

    revision = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    preview = TrueFalse(required=True)
    changes = fields.List(
        Union(CHANGES, required=True, metadata={"typescript": "TimetableChange"}),
        required=True,
        validate=validate.Length(min=1, max=MOST_CHANGES),
    )


class Move(Resource):
    """Rolls of a period whose times move; `what` names the facts that change (`starts_at`,
    `ends_at`, `opens_at`, `due_at`, `late_at`, `check_at`, `closes_at`, `locks_at`,
    `period_name`)."""

    on = SchoolDate(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    rolls = fields.Integer(required=True)
    due_before = Instant(required=True)
    due_after = Instant(required=True)
    late_before = Instant(required=True)
    late_after = Instant(required=True)
    locks_before = Instant(required=True, allow_none=True)
    locks_after = Instant(required=True, allow_none=True)
    what = fields.List(fields.String(), required=True)


class Effect(Resource):
    """Rolls of a period of which something becomes; the reason where none is expected."""

    on = SchoolDate(required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    rolls = fields.Integer(required=True)
    due_at = Instant(required=True)
    void_reason = fields.String(required=True, allow_none=True)
    void_note = fields.String(required=True, allow_none=True)


class EffectTotals(Resource):
    """How many rolls in all, on how many dates, from–to; also where the lists were cut short."""

    moved = fields.Integer(required=True)
    voided = fields.Integer(required=True)
    expected_again = fields.Integer(required=True)
    added = fields.Integer(required=True)
    kept_taken = fields.Integer(required=True)
    dates = fields.Integer(required=True)
    first_on = SchoolDate(required=True, allow_none=True)
    last_on = SchoolDate(required=True, allow_none=True)


class TimetableChanged(Resource):
    """What a change does, or with `preview` would do; the same in both.

    `moves`: rolls that stay expected and whose times change; `voided`: expected no more;
    `expected_again`; `added`: rolls that were not there, of a new date or period; `kept_taken`:
    taken already, so they stay as they are and count. Each list ends after 400 lines, `cut` says
    so, `totals` count all. `revision`: to name next. `undo`: the changes that take it back; empty
    in a preview.
    """

    revision = fields.Integer(required=True)
    preview = fields.Boolean(required=True)
    moves = fields.List(fields.Nested(Move), required=True)
    voided = fields.List(fields.Nested(Effect), required=True)
    expected_again = fields.List(fields.Nested(Effect), required=True)
    added = fields.List(fields.Nested(Effect), required=True)
    kept_taken = fields.List(fields.Nested(Effect), required=True)
    cut = fields.Boolean(required=True)
    totals = fields.Nested(EffectTotals, required=True)
    undo = fields.List(
        Union(CHANGES, required=True, metadata={"typescript": "TimetableChange"}), required=True
    )

"""The school's timetable as the office sets it: calendar, bells, deadlines, exemptions, leaves.

`GET timetable` shows it, `GET timetable/day` shows what it makes of one date, and
`POST timetable/changes` changes it: with `preview` nothing is kept, and the answer says the same.

Grades are a band: "*" is everybody, else a comma list ("6,7,8"). Times of day are "08:30", in the
school's zone.
"""

from marshmallow import fields, validate

from schemas.fields import (
    Exactly,
    Instant,
    QueryNumber,
    SchoolDate,
    Text,
    TimeOfDay,
    TrueFalse,
    Union,
    Uuid,
    Word,
)
from schemas.people import By
from schemas.resource import Resource
from schemas.words import DayKind, Role, RollState

MOST_DATES = 400
MOST_CHANGES = 200
MOST_PERIODS = 40
MOST_LINES = 400
LONGEST_DAY_MIN = 24 * 60
EVERYBODY = "*"


class TimetableQuery(Resource):
    """Which school dates, both inclusive; the present month at the school when left out.

    `policies`: 1 lists also the deadlines that are in force no more.
    """

    from_ = SchoolDate(data_key="from", attribute="from")
    to = SchoolDate()
    policies = QueryNumber(validate=validate.Range(0, 1))


class TimetableDayQuery(Resource):
    """Which school date; today at the school when left out."""

    on = SchoolDate()


class CalendarBand(Resource):
    """What a date is for a band of grades.

    `closed_from_time`: school ends then, in an emergency; what begins at or after it expects no
    roll. `schedule` names the bells in force; null on a day without school.
    """

    grades = fields.String(required=True)
    kind = Word(DayKind, required=True)
    schedule = fields.String(required=True, allow_none=True)
    day_label = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    closed_from_time = fields.String(required=True, allow_none=True)


class CalendarDate(Resource):
    """A date and its rolls. `bands` is empty where the calendar does not list it.

    `expected` rolls, `taken` of them, `late` ones that are missing past their deadline; `voided`
    meetings that expect none.
    """

    on = SchoolDate(required=True)
    bands = fields.List(fields.Nested(CalendarBand), required=True)
    expected = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    late = fields.Integer(required=True)
    voided = fields.Integer(required=True)


class BellSlot(Resource):
    """A class period of a bell schedule."""

    period = fields.String(required=True)
    name = fields.String(required=True)
    starts_time = fields.String(required=True)
    ends_time = fields.String(required=True)


class BellSchedule(Resource):
    """The bells of a kind of day. `dates`: on how many dates from today on it is in force."""

    schedule = fields.String(required=True)
    periods = fields.List(fields.Nested(BellSlot), required=True)
    dates = fields.Integer(required=True)


class DeadlinePolicy(Resource):
    """When rolls open, are due, looked for, close and lock; minutes from the bell.

    For the rolls of a band of grades and a class period ("*" is all), of dates from `from_on` to
    before `until_on`. Of several the narrowest counts: band and period, the band, the period; then
    the newest `from_on`. `grace_min`: so long after it is due a roll still counts as in time.
    `lock_after_days`: it locks at `close_time` that many days later; null is never.
    """

    policy_id = Uuid(required=True)
    grades = fields.String(required=True)
    period = fields.String(required=True)
    from_on = SchoolDate(required=True)
    until_on = SchoolDate(required=True, allow_none=True)
    open_before_min = fields.Integer(required=True)
    due_after_min = fields.Integer(required=True)
    check_after_min = fields.Integer(required=True)
    grace_min = fields.Integer(required=True)
    close_time = fields.String(required=True)
    lock_after_days = fields.Integer(required=True, allow_none=True)
    set_by = fields.Nested(By, required=True, allow_none=True)
    set_at = Instant(required=True)


class UsualPolicy(Resource):
    """What holds where the school has set nothing."""

    open_before_min = fields.Integer(required=True)
    due_after_min = fields.Integer(required=True)
    check_after_min = fields.Integer(required=True)
    grace_min = fields.Integer(required=True)
    close_time = fields.String(required=True)
    lock_after_days = fields.Integer(required=True, allow_none=True)


class Exemption(Resource):
    """Meetings of a date that expect no roll, and why: of a section, of a period, or of a section
    in a period. `why` is shown to teachers: an assembly, never anything about a student."""

    exemption_id = Uuid(required=True)
    on = SchoolDate(required=True)
    section_id = Uuid(required=True, allow_none=True)
    period = fields.String(required=True, allow_none=True)
    why = fields.String(required=True)
    set_by = fields.Nested(By, required=True, allow_none=True)
    set_at = Instant(required=True)


class StaffLeave(Resource):
    """Dates on which somebody is away and is not reminded; both inclusive."""

    leave_id = Uuid(required=True)
    staff_id = Uuid(required=True)
    from_on = SchoolDate(required=True)
    to_on = SchoolDate(required=True)
    set_by = fields.Nested(By, required=True, allow_none=True)
    set_at = Instant(required=True)


class TimetableSection(Resource):
    """A section to choose, and the class periods in which it meets."""

    section_id = Uuid(required=True)
    title = fields.String(required=True)
    grades = fields.String(required=True)
    periods = fields.List(fields.String(), required=True)


class TimetableStaff(Resource):
    """Somebody of the staff to choose."""

    staff_id = Uuid(required=True)
    name = fields.String(required=True)
    role = Word(Role, required=True)


class Timetable(Resource):
    """The timetable between two dates, and what it takes to change it.

    `revision` is named by whoever changes it. `first_on` and `last_on` are the calendar's; null
    without one. `may_set_policies`: whether the reader may change deadlines. `periods` are all
    class periods of all bell schedules, `grades` all grades of sections.
    """

    revision = fields.Integer(required=True)
    today = SchoolDate(required=True)
    zone = fields.String(required=True)
    from_ = SchoolDate(required=True, data_key="from", attribute="from")
    to = SchoolDate(required=True)
    first_on = SchoolDate(required=True, allow_none=True)
    last_on = SchoolDate(required=True, allow_none=True)
    days = fields.List(fields.Nested(CalendarDate), required=True)
    schedules = fields.List(fields.Nested(BellSchedule), required=True)
    usual = fields.Nested(UsualPolicy, required=True)
    policies = fields.List(fields.Nested(DeadlinePolicy), required=True)
    may_set_policies = fields.Boolean(required=True)
    exemptions = fields.List(fields.Nested(Exemption), required=True)
    leaves = fields.List(fields.Nested(StaffLeave), required=True)
    grades = fields.List(fields.String(), required=True)
    periods = fields.List(fields.String(), required=True)
    sections = fields.List(fields.Nested(TimetableSection), required=True)
    staff = fields.List(fields.Nested(TimetableStaff), required=True)


class DayMeeting(Resource):
    """A meeting of a date, what its roll is due when, and why no roll is expected of it.

    `policy_id` is the rule that gave its times, null where it is the usual one. A roll that was
    taken keeps the times that it had then. `late_at`: until then it counts as in time.
    """

    roll_id = Uuid(required=True)
    section_id = Uuid(required=True)
    section_title = fields.String(required=True)
    grades = fields.String(required=True)
    teacher_names = fields.List(fields.String(), required=True)
    period = fields.String(required=True)
    period_name = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    opens_at = Instant(required=True)
    due_at = Instant(required=True)
    late_at = Instant(required=True)
    check_at = Instant(required=True)
    closes_at = Instant(required=True)
    locks_at = Instant(required=True, allow_none=True)
    remind_at = Instant(required=True, allow_none=True)
    expected = fields.Boolean(required=True)
    void_reason = fields.String(required=True, allow_none=True)
    void_note = fields.String(required=True, allow_none=True)
    state = Word(RollState, required=True)
    policy_id = Uuid(required=True, allow_none=True)


class TimetableDay(Resource):
    """One date: what it is, and every meeting of it in the order of the bells."""

    revision = fields.Integer(required=True)
    on = SchoolDate(required=True)
    bands = fields.List(fields.Nested(CalendarBand), required=True)
    exemptions = fields.List(fields.Nested(Exemption), required=True)
    policies = fields.List(fields.Nested(DeadlinePolicy), required=True)
    usual = fields.Nested(UsualPolicy, required=True)
    meetings = fields.List(fields.Nested(DayMeeting), required=True)


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

"""The school's timetable as the office sets it: calendar, bells, deadlines, exemptions, leaves.

`GET timetable` shows it, `GET timetable/day` shows what it makes of one date.

Grades are a band: "*" is everybody, else a comma list ("6,7,8"). Times of day are "08:30", in the
school's zone.
"""

from marshmallow import fields, validate

from schemas.fields import Instant, QueryNumber, SchoolDate, Uuid, Word
from schemas.people import By
from schemas.resource import Resource
from schemas.words import DayKind, Role, RollState

MOST_DATES = 400


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

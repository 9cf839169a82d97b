"""What waits is sent once, or not at all when it is pointless by then (rules R6, R7)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.words import Way
from server.models import Reminder, RollRow, Teaching, table_of
from server.push.parcel import Delivery, End, Parcel
from server.services.deliver import CLAIM, Post, deliver
from server.services.look_again import Gone
from tests.support import cast
from tests.support.api import School
from tests.support.reminding import MESSAGE, PUBLIC_URL, REMINDER, SUBSCRIPTION, Bell

ROLL = table_of(RollRow)


@pytest.fixture
def bell(school: School) -> Bell:
    """Tuesday, 8:10; Ruiz's tablet is set to remind him that 8A is due at 8:15."""
    bell = Bell(school)
    bell.subscribe(school.cast.ruiz)
    school.clock.set(cast.local(cast.TUESDAY, 8, 10))
    bell.sweep()
    return bell


def submit(bell: Bell) -> None:
    okafor = bell.school.tablet(bell.school.cast.okafor)
    okafor.push(okafor.op(bell.school.cast.eight_a))


def the_message(bell: Bell) -> Any:
    (row,) = bell.school.rows(MESSAGE)
    return row


def test_a_push_is_one_declarative_message_without_anybodys_name(bell: Bell) -> None:
    bell.send()
    (parcel,) = bell.sender.sent
    roll_id = str(bell.school.cast.eight_a.roll())
    about = {
        "v": 1,
        "kind": "reminder",
        "message_id": str(the_message(bell).message_id),
        "made_at": "2026-10-06T15:10:00.000Z",
        "rolls": [
            {
                "roll_id": roll_id,
                "period": "1",
                "period_name": "Period 1",
                "due_at": "2026-10-06T15:15:00.000Z",
                "due": "8:15",
            }
        ],
    }
    assert json.loads(parcel.body) == {
        "web_push": 8030,
        "mutable": True,
        "notification": {
            "title": "Period 1 roll is due at 8:15",
            "body": "Not started on this tablet.",
            "lang": "en",
            "dir": "ltr",
            "tag": parcel.topic,
            "navigate": f"{PUBLIC_URL}/#/roll/{roll_id}",
            "silent": False,
            "data": {"rollbook": about},
        },
    }
    assert parcel.topic is not None
    assert parcel.topic.startswith("rolls-")
    assert (parcel.ttl_s, parcel.urgency) == (300, "high")
    row = the_message(bell)
    assert (row.state, row.status, row.sent_at) == ("sent", 201, bell.school.clock.now())


def test_R6_1_a_roll_that_was_received_meanwhile_is_never_reminded_of(bell: Bell) -> None:
    submit(bell)
    bell.send()
    assert bell.sender.sent == []
    assert (the_message(bell).state, the_message(bell).detail) == ("cancelled", Gone.RECEIVED)
    (reminder,) = bell.school.rows(REMINDER, staff_id=bell.school.cast.ruiz.staff_id)
    assert (reminder.state, reminder.detail) == ("cancelled", "The roll was received.")
    assert reminder.ended_at == bell.school.clock.now()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"expected": False}, Gone.NOT_EXPECTED),
        ({"due_at": cast.local(cast.TUESDAY, 9, 40)}, Gone.MOVED),
    ],
)
def test_R6_1_a_day_that_was_changed_meanwhile_reminds_of_nothing_old(
    bell: Bell, change: dict[str, Any], why: Gone
) -> None:
    bell.school.change(ROLL, change, roll_id=bell.school.cast.eight_a.roll())
    bell.send()
    assert bell.sender.sent == []
    assert bell.reminders(bell.school.cast.ruiz) == [("teachers-5", "cancelled")]
    assert the_message(bell).detail == why


def test_R6_1_of_two_rolls_the_one_that_came_is_left_out(school: School) -> None:
    """Brandt has both today; only 8B is still missing when the message goes."""
    bell, everyone = Bell(school), school.cast
    bell.subscribe(everyone.brandt)
    ours = {"staff_id": everyone.brandt.staff_id}
    school.change(table_of(Teaching), ours, staff_id=everyone.ruiz.staff_id)
    same = {"due_at": cast.local(cast.TUESDAY, 8, 15), "remind_at": cast.local(cast.TUESDAY, 8, 10)}
    school.change(ROLL, same, roll_id=everyone.eight_b.roll())
    school.clock.set(cast.local(cast.TUESDAY, 8, 10))
    bell.sweep()
    submit(bell)
    bell.send()
    assert bell.told(everyone.brandt) == ["8:10 push Period 2 roll is due at 8:15"]
    assert sorted(bell.reminders(everyone.brandt)) == [
        ("teachers-5", "cancelled"),
        ("teachers-5", "sent"),
    ]


def test_what_was_due_is_told_as_that_when_it_goes_late(bell: Bell) -> None:
    bell.school.clock.set(cast.local(cast.TUESDAY, 8, 15))
    bell.sweep()
    bell.send()
    assert bell.told(bell.school.cast.ruiz) == ["8:15 push Period 1 roll was due at 8:15"]
    assert bell.reminders(bell.school.cast.ruiz) == [
        ("teachers-5", "pointless"),
        ("teachers+0", "sent"),
    ]


@dataclass
class Dies:
    """A sender whose process is killed when it has sent some parcels."""

    after: int
    sent: list[Parcel]

    def send(self, parcels: Iterable[Parcel], _: datetime) -> Iterator[Delivery]:
        for parcel in parcels:
            if len(self.sent) == self.after:
                raise KeyboardInterrupt
            self.sent.append(parcel)
            yield Delivery(parcel, End.SENT, 201)


@pytest.mark.parametrize("after", [0, 1])
def test_R6_2_killed_after_its_claim_nothing_is_lost_and_a_double_replaces_itself(
    bell: Bell, after: int
) -> None:
    school = bell.school
    bell.subscribe(school.cast.okafor)
    school.clock.set(cast.local(cast.TUESDAY, 8, 15))
    bell.sweep()
    waiting = len(school.rows(MESSAGE, state="waiting"))
    dying = Dies(after, [])
    with pytest.raises(KeyboardInterrupt):
        deliver(school.engine, Post(dying, PUBLIC_URL), school.clock.now())
    assert len(school.rows(MESSAGE, state="waiting")) >= waiting - after - 1
    bell.send()
    assert bell.sender.sent == []  # still the dead one's
    school.clock.set(school.clock.now() + CLAIM)
    bell.send()
    told = [one.body for one in (*dying.sent, *bell.sender.sent)]
    topics = {parcel.topic for parcel in (*dying.sent, *bell.sender.sent)}
    assert len(topics) == 2
    assert all("was due at 8:15" in body.decode() for body in told)
    assert bell.reminders(school.cast.okafor)[-1] == ("teachers+0", "sent")
    assert bell.reminders(school.cast.ruiz)[-1] == ("teachers+0", "sent")
    assert school.rows(MESSAGE, state="waiting") == []


def test_R5_3_two_processes_at_once_send_each_message_once(bell: Bell) -> None:
    """The other one sends while the first has its parcels in hand."""
    school = bell.school

    @dataclass
    class Between:
        sent: int = 0

        def send(self, parcels: Iterable[Parcel], _: datetime) -> Iterator[Delivery]:
            bell.send()
            for parcel in parcels:
                self.sent += 1
                yield Delivery(parcel, End.SENT, 201)

    first = Between()
    deliver(school.engine, Post(first, PUBLIC_URL), school.clock.now())
    assert (first.sent, len(bell.sender.sent)) == (1, 0)


def answers(bell: Bell, *ends: Delivery | End) -> None:
    """What the push service says, in order; then it takes everything."""
    told = iter(ends)

    def answer(parcel: Parcel) -> Delivery:
        end = next(told, End.SENT)
        return Delivery(parcel, end) if isinstance(end, End) else end

    bell.answer = answer


def later(at: datetime | None = None) -> Delivery:
    return Delivery(None, End.LATER, 429, at, "It asked to be asked later.")  # type: ignore[arg-type]


def test_R6_3_what_cannot_be_taken_now_is_tried_again_while_it_helps(bell: Bell) -> None:
    school = bell.school
    bell.answer = lambda parcel: Delivery(parcel, End.LATER, 503, detail="It asked for time.")
    bell.send()
    row = the_message(bell)
    assert (row.state, row.status, row.tries) == ("waiting", 503, 1)
    assert timedelta(seconds=3) < row.next_try_at - school.clock.now() < timedelta(seconds=8)
    bell.send()
    assert len(bell.sender.sent) == 1  # not yet
    waits = []
    while the_message(bell).state == "waiting":
        waits.append(the_message(bell).next_try_at - school.clock.now())
        school.clock.set(the_message(bell).next_try_at)
        bell.send()
    assert waits == sorted(waits)
    assert the_message(bell).state == "pointless"
    assert the_message(bell).detail == "It was not taken in time. It asked for time."
    assert bell.reminders(school.cast.ruiz) == [("teachers-5", "pointless")]
    assert school.clock.now() < cast.local(cast.TUESDAY, 8, 15)
    assert len(bell.sender.sent) < 10


def test_R6_3_a_push_service_is_left_alone_for_as_long_as_it_asks(bell: Bell) -> None:
    school = bell.school
    until = school.clock.now() + timedelta(minutes=7)
    bell.answer = lambda parcel: Delivery(parcel, End.LATER, 429, until, "Later.")
    bell.send()
    assert the_message(bell).state == "pointless"  # it is due at 8:15
    bell.answer = lambda parcel: Delivery(parcel, End.SENT, 201)
    school.clock.set(cast.local(cast.TUESDAY, 8, 15))
    bell.tick()
    assert len(bell.sender.sent) == 1
    (waiting,) = school.rows(MESSAGE, state="waiting")
    assert waiting.next_try_at == until
    school.clock.set(until)
    bell.tick()
    assert bell.told(school.cast.ruiz) == ["8:17 push Period 1 roll was due at 8:15"]


def test_R6_4_what_was_claimed_before_the_clock_went_back_goes_out_too(bell: Bell) -> None:
    school = bell.school
    with pytest.raises(KeyboardInterrupt):
        deliver(school.engine, Post(Dies(0, []), PUBLIC_URL), school.clock.now())
    school.clock.set(cast.local(cast.TUESDAY, 7, 8))
    bell.tick()
    assert bell.told(school.cast.ruiz) == ["7:08 push Period 1 roll is due at 8:15"]
    bell.until(8, 14)
    assert len(bell.told(school.cast.ruiz)) == 1


def test_R7_4_a_subscription_that_is_gone_ends_and_the_office_reads_why(bell: Bell) -> None:
    school = bell.school
    bell.answer = lambda parcel: Delivery(parcel, End.GONE, 410, detail="It is no more.")
    bell.send()
    (subscription,) = school.rows(SUBSCRIPTION)
    assert (subscription.ended_at, subscription.ended_why) == (school.clock.now(), "gone")
    assert bell.reminders(school.cast.ruiz) == [("teachers-5", "unreachable")]
    assert the_message(bell).state == "failed"
    (ruiz,) = [
        one
        for one in school.tablet(school.cast.lind).get("reach")["people"]
        if one["name"] == "D. Ruiz"
    ]
    assert ruiz["reach"] == "app"
    assert "since Oct 6, 8:10: the browser is gone" in ruiz["reach_why"]


def test_R7_4_late_enough_a_mail_goes_in_its_place(bell: Bell) -> None:
    school = bell.school
    bell.email(school.cast.ruiz)
    bell.send()
    bell.until(8, 20)
    bell.answer = lambda parcel: Delivery(parcel, End.GONE, 404)
    bell.until(8, 25)
    assert bell.told(school.cast.ruiz) == [
        "8:10 push Period 1 roll is due at 8:15",
        "8:15 push Period 1 roll was due at 8:15",
        "8:25 mail Period 1 roll was due at 8:15",
    ]
    assert {state for _, state in bell.reminders(school.cast.ruiz)} == {"sent"}
    ways = sorted((row.way, row.state) for row in school.rows(MESSAGE))
    assert ways == [("mail", "sent"), ("push", "failed"), ("push", "sent"), ("push", "sent")]


def test_R7_1_one_tablet_that_takes_it_is_enough(bell: Bell) -> None:
    school = bell.school
    bell.send()
    bell.subscribe(school.cast.ruiz, device_id=school.cast.sato.device_id)
    answers(bell, End.GONE, End.SENT)
    bell.until(8, 15)
    assert bell.reminders(school.cast.ruiz)[-1] == ("teachers+0", "sent")
    assert len([row for row in school.rows(SUBSCRIPTION) if row.ended_at is None]) == 1


def test_R7_1_a_refusal_is_noted_and_what_another_tablet_took_stays_sent(bell: Bell) -> None:
    school = bell.school
    bell.send()
    bell.subscribe(school.cast.ruiz, device_id=school.cast.sato.device_id)
    answers(bell, End.SENT, End.REFUSED)
    bell.until(8, 15)
    assert bell.reminders(school.cast.ruiz)[-1] == ("teachers+0", "sent")
    assert sorted(row.state for row in school.rows(MESSAGE)) == ["failed", "sent", "sent"]


def test_a_subscription_that_ended_meanwhile_is_not_sent_to(bell: Bell) -> None:
    ended = {"ended_at": bell.school.clock.now(), "ended_why": "by_hand"}
    bell.school.change(SUBSCRIPTION, ended)
    bell.send()
    assert bell.sender.sent == []
    assert bell.reminders(bell.school.cast.ruiz) == [("teachers-5", "unreachable")]


def test_R8_1_every_step_says_what_became_of_it(bell: Bell) -> None:
    """Until 8:31: one sent, one cancelled by the roll, and nobody is asked again."""
    school = bell.school
    bell.send()
    school.clock.set(cast.local(cast.TUESDAY, 8, 15))
    bell.sweep()
    submit(bell)
    bell.until(9)
    rows = school.rows(table_of(Reminder), staff_id=school.cast.ruiz.staff_id)
    told = [(row.step, row.state, row.detail, row.ended_at is not None) for row in rows]
    assert sorted(told) == [
        ("teachers+0", "cancelled", "The roll was received.", True),
        ("teachers-5", "sent", None, True),
    ]


def test_there_is_nothing_to_do_where_nothing_waits(bell: Bell) -> None:
    bell.send()
    post = bell.post
    for way in (Way.PUSH, Way.MAIL):
        assert deliver(bell.school.engine, post, bell.school.clock.now(), way) == 0

"""By which way each person can be reminded, and why by no better one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from server.db import reading, writing
from server.models import CaptureGrant, Device, PushSubscription, Staff, table_of
from server.services.reach import Reach, reach_of
from tests.support import cast
from tests.support.api import School


def subscribe(school: School, person: cast.Person, **more: Any) -> None:
    """A subscription of one person on her tablet."""
    row = {
        "school_id": person.school_id,
        "subscription_id": uuid4(),
        "staff_id": person.staff_id,
        "device_id": person.device_id,
        "endpoint": "https://push.example/1",
        "p256dh": b"4" * 65,
        "auth": b"a" * 16,
        "key_id": uuid4(),
        "created_at": cast.LONG_AGO,
        **more,
    }
    with writing(school.engine) as connection:
        connection.execute(table_of(PushSubscription).insert(), row)


def reached(school: School, person: cast.Person, *, mails: bool = True) -> Reach:
    with reading(school.engine) as connection:
        now = school.clock.now()
        found = reach_of(connection, person.school_id, [person.staff_id], now, mails=mails)
    return found[person.staff_id]


def test_a_live_subscription_is_the_best_way(school: School) -> None:
    subscribe(school, school.cast.ruiz)
    assert reached(school, school.cast.ruiz) == Reach("push", "Reminded on 1 tablet.")
    subscribe(school, school.cast.ruiz, device_id=school.cast.okafor.device_id)
    assert reached(school, school.cast.ruiz).why == "Reminded on 2 tablets."


def test_without_one_it_is_a_mail_the_open_app_or_nothing(school: School) -> None:
    ruiz, staff, grant = school.cast.ruiz, table_of(Staff), table_of(CaptureGrant)
    told = reached(school, ruiz)
    assert told.way == "app"
    assert told.why == (
        "No tablet has been set to remind them yet. No e-mail address is known."
        " Rollbook tells them while it is open."
    )
    school.change(staff, {"email": "ruiz@birch.example"}, staff_id=ruiz.staff_id)
    assert reached(school, ruiz) == Reach(
        "mail", "No tablet has been set to remind them yet. Reminded by mail."
    )
    assert reached(school, ruiz, mails=False).way == "app"
    assert "sends no mail" in reached(school, ruiz, mails=False).why
    school.change(staff, {"email": None}, staff_id=ruiz.staff_id)
    school.change(grant, {"revoked_at": cast.LONG_AGO}, staff_id=ruiz.staff_id)
    assert reached(school, ruiz).way == "none"
    assert reached(school, ruiz).why.endswith("They are signed in on no tablet.")


@pytest.mark.parametrize(
    ("ended", "why"),
    [
        (
            {"ended_at": cast.local(cast.TUESDAY, 7, 2), "ended_why": "the browser is gone (410)"},
            "Their tablet is reminded no more since Oct 6, 7:02: the browser is gone (410).",
        ),
        (
            {"ended_at": cast.local(cast.TUESDAY, 7, 2), "ended_why": None},
            "Their tablet is reminded no more since Oct 6, 7:02: it was turned off.",
        ),
    ],
)
def test_a_subscription_that_ended_says_when_and_why(
    sqlite_school: School, ended: dict[str, Any], why: str
) -> None:
    subscribe(sqlite_school, sqlite_school.cast.ruiz, **ended)
    told = reached(sqlite_school, sqlite_school.cast.ruiz)
    assert (told.way, told.why.startswith(why)) == ("app", True)


def test_a_tablet_whose_leave_was_withdrawn_is_not_reminded(school: School) -> None:
    ruiz = school.cast.ruiz
    subscribe(school, ruiz)
    withdrawn = {"revoked_at": school.clock.now()}
    school.change(table_of(Device), withdrawn, device_id=ruiz.device_id)
    told = reached(school, ruiz)
    assert told.way == "app"
    assert "the tablet's leave was withdrawn" in told.why


def test_the_office_sees_who_cannot_be_reached_first(school: School) -> None:
    subscribe(school, school.cast.ruiz)
    grant = table_of(CaptureGrant)
    brandt = school.cast.brandt
    school.change(grant, {"until_at": school.clock.now()}, staff_id=brandt.staff_id)
    told = school.tablet(school.cast.lind).get("reach")
    ways = [(one["name"], one["reach"]) for one in told["people"]]
    assert ways[0] == ("P. Brandt", "none")
    assert ways[-1] == ("D. Ruiz", "push")
    assert {way for _, way in ways[1:-1]} == {"app"}
    assert len(ways) == 6  # nobody of Alder
    assert told["people"][0]["extension"] == "410"
    assert all(one["reminded_at"] is None for one in told["people"])
    school.clock.set(school.clock.now() + timedelta(days=1))

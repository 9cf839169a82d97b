"""A class that is all present within two seconds, three weeks running: its teacher first (X8)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from schemas.contradictions import Contradictions, QuickHabits
from server.models import FindingLine, table_of
from server.services.quick_rolls import SAID_FOR
from tests.server.guest_tablet import code_of
from tests.support import cast
from tests.support.api import School, Tablet, Tree

EIGHT_A = cast.gather().eight_a
LATER = date(2026, 10, 19)
"""The Monday after the three weeks."""


def take(school: School, days: list[date], took_ms: int | None = 1_400, **more: Any) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    for on in days:
        school.clock.set(cast.local(on, 8, 5))
        took = {} if took_ms is None else {"took_ms": took_ms}
        (result,) = ruiz.push(ruiz.op(EIGHT_A, on=on) | took | more)
        assert result["outcome"] == "accepted", result


DAYS = [on for on in cast.school_days() if on < LATER]
AFTER = [on for on in cast.school_days() if on >= LATER]


def habits(tablet: Tablet) -> list[Tree]:
    told = tablet.get("quick-rolls")
    assert QuickHabits().validate(told) == {}
    listed: list[Tree] = told["habits"]
    return listed


def shown(tablet: Tablet, key: str) -> Any:
    return tablet.post("quick-rolls/shown", {"line_id": str(uuid4()), "key": key})


def at_the_desk(lind: Tablet, on: date) -> list[Tree]:
    told = lind.get(f"contradictions?on={on}")
    assert Contradictions().validate(told) == {}
    return [one for one in told["findings"] if one["kind"] == "too_quick"]


def test_X8_the_teacher_is_shown_it_first_and_the_office_only_when_it_goes_on(
    school: School,
) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    take(school, DAYS)
    (one,) = habits(ruiz)
    assert (one["section_title"], one["rolls"], one["shown_on"]) == ("8A", len(DAYS), None)
    assert (one["since_on"], one["on"]) == (str(DAYS[0]), str(DAYS[-1]))
    assert at_the_desk(lind, DAYS[-1]) == []
    assert shown(ruiz, one["key"]).get_json()["habits"][0]["shown_on"] == str(DAYS[-1])
    assert shown(ruiz, one["key"]).status_code == 200
    assert len(school.rows(table_of(FindingLine))) == 1
    assert at_the_desk(lind, DAYS[-1]) == []
    take(school, AFTER[:2])
    (told,) = at_the_desk(lind, AFTER[1])
    assert (told["students"], told["state"], told["steps"][0]["do"]) == ([], "open", "ask_teacher")
    assert told["steps"][0]["who"]["name"] == "D. Ruiz"
    assert told["evidence"][0]["section_title"] == "8A"


def test_X8_the_office_hears_nothing_of_what_its_teacher_was_not_shown(school: School) -> None:
    take(school, DAYS + AFTER)
    assert at_the_desk(school.tablet(school.cast.lind), AFTER[-1]) == []
    assert len(habits(school.tablet(school.cast.ruiz))) == 1


def test_X8_it_is_nobody_elses_to_see_or_to_note(school: School) -> None:
    take(school, DAYS)
    (one,) = habits(school.tablet(school.cast.ruiz))
    okafor = school.tablet(school.cast.okafor)
    assert habits(okafor) == []
    assert code_of(shown(okafor, one["key"])) == (422, "invalid")


def test_X8_2_what_the_office_said_of_a_habit_holds_on_the_other_dates_for_eight_weeks(
    school: School,
) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    take(school, DAYS)
    shown(ruiz, habits(ruiz)[0]["key"])
    take(school, AFTER[:3])
    first, (one,) = AFTER[1], at_the_desk(lind, AFTER[1])
    said = {"line_id": str(uuid4()), "on": str(first), "key": one["key"], "state": "set_aside"}
    lind.post("contradictions", said | {"why": "She counts them at the door."})
    for on in (first, AFTER[2]):
        (told,) = at_the_desk(lind, on)
        assert (told["state"], told["why"]) == ("set_aside", "She counts them at the door.")
    again = {"line_id": str(uuid4()), "on": str(AFTER[2]), "key": one["key"], "state": "open"}
    lind.post("contradictions", again | {"why": None})
    assert [at_the_desk(lind, on)[0]["state"] for on in (first, AFTER[2])] == ["open", "open"]


def test_X8_2_after_eight_weeks_it_is_asked_about_again(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    take(school, DAYS)
    shown(ruiz, habits(ruiz)[0]["key"])
    take(school, AFTER[:2])
    (one,) = at_the_desk(lind, AFTER[1])
    said = {"line_id": str(uuid4()), "on": str(AFTER[1]), "key": one["key"], "state": "looked_at"}
    lind.post("contradictions", said | {"why": None})
    with school.engine.begin() as connection:
        lines = table_of(FindingLine)
        long_ago = lines.update().where(lines.c.what == "looked_at")
        connection.execute(long_ago.values(school_date=AFTER[1] - SAID_FOR))
    assert at_the_desk(lind, AFTER[1])[0]["state"] == "open"


@pytest.mark.parametrize(
    "how",
    [
        {"took_ms": None},
        {"took_ms": 19_000},
        {"absent": [2]},
    ],
)
def test_X8_1_one_roll_that_was_not_so_or_was_not_measured_and_there_is_no_habit(
    school: School, how: dict[str, Any]
) -> None:
    take(school, DAYS[:-1])
    ruiz = school.tablet(school.cast.ruiz)
    school.clock.set(cast.local(DAYS[-1], 8, 5))
    op = ruiz.op(EIGHT_A, on=DAYS[-1], absent=how.get("absent", []))
    took = how.get("took_ms", 1_400)
    ruiz.push(op if took is None else op | {"took_ms": took})
    assert habits(ruiz) == []


def test_X8_1_the_log_keeps_how_long_it_took(school: School) -> None:
    take(school, DAYS[:1])
    ruiz = school.tablet(school.cast.ruiz)
    school.clock.set(cast.local(DAYS[0], 9))
    op = ruiz.op(EIGHT_A, on=DAYS[0]) | {"took_ms": -1}
    (result,) = ruiz.push(op)
    assert (result["outcome"], result["reason"]) == ("refused", "malformed")

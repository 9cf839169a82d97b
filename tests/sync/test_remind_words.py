"""What reminders say, all of it, and that it names nobody (rules R9, promise P7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from sync.remind_words import Named, Words, clock_time, periods, to_office, to_teachers, to_test
from tests.support.cast import FAMILY, GIVEN, gather

ZONE = ZoneInfo("America/Los_Angeles")
DUE = datetime(2026, 10, 6, 16, 13, tzinfo=UTC)
PERIODS = ["Period 1", "Period 2", "Period 3", "Homeroom", "Advisory"]
ROLLS = [Named(name, DUE + timedelta(hours=n)) for n, name in enumerate(PERIODS)]


def test_R9_2_the_words_are_those_of_the_table() -> None:
    second = Named("Period 2", DUE)
    before, after = DUE - timedelta(minutes=5), DUE
    assert to_teachers([second], ZONE, before) == (
        "Period 2 roll is due at 9:13",
        "Not started on this tablet.",
    )
    assert to_teachers([second], ZONE, after) == (
        "Period 2 roll was due at 9:13",
        "It still counts. Tap to take it.",
    )
    assert to_teachers([second, Named("Period 3", DUE)], ZONE, after) == (
        "2 rolls are due",
        "Periods 2 and 3. Tap to see them.",
    )
    assert to_office([second] * 3) == (
        "3 rolls not taken, period 2",
        "Tap for rooms and extensions.",
    )
    assert to_test(DUE, ZONE) == ("Reminders work on this tablet", "Sent 9:13.")


def test_R9_2_what_was_due_is_not_told_as_due() -> None:
    (roll,) = ROLLS[:1]
    titles = [
        to_teachers([roll], ZONE, DUE + timedelta(minutes=m)).title for m in (-5, -1, 0, 1, 30)
    ]
    assert [" is " in title for title in titles] == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Period 2"], "Period 2"),
        (["Period 2", "Period 2"], "Period 2"),
        (["Period 1", "Period 2", "Period 3"], "Periods 1, 2 and 3"),
        (["Period 2", "Homeroom"], "Period 2 and Homeroom"),
        (["Homeroom"], "Homeroom"),
    ],
)
def test_R9_2_several_are_told_by_their_periods(names: list[str], said: str) -> None:
    assert periods([Named(name, DUE) for name in names]) == said


def test_R1_4_nobody_to_take_a_roll_is_told_as_that() -> None:
    assert to_office(ROLLS[1:2], nobody=True).title == "1 roll has nobody to take it, period 2"
    assert (
        to_office(ROLLS[:2], nobody=True).title
        == "2 rolls have nobody to take them, periods 1 and 2"
    )


def test_times_are_written_as_on_the_screens() -> None:
    assert [clock_time(DUE + timedelta(hours=n), ZONE) for n in (-9, 0, 3, 4)] == [
        "12:13",
        "9:13",
        "12:13",
        "1:13",
    ]


def everything() -> Iterator[Words]:
    """Every text there can be of these periods, at every time of the day."""
    for minutes in range(-30, 600, 5):
        now = DUE + timedelta(minutes=minutes)
        yield to_test(now, ZONE)
        for size in range(1, len(ROLLS) + 1):
            for rolls in combinations(ROLLS, size):
                yield to_teachers(rolls, ZONE, now)
                yield to_office(rolls)
                yield to_office(rolls, nobody=True)


def test_R9_1_no_text_names_anybody_or_anything_of_a_student() -> None:
    cast = gather()
    people = {part for one in cast.people for part in one.name.split() if len(part) > 2}
    sections = {"8A", "8B", "Mathematics"}
    never = people | sections | set(GIVEN) | set(FAMILY) | {"absent", "present", "late", "sick"}
    words = {
        word
        for text in everything()
        for said in text
        for word in said.replace(".", " ").replace(",", " ").split()
    }
    assert words & never == set()
    known = {part for name in PERIODS for part in name.split()}
    assert len(words - known) < 400
    assert all(len(said) <= 120 for text in everything() for said in text)

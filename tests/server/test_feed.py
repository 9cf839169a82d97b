"""The feed: every change once, in order, to whom it concerns, however many write at once."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

from schemas.board import Board
from schemas.feed import Bootstrap, Changes
from schemas.held import Held
from schemas.history import History
from schemas.push import PushAnswer
from server.models import AbsenceNotice, RollRow, SchoolSync, Section, table_of
from server.models import School as SchoolRow
from server.services import poke
from server.services.pull import Change, cut
from tests.support.api import School, Tablet, Tree, statements
from tests.support.cast import TUESDAY, WEDNESDAY, local, named, school_days

ROLLS, SYNC = table_of(RollRow), table_of(SchoolSync)


def test_bootstrap_brings_what_a_teacher_needs_for_days(school: School) -> None:
    told = school.tablet(school.cast.ruiz).bootstrap()
    assert [one["title"] for one in told["sections"]] == ["8A"]
    assert len(told["sections"][0]["students"]) == 30
    assert told["horizon"] == {"from": "2026-09-29", "to": "2026-10-21"}
    dates = [roll["on"] for roll in told["rolls"]]
    assert len(dates) == len(set(dates)) == 5 + 1 + 10
    assert {roll["state"] for roll in told["rolls"]} == {"not_taken"}
    assert told["me"]["name"] == "D. Ruiz"
    assert len(str(told)) < 21_000


def test_F10_who_is_unmarked_is_told_once_the_roll_is_taken_and_not_before(school: School) -> None:
    tablet, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    eight_a = school.cast.eight_a
    assert [roll["unmarked"] for roll in tablet.bootstrap()["rolls"]] == [[]] * 16
    trip = {"student_id": str(eight_a.students[0]), "presence": "elsewhere"}
    (ruled,) = lind.push(lind.op(eight_a, kind="rule", marks=[trip]))
    assert (ruled["roll"]["state"], ruled["roll"]["unmarked"]) == ("not_taken", [])
    assert tablet.roll(eight_a)["unmarked"] == []
    op = tablet.op(eight_a)
    op["marks"] = op["marks"][1:-2]
    (taken,) = tablet.push(op)
    missing = sorted(str(one) for one in eight_a.students[-2:])
    assert taken["roll"]["unmarked"] == tablet.roll(eight_a)["unmarked"] == missing


def test_bootstrap_of_a_substitute_has_the_one_day(school: School) -> None:
    told = school.tablet(school.cast.sato).bootstrap()
    assert [roll["on"] for roll in told["rolls"]] == [WEDNESDAY.isoformat()]


def test_a_known_absence_travels_with_the_roll(school: School) -> None:
    notice = {
        "school_id": school.cast.birch,
        "notice_id": named("notice", "one"),
        "student_id": school.cast.eight_a.students[4],
        "from_on": TUESDAY,
        "to_on": TUESDAY,
        "active": True,
    }
    with school.engine.begin() as connection:
        connection.execute(table_of(AbsenceNotice).insert(), notice)
    rolls = school.tablet(school.cast.ruiz).bootstrap()["rolls"]
    known = {roll["on"]: roll["known"] for roll in rolls if roll["known"]}
    assert known == {TUESDAY.isoformat(): [str(school.cast.eight_a.students[4])]}


def test_what_one_tablet_sent_reaches_the_other_and_the_office_but_no_stranger(
    school: School,
) -> None:
    people = school.cast
    everyone = {
        person.username: school.tablet(person)
        for person in (people.ruiz, people.okafor, people.brandt, people.lind, people.stranger)
    }
    for tablet in everyone.values():
        tablet.bootstrap()
    ruiz = everyone["ruiz"]
    ruiz.push(ruiz.op(people.eight_a, absent=[2]))
    heard = {name: [one["roll_id"] for one in tablet.pull()] for name, tablet in everyone.items()}
    roll = str(people.eight_a.roll())
    assert heard == {
        "ruiz": [roll], "okafor": [roll], "brandt": [], "lind": [roll], "stranger": [],
    }  # fmt: skip
    foreign = everyone["stranger"].client.get(f"{ruiz.path}/changes?since={ruiz.cursor}")
    assert foreign.status_code == 404


def test_a_held_op_is_shown_to_its_author_and_the_office_alone(school: School) -> None:
    people = school.cast
    brandt, lind, ruiz = map(school.tablet, (people.brandt, people.lind, people.ruiz))
    for tablet in (brandt, lind, ruiz):
        tablet.bootstrap()
    op = brandt.op(people.eight_a)
    brandt.push(op)
    for tablet in (brandt, lind):
        (item,) = tablet.pull()
        assert (item["type"], item["op_id"], item["reason"]) == ("held", op["id"], "unknown_roll")
        assert item["author"]["name"] == "P. Brandt"
    assert ruiz.pull() == []
    (item,) = lind.get("held")["held"]
    assert item["op_id"] == op["id"]
    assert ruiz.client.get(f"{ruiz.path}/ops/{op['id']}").status_code == 404
    assert lind.get(f"ops/{op['id']}")["outcome"] == "held"


def test_pages_neither_split_what_shares_a_seq_nor_skip(school: School) -> None:
    lind = school.tablet(school.cast.lind)
    lind.bootstrap()
    with school.engine.begin() as connection:
        for n, on in enumerate(school_days()[:12]):
            roll_id = school.cast.eight_a.roll(on)
            change = ROLLS.update().where(ROLLS.c.roll_id == roll_id)
            connection.execute(change.values(seq=101 + n // 4))
        connection.execute(SYNC.update().values(seq=103))
    sizes = []
    more = True
    while more:
        page = lind.get(f"changes?since={lind.cursor}&limit=3")
        lind.cursor, more = page["cursor"], page["more"]
        sizes.append([one["seq"] for one in page["changes"]])
    assert sizes == [[101] * 3, [102] * 4, [103] * 4]  # the first day lies before the horizon


def test_cut_is_whole_and_in_order_for_every_split() -> None:
    changes = [Change(seq, "roll", None) for seq in (1, 1, 1, 2, 3, 3, 5, 8)]
    for most in range(1, 10):
        for known_to in (0, 1, 2, 3, 4, 5, 8):
            page = cut(reversed(changes), known_to, most, 8)
            if page is None:
                assert known_to < 1
                continue
            taken = [one.seq for one in page.changes]
            assert taken == [s for s in (1, 1, 1, 2, 3, 3, 5, 8) if s <= page.upto]
            assert page.more == (page.upto < 8)
            assert page.upto <= max(known_to, 8 * (known_to == 8))
            assert len(taken) <= most or len(set(taken)) == 1


def test_a_cursor_of_another_history_or_of_the_future_is_gone(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    epoch = tablet.bootstrap()["epoch"]
    for cursor in ("another.5", f"{epoch}.101"):
        answer = tablet.client.get(f"{tablet.path}/changes?since={cursor}")
        assert (answer.status_code, answer.get_json()["epoch"]) == (410, epoch)
        assert answer.headers["Rollbook-Epoch"] == epoch


def test_the_scope_changes_with_an_assignment_and_with_the_day(school: School) -> None:
    from server.models import Teaching  # noqa: PLC0415 - only this story changes one

    tablet = school.tablet(school.cast.ruiz)
    scope = tablet.bootstrap()["scope"]
    assert tablet.get(f"changes?since={tablet.cursor}")["scope"] == scope
    school.clock.set(local(WEDNESDAY, 7))
    next_day = tablet.get(f"changes?since={tablet.cursor}")["scope"]
    school.change(table_of(Teaching), {"end_on": TUESDAY}, staff_id=school.cast.ruiz.staff_id)
    without = tablet.get(f"changes?since={tablet.cursor}")["scope"]
    assert len({scope, next_day, without}) == 3


def test_the_roster_and_the_calendar_travel_in_the_feed(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    tablet.bootstrap()
    school.change(table_of(Section), {"seq": 101, "room": "14"}, title="8A")
    school.change(table_of(SchoolRow), {"calendar_seq": 102}, name="Birch")
    school.change(SYNC, {"seq": 102}, school_id=school.cast.birch)
    section, calendar = tablet.pull()
    assert (section["type"], section["room"]) == ("section", "14")
    assert calendar["type"] == "calendar"
    assert {day["kind"] for day in calendar["days"]} == {"instructional", "holiday"}


def test_P1_no_acknowledged_op_is_ever_skipped_under_eight_writers(school: School) -> None:
    """The reader keeps up while eight tablets write; what a sequence would lose, this may not."""
    people = school.cast
    reader = school.tablet(people.lind)
    reader.bootstrap()
    days = [on for on in school_days() if "2026-09-29" <= on.isoformat() <= TUESDAY.isoformat()]
    acknowledged: list[tuple[int, str]] = []
    done = threading.Event()

    def write(place: int) -> None:
        person = (people.ruiz, people.okafor)[place % 2]
        tablet = school.tablet(person, named("device", f"writer {place}"))
        for round_ in range(4):
            on = days[(place * 4 + round_) % len(days)]
            (result,) = tablet.push(tablet.op(people.eight_a, on=on, absent=[place]))
            assert result["outcome"] == "accepted"
            acknowledged.append((result["seq"], result["id"]))

    def read() -> set[str]:
        seen: set[str] = set()
        finished = False
        while not finished:
            finished = done.is_set()
            for change in reader.pull(limit=2):
                seen.update(change["ops"])
        return seen

    with ThreadPoolExecutor(9) as pool:
        reading = pool.submit(read)
        for writing in [pool.submit(write, place) for place in range(8)]:
            writing.result()
        done.set()
        seen = reading.result()
    assert seen == {op_id for _, op_id in acknowledged}
    assert sorted(seq for seq, _ in acknowledged) == list(range(101, 133))
    order = [one["seq"] for one in reader.seen]
    assert all(before < after for before, after in pairwise(order))


def test_a_long_poll_is_woken_by_a_commit(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    waiting = school.tablet(school.cast.lind)
    waiting.bootstrap()
    with ThreadPoolExecutor(1) as pool:
        poll = pool.submit(waiting.get, f"changes?since={waiting.cursor}&wait=25")
        tablet.push(tablet.op(school.cast.eight_a))
        page = poll.result(timeout=20)
    assert [one["type"] for one in page["changes"]] == ["roll"]


def test_polls_beyond_the_cap_are_answered_at_once(school: School) -> None:
    tablet = school.tablet(school.cast.lind)
    tablet.bootstrap()
    taken = [poke.place(8) for _ in range(8)]
    for place in taken:
        assert place.__enter__()
    page = tablet.get(f"changes?since={tablet.cursor}&wait=25")
    for place in taken:
        place.__exit__(None, None, None)
    assert page["backoff_s"] > 0


def test_the_board_shows_who_submitted_what(school: School) -> None:
    ruiz, lind = school.tablet(school.cast.ruiz), school.tablet(school.cast.lind)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[1, 2]))
    board = lind.get(f"board?on={TUESDAY}")
    by_section = {roll["section_id"]: roll for roll in board["rolls"]}
    taken = by_section[str(school.cast.eight_a.section_id)]
    assert (taken["state"], taken["timeliness"], taken["by_name"]) == (
        "submitted",
        "on_time",
        "D. Ruiz",
    )
    assert (taken["counts"]["present"], taken["counts"]["absent"]) == (28, 2)
    assert by_section[str(school.cast.eight_b.section_id)]["state"] == "not_taken"
    assert [period["period"] for period in board["periods"]] == ["1", "2"]
    teachers = {one["staff_id"]: one["name"] for one in board["teachers"]}
    assert set(teachers.values()) == {"D. Ruiz", "N. Okafor", "P. Brandt"}
    counts = {one["title"]: one["count"] for one in board["sections"]}
    assert counts == {"8A": 30, "8B": 20}
    assert ruiz.client.get(f"{ruiz.path}/board").status_code == 404


def test_what_msgspec_writes_is_what_the_schemas_say(school: School) -> None:
    ruiz, okafor, lind = map(
        school.tablet, (school.cast.ruiz, school.cast.okafor, school.cast.lind)
    )
    bootstrap = lind.bootstrap()
    pushed = ruiz.send(ruiz.op(school.cast.eight_a, absent=[1])).get_json()
    late = {"student_id": str(school.cast.eight_a.students[0]), "presence": "late", "note": "bus"}
    late["arrived_at"] = "2026-10-06T15:09:00.000Z"
    contested = okafor.send(okafor.op(school.cast.eight_a, marks=[late])).get_json()
    held = okafor.send(okafor.op(school.cast.eight_b)).get_json()
    page = lind.get(f"changes?since={lind.cursor}")
    for answer in (pushed, contested, held):
        loads(PushAnswer(), answer)
    loads(Bootstrap(), bootstrap)
    loads(Bootstrap(), ruiz.bootstrap())
    loads(Held(), lind.get("held"))
    loads(Board(), lind.get("board"))
    loads(History(), lind.get(f"rolls/{school.cast.eight_a.roll()}"))
    assert {one["type"] for one in page["changes"]} == {"roll", "held"}
    for change in page["changes"]:
        member = Changes().fields["changes"].inner.members[change["type"]]  # type: ignore[attr-defined]
        loads(member(), change)


def loads(schema: Any, told: Tree) -> None:
    """A schema takes what was sent, unknown fields refused, and says the same again."""
    loaded = schema.load(told)
    assert loaded.keys() == told.keys() or set(loaded) - {"from"} <= set(told)


HOT = re.compile(r"school_id", re.IGNORECASE)
FORBIDDEN = re.compile(
    r"nextval|\bserial\b|advisory|\bNOTIFY\b|\bLISTEN\b|\bTRIGGER\b", re.IGNORECASE
)
FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def hot_paths(tablet: Tablet, school: School) -> None:
    first = tablet.op(school.cast.eight_a, absent=[2])
    tablet.push(first, tablet.op(school.cast.eight_b), {"id": "x"})
    tablet.push(tablet.op(school.cast.eight_a, parents=[first["id"]]))
    tablet.pull()
    tablet.bootstrap()


def test_every_statement_of_the_hot_paths_names_its_school(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    tablet.bootstrap()
    with statements(school.engine) as told:
        hot_paths(tablet, school)
    asked = [one for one in told if not one.startswith(FRAME)]
    assert len(asked) > 20
    assert [one for one in asked if not HOT.search(one)] == []
    assert [one for one in asked if FORBIDDEN.search(one)] == []


def test_the_log_is_only_ever_added_to(school: School) -> None:
    tablet = school.tablet(school.cast.ruiz)
    tablet.bootstrap()
    with statements(school.engine) as told:
        hot_paths(tablet, school)
    touching = re.compile(r"(UPDATE|DELETE FROM) op\b", re.IGNORECASE)
    assert [one for one in told if touching.search(one)] == []

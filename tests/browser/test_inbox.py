"""A conflict is a story and not a diff: two tablets, the office, and one-tap answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from server.models import OpEntry, RollRow, table_of
from tests.browser.conftest import NewTablet
from tests.browser.disagreement import LATER, differ, inbox, marked, online, ready, release, submit
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.browser.test_screens import complaints
from tests.support.api import School, uuid7
from tests.support.cast import Cast

OPS = table_of(OpEntry)
Two = tuple[Tablet, Tablet]


@pytest.fixture
def two(new_tablet: NewTablet, cast: Cast) -> Two:
    """Ruiz's tablet and Okafor's, both on the roll of 8A."""
    return ready(new_tablet(), cast.ruiz), ready(new_tablet(), cast.okafor)


def rule(record: School, cast: Cast, mark: dict[str, Any], **said: Any) -> None:
    """Lind rules at the office, knowing all that was said."""
    record.clock.set(LATER + timedelta(minutes=5))
    lind = record.tablet(cast.lind)
    line = {"student_id": mark["student_id"], "parents": mark["head_ops"], **said}
    (result,) = lind.push(lind.op(cast.eight_a, kind="rule", marks=[line]))
    assert result["outcome"] == "accepted", result


def told(tablet: Tablet) -> str:
    """What the first thing of the inbox says."""
    return tablet.page.locator(".thing-told").first.inner_text().replace("\u00a0", " ")


def test_F8_1_two_teachers_differ_and_one_tap_settles_it_naming_both(
    two: Two, server: SchoolServer, record: School, cast: Cast
) -> None:
    ruiz, okafor = two
    name = differ(ruiz, okafor, server)
    given = name.split()[0]
    ruiz.page.get_by_role("button", name="For you, 1 thing").wait_for()
    inbox(ruiz)
    ruiz.says(f"Was {name} here?")
    story = told(ruiz)
    assert "Safety · today, period 1" in story
    assert f"You saw {given} absent at 8:0" in story
    assert ", without network. " in story
    assert f"{cast.okafor.name} saw {given} present at 8:0" in story
    assert "Neither of you knew of the other." in story
    assert f"Present stands for now, because somebody saw {given}." in story
    assert complaints(ruiz) == []

    server.kill()
    ruiz.press(f"{given} was here")
    ruiz.says("Nothing needs you")
    ruiz.says(f"You said that {given} was present.")
    release(ruiz)
    server.start()
    online(ruiz)
    until(lambda: "contested" not in marked(record, cast, name).get("flags", []))
    settled = marked(record, cast, name)
    assert settled["presence"] == "present"
    assert settled["head_ops"] == [ruiz.outbox()[-1]["id"]]
    online(okafor)
    okafor.page.locator(".for-you-count").wait_for(state="detached")


def test_F8_1_the_office_changes_a_mark_and_the_teacher_accepts(
    two: Two, server: SchoolServer, record: School, cast: Cast
) -> None:
    ruiz, okafor = two
    name = differ(ruiz, okafor, server)
    why = "Signed in at the front desk."
    rule(
        record,
        cast,
        marked(record, cast, name),
        presence="late",
        arrived_at="2026-10-06T15:12:00.000Z",
        why=why,
    )
    online(okafor)
    inbox(okafor)
    okafor.says(f"The office changed your mark for {name}")
    story = told(okafor)
    assert f"{cast.lind.name} made it late, 12 min, at 8:18: “{why}”" in story
    assert "Both stay on the record." in story
    okafor.press("That’s right")
    okafor.says("Nothing needs you")
    okafor.says("Settled today: 1")
    release(okafor)
    okafor.page.locator(".settled .sync-recorded").wait_for(timeout=60_000)
    mark = marked(record, cast, name)
    assert (mark["presence"], mark.get("flags", [])) == ("late", [])


def test_F5_2_a_teacher_who_saw_something_else_says_so_and_the_office_settles(
    two: Two, server: SchoolServer, record: School, cast: Cast
) -> None:
    ruiz, okafor = two
    name = differ(ruiz, okafor, server)
    rule(record, cast, marked(record, cast, name), presence="absent", why="Nobody signed in.")
    online(okafor)
    inbox(okafor)
    okafor.press("I saw something else")
    okafor.page.get_by_label("Words for the office").fill("At the front table all period.")
    assert complaints(okafor) == []
    okafor.press("I saw: present")
    okafor.says("With somebody else now")
    okafor.says("The office decides now.")
    release(okafor)
    until(lambda: "contested" in marked(record, cast, name).get("flags", []))
    disputed = marked(record, cast, name)
    assert (disputed["presence"], disputed["office"]) == ("absent", "absent")
    assert "At the front table" not in str(okafor.outbox())

    rule(record, cast, disputed, presence="present", why="Both teachers agree.")
    online(okafor)
    okafor.page.get_by_text("With somebody else now").wait_for(state="detached")
    mark = marked(record, cast, name)
    assert (mark["presence"], mark.get("flags", [])) == ("present", [])


def test_an_answer_is_undone_while_it_is_here_and_given_again_after(
    two: Two, server: SchoolServer, record: School, cast: Cast
) -> None:
    ruiz, okafor = two
    name = differ(ruiz, okafor, server)
    given = name.split()[0]
    inbox(ruiz)
    server.kill()
    ruiz.press(f"{given} was absent")
    ruiz.press("Undo")
    ruiz.says(f"Was {name} here?")
    ruiz.press("I don’t know")
    ruiz.says("You said that you do not know.")
    release(ruiz)
    ruiz.page.get_by_role("button", name="Answer again").click()
    ruiz.page.locator(".settled").get_by_role("button", name="Came late…").click()
    ruiz.page.get_by_role("button", name="10", exact=True).click()
    ruiz.press("Late, 10 min")
    ruiz.says(f"You said that {given} was late, 10 min.")
    release(ruiz)
    server.start()
    online(ruiz)
    until(lambda: marked(record, cast, name)["presence"] == "late")
    assert "contested" not in marked(record, cast, name).get("flags", [])


def test_F10_1_who_was_not_on_the_list_yet_is_marked_from_the_inbox(
    tablet: Tablet, record: School, cast: Cast
) -> None:
    older = record.tablet(cast.ruiz)
    op = older.op(cast.eight_a)
    (missed,) = [each["student_id"] for each in op["marks"][7:8]]
    older.push(op | {"marks": [each for each in op["marks"] if each["student_id"] != missed]})
    online(tablet)
    inbox(tablet)
    tablet.says("is not marked")
    tablet.page.get_by_role("button", name="Present", exact=True).click()
    tablet.says("Nothing needs you")
    release(tablet)
    until(lambda: record.tablet(cast.lind).roll(cast.eight_a)["unmarked"] == [])


def held_roll(tablet: Tablet, server: SchoolServer, record: School, cast: Cast) -> str:
    """Ruiz takes a roll without network that the administrator has locked meanwhile; its op."""
    server.kill()
    record.tablet(cast.moss)
    server.write("UPDATE roll SET state = 'locked' WHERE roll_id = ?", cast.eight_a.roll().hex)
    tablet.tap(4)
    submit(tablet)
    server.start()
    online(tablet)
    tablet.says("The school is holding this roll.")
    return str(tablet.outbox()[0]["id"])


def end(record: School, cast: Cast, op: str, how: str, **more: Any) -> None:
    """What the office does with it."""
    lind = record.tablet(cast.lind)
    body = {"how": how, "why": "The roll was locked too early.", **more}
    answer = lind.post(f"held/{op}/resolution", body)
    assert answer.status_code == 200, answer.get_data(as_text=True)


def test_O12_a_held_roll_is_in_the_inbox_and_its_end_is_told_with_who_and_why(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    op = held_roll(tablet, server, record, cast)
    tablet.page.goto(f"{tablet.url}/#/inbox")
    tablet.says("Held by the office")
    tablet.says("29 present, 1 absent.")
    tablet.says("nothing is asked of you")
    end(record, cast, op, "set_aside")
    online(tablet)
    tablet.page.get_by_text("Held by the office").wait_for(state="detached")
    tablet.page.goto(f"{tablet.url}/#/tray")
    tablet.says(f"Set aside by {cast.lind.name}")
    tablet.says("“The roll was locked too early.” It stays in the school’s log")
    assert tablet.outbox()[0]["ended"] == "set_aside"


def test_O12_a_held_roll_that_the_office_takes_over_is_told_as_taken_over(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    op = held_roll(tablet, server, record, cast)
    record.change(table_of(RollRow), {"state": "not_taken"}, roll_id=cast.eight_a.roll())
    end(record, cast, op, "take_over", op_id=str(uuid7(LATER)))
    online(tablet)
    tablet.page.goto(f"{tablet.url}/#/tray")
    tablet.says(f"Taken over by {cast.lind.name}")
    assert tablet.outbox()[0]["ended"] == "taken_over"


def test_a_substitutes_roll_is_countersigned_with_one_tap(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    okafor = record.tablet(cast.okafor)
    okafor.push(okafor.op(cast.eight_a))
    record.change(table_of(RollRow), {"countersign": True}, roll_id=cast.eight_a.roll())
    server.kill()
    server.start()
    online(tablet)
    inbox(tablet)
    tablet.says("Your countersignature is missing")
    tablet.says("30 present")
    tablet.press("Countersign")
    tablet.says("Nothing needs you")
    assert record.tablet(cast.lind).roll(cast.eight_a)["state"] == "certified"

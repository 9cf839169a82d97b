"""How little it takes: taps, words, keys and sizes on the roll."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.support.cast import TUESDAY, Cast


def words(tablet: Tablet) -> str:
    """What the submit button says."""
    return tablet.submit_button().inner_text()


def strip(tablet: Tablet) -> str:
    """What the strip says of the last tap."""
    return tablet.page.locator(".strip-said").inner_text()


def test_the_app_opens_on_the_class_in_session_and_today_is_one_step_back(tablet: Tablet) -> None:
    assert tablet.page.locator("h1").inner_text() == "8A"
    tablet.page.go_back()
    assert tablet.page.locator("h1").inner_text() == "Tuesday, October 6"
    tablet.page.go_forward()
    tablet.page.locator(".students").wait_for()
    tablet.page.reload()
    assert tablet.page.locator("h1").inner_text() == "8A"


def test_all_present_is_one_tap(tablet: Tablet) -> None:
    assert words(tablet) == "Submit 30 present"
    tablet.submit_button().click()
    tablet.submitted_here()
    assert len(tablet.outbox()) == 1


def test_two_absent_of_thirty_are_three_taps_and_one_late_two_more(tablet: Tablet) -> None:
    tablet.tap(3)
    tablet.tap(17)
    assert words(tablet) == "Submit 28 present, 2 absent"
    tablet.tap(20)
    tablet.page.get_by_role("button", name="Late, 3 min").click()
    tablet.page.locator(".tile-late").wait_for()
    assert words(tablet) == "Submit 27 present, 2 absent, 1 late"
    tablet.submit_button().click()
    tablet.submitted_here()
    (entry,) = tablet.outbox()
    (late,) = (mark for mark in entry["op"]["marks"] if mark["presence"] == "late")
    assert late["arrived_at"] == "2026-10-06T15:03:00.000Z"
    assert len(entry["op"]["marks"]) == 30


def test_a_tap_says_here_or_not_here_and_undo_takes_it_back(tablet: Tablet) -> None:
    tablet.tap(0)
    assert "absent" in strip(tablet)
    tablet.press("Undo")
    tablet.page.locator('.tile[aria-pressed="true"]').wait_for(state="detached")
    assert words(tablet) == "Submit 30 present"
    tablet.tap(0)
    tablet.tap(0)
    assert "present again" in strip(tablet)


def test_an_undo_within_six_seconds_makes_it_a_draft_again(tablet: Tablet) -> None:
    tablet.tap(0)
    tablet.submit_button().click()
    tablet.page.get_by_role("button", name="Undo, ").click()
    tablet.page.locator(".submit-button").wait_for()
    assert words(tablet) == "Submit 29 present, 1 absent"
    assert tablet.outbox() == []


def test_a_correction_the_same_day_is_a_change_of_one(tablet: Tablet) -> None:
    tablet.submit_button().click()
    tablet.on_record()
    tablet.tap(5)
    assert words(tablet) == "Submit 1 change"
    tablet.submit_button().click()
    tablet.page.locator(".step").first.wait_for()
    first, second = tablet.outbox()
    (mark,) = second["op"]["marks"]
    assert mark["presence"] == "absent"
    assert mark["parents"] == [first["id"]]


def test_the_keyboard_marks_moves_undoes_and_submits(tablet: Tablet) -> None:
    page = tablet.page
    tablet.student(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("a")
    page.locator(".tile-absent").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("l")
    page.locator(".tile-late").wait_for()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("e")
    page.locator(".tile-left_early").wait_for()
    page.keyboard.press("u")
    page.locator(".tile-left_early").wait_for(state="detached")
    focused = "document.activeElement.id"
    assert page.evaluate(focused) == tablet.student(6).get_attribute("id")
    assert tablet.student(1).get_attribute("aria-pressed") == "true"
    assert page.locator('.tile[tabindex="0"]').count() == 1
    tablet.submit_button().focus()
    page.keyboard.press("Enter")
    tablet.submitted_here()


def test_letters_can_be_turned_off(tablet: Tablet) -> None:
    page = tablet.page
    page.get_by_role("button", name="More").first.click()
    letters = page.get_by_role("button", name="Letter keys")
    letters.click()
    expect(letters).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Escape")
    tablet.student(0).focus()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.locator('.tile[aria-pressed="true"]').wait_for()
    assert "absent" in strip(tablet)
    assert len(tablet.drafts()[0]["strokes"]) == 1


@pytest.mark.parametrize("how", ["long press", "right click"])
def test_the_sheet_takes_minutes_and_a_note(tablet: Tablet, how: str) -> None:
    tile, page = tablet.student(2), tablet.page
    tile.click(button="right") if how == "right click" else tile.click(delay=700)
    page.get_by_role("button", name="10", exact=True).click()
    page.get_by_role("button", name="One minute more").click()
    page.get_by_role("button", name="Late, 11 min").click()
    page.locator(".tile-late", has_text="11 min").wait_for()
    tile.click(button="right")
    page.get_by_role("button", name="Add a note").click()
    page.get_by_label("Note for the office").fill("bus 12 was late")
    page.get_by_role("button", name="Keep the note").click()
    page.locator("dialog").wait_for(state="detached")
    assert words(tablet) == "Submit 29 present, 1 late"
    assert "bus 12" not in str(tablet.drafts())
    tile.click(button="right")
    page.get_by_role("button", name="Change the note").click()
    assert page.get_by_label("Note for the office").input_value() == "bus 12 was late"


def test_escape_closes_the_sheet_without_change(tablet: Tablet) -> None:
    tablet.student(2).click(button="right")
    tablet.page.get_by_role("button", name="20", exact=True).click()
    tablet.page.keyboard.press("Escape")
    tablet.page.locator("dialog").wait_for(state="detached")
    assert tablet.drafts() == []
    assert words(tablet) == "Submit 30 present"


def test_a_known_absence_is_shown_counted_and_kept(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    server.kill()
    absent = cast.eight_a.students[4]
    server.write(
        "INSERT INTO absence_notice (school_id, notice_id, student_id, from_on, to_on, active)"
        " VALUES (?, ?, ?, ?, ?, 1)",
        *(cast.birch.hex, absent.hex, absent.hex, TUESDAY.isoformat(), TUESDAY.isoformat()),
    )
    server.start()
    tablet = new_tablet()
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.open()
    tablet.page.locator(".tile-known").wait_for()
    assert words(tablet) == "Submit 29 present, 1 absent"
    tablet.page.locator(".tile-known").click()
    tablet.page.locator(".tile-known").wait_for(state="detached")
    assert words(tablet) == "Submit 30 present"


@pytest.mark.parametrize("size", [(1024, 768), (768, 1024), (390, 844)])
def test_every_target_is_44_pixels_and_the_bar_does_not_move(
    tablet: Tablet, size: tuple[int, int]
) -> None:
    page = tablet.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    tablet.tap(0)
    tablet.student(1).click(button="right")
    page.locator("dialog").wait_for()
    small = page.evaluate(SMALL)
    page.keyboard.press("Escape")
    assert small == []
    assert page.evaluate(SMALL) == []
    page.go_back()
    page.locator(".meetings").wait_for()
    assert page.evaluate(SMALL) == []


def test_thirty_tiles_fit_a_tablet_held_wide_without_scrolling(tablet: Tablet) -> None:
    region = tablet.page.locator(".screen-region")
    assert region.evaluate("r => r.scrollHeight <= r.clientHeight")
    assert tablet.page.locator(".tile").count() == 30
    heights = tablet.page.eval_on_selector_all(".tile", "all => all.map(t => t.offsetHeight)")
    assert min(heights) >= 108


SMALL = """() => [...document.querySelectorAll("button, select, input, textarea, a[href]")]
  .filter((target) => target.checkVisibility())
  .map((target) => [target.innerText || target.ariaLabel, target.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([words, box]) => `${words} ${box.width}x${box.height}`)"""

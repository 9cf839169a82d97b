"""A push arrives: what the worker makes of it by the tablet's own store, and where it leads."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from server.columns import spell
from server.models import OpEntry, table_of
from tests.browser.bus import Desktop
from tests.browser.conftest import NewTablet
from tests.browser.people import OTHER_PIN, PIN, add, lock, locked, set_pin, type_pin, unlock
from tests.browser.pushes import PushGate, reminder
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.browser.test_trouble import submit_and_leave
from tests.support.api import School
from tests.support.cast import LONG_AGO, MORNING, TUESDAY, Cast, Person, local

OPS = table_of(OpEntry)
# The school's clock runs while a slow machine gets there.
SAVED = re.compile(r"Period 1 roll is saved here, 8:0\d")
DUE = local(TUESDAY, 8, 15)
DUE_2 = local(TUESDAY, 9, 15)


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """The screen on which notifications stand."""
    folder = tmp_path / "bus"
    folder.mkdir()
    desktop = Desktop(folder)
    yield desktop
    desktop.close()


@pytest.fixture
def tablet(new_tablet: NewTablet, desktop: Desktop, cast: Cast) -> Tablet:
    """Ruiz's tablet on that screen, signed in, on the roll of 8A."""
    tablet = new_tablet(env={**os.environ, **desktop.environment})
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.ready_offline()
    tablet.open()
    tablet.page.locator(".students").wait_for()
    return tablet


@pytest.fixture
def pushes(tablet: Tablet) -> PushGate:
    """What delivers to that tablet."""
    return PushGate(tablet)


def of_8a(tablet: Tablet, person: Person, cast: Cast) -> str:
    """The reminder of the first period."""
    return reminder(tablet, person, MORNING, (cast.eight_a, DUE))


def press(desktop: Desktop, tablet: Tablet) -> None:
    """Press the reminder; the window that opens is the one to look at from now on."""
    with tablet.context.expect_page() as opened:
        desktop.press()
    tablet.page = opened.value


def test_N2_N9_a_reminder_wakes_the_worker_and_a_press_opens_the_roll_with_the_app_closed(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast, server: SchoolServer
) -> None:
    pushes.close_the_app()
    server.kill()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    shown = desktop.shows("Period 1 roll is due at 8:15", "Not started on this tablet.")
    assert not shown.silent
    pushes.stop_the_worker()
    press(desktop, tablet)
    expect(tablet.page.locator(".tile")).to_have_count(30)
    assert tablet.page.url.endswith(f"#/roll/{cast.eight_a.roll()}")
    desktop.is_empty()


def test_N2_one_that_was_begun_says_so_and_a_press_brings_the_open_page_there(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast
) -> None:
    tablet.tap(3)
    tablet.page.goto(f"{tablet.url}/#/tray")
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is due at 8:15", "Started on this tablet, not submitted.")
    desktop.press()
    expect(tablet.page.locator('.tile[aria-pressed="true"]')).to_have_count(1)
    assert len(tablet.context.pages) == 1
    tablet.page.get_by_role("button", name="Back to today").click()
    tablet.page.locator(".meetings").wait_for()


def test_N5_a_roll_that_waits_is_told_as_saved_and_goes_with_the_next_push(
    tablet: Tablet,
    pushes: PushGate,
    desktop: Desktop,
    cast: Cast,
    server: SchoolServer,
    record: School,
) -> None:
    tablet.tap(3)
    server.kill()
    submit_and_leave(tablet)
    pushes.close_the_app()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    shown = desktop.shows(SAVED, "Waiting for network. Nothing to do.")
    assert shown.silent
    server.start()
    pushes.stop_the_worker()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is received by the school", "Nothing to do.")
    assert all(one.silent for one in desktop.told)
    assert [row.outcome for row in record.rows(OPS)] == ["accepted"]
    # The next time that somebody looks, it is gone.
    tablet.open()
    desktop.is_empty()


def test_N6_nothing_to_do_is_told_in_silence_and_closed_where_rollbook_is_in_view(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast
) -> None:
    submit_and_leave(tablet)
    tablet.on_record()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    until(lambda: bool(desktop.told))
    desktop.is_empty()
    assert [(one.title, one.silent) for one in desktop.told] == [
        ("Period 1 roll is received by the school", True)
    ]
    pushes.close_the_app()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is received by the school", "Nothing to do.")


def test_N8_what_is_shown_follows_the_roll_on_its_way_to_the_school(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast, server: SchoolServer
) -> None:
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    assert desktop.shows("Period 1 roll is due at 8:15").silent, "the banner says it"
    tablet.tap(2)
    desktop.shows("Period 1 roll is due at 8:15", "Started on this tablet, not submitted.")
    server.kill()
    submit_and_leave(tablet)
    desktop.shows(SAVED)
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    desktop.is_empty()


def test_N8_a_roll_that_the_co_teacher_took_takes_its_reminder_away(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast, record: School
) -> None:
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is due at 8:15")
    okafor = record.tablet(cast.okafor)
    okafor.push(okafor.op(cast.eight_a))
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    desktop.is_empty()


def test_N3_several_are_one_notification_and_lead_to_the_days_list(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast
) -> None:
    pushes.close_the_app()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is due at 8:15")
    both = reminder(tablet, cast.ruiz, MORNING, (cast.eight_a, DUE), (cast.eight_b, DUE_2))
    pushes.deliver(both)
    desktop.shows("2 rolls are due", "Periods 1 and 2. Tap to see them.")
    press(desktop, tablet)
    tablet.page.locator(".meetings").wait_for()


@pytest.mark.parametrize("told", ["", "not JSON", "{}", '{"notification": {"title": 7}}'])
def test_N1_a_push_that_cannot_be_read_still_says_something_plain(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, told: str
) -> None:
    pushes.close_the_app()
    pushes.deliver(told)
    desktop.shows("Rollbook has a reminder for you", "Tap to see today's rolls.")
    press(desktop, tablet)
    tablet.page.locator(".meetings").wait_for()


BREAK = "() => { IDBDatabase.prototype.transaction = () => { throw new DOMException('no'); }; }"


def test_N1_with_a_store_that_fails_the_schools_own_words_are_shown(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast
) -> None:
    pushes.close_the_app()
    pushes.deliver("wake")
    desktop.shows("Rollbook has a reminder for you")
    (worker,) = tablet.context.service_workers
    worker.evaluate(BREAK)
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    until(lambda: len(desktop.told) == 2)
    assert desktop.told[-1].title == "A roll is due, as the school has it"


def test_N10_a_locked_tablet_unlocks_first_and_then_goes_there(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast
) -> None:
    set_pin(tablet)
    tablet.page.goto(f"{tablet.url}/#/today")
    lock(tablet)
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is due at 8:15")
    desktop.press()
    type_pin(tablet, PIN)
    expect(tablet.page.locator(".tile")).to_have_count(30)


def test_N10_a_press_on_somebody_elses_reminder_closes_these_names_and_asks_for_hers(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast
) -> None:
    set_pin(tablet)
    lock(tablet)
    add(tablet, cast.okafor)
    tablet.page.locator(".students").wait_for()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is due at 8:15")
    desktop.press()
    locked(tablet)
    expect(tablet.page.locator(".person", has_text=cast.ruiz.name)).to_have_attribute(
        "aria-pressed", "true"
    )
    type_pin(tablet, PIN)
    expect(tablet.page.locator(".tile")).to_have_count(30)
    assert tablet.page.url.endswith(f"#/roll/{cast.eight_a.roll()}")


def choose_language(tablet: Tablet, more: str, language: str, pin: str) -> None:
    """In the sheet for what is needed seldom; the page comes again and asks for the PIN."""
    page = tablet.page
    page.get_by_role("button", name=more, exact=True).first.click()
    page.locator("dialog").get_by_role("button", name=language).click()
    page.locator(".lock").wait_for()
    type_pin(tablet, pin)
    page.locator(".students").wait_for()


def turn_to(tablet: Tablet, person: Person, pin: str, submit: str) -> None:
    """From the lock: a name, in whatever language the page is; then her roll in her own."""
    tablet.page.locator(".person", has_text=person.name).click()
    expect(tablet.page.locator(".person", has_text=person.name)).to_have_attribute(
        "aria-pressed", "true"
    )
    type_pin(tablet, pin)
    expect(tablet.submit_button()).to_have_text(submit)


def test_S5_each_of_a_shared_tablet_reads_and_is_reminded_in_her_own_language(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast, server: SchoolServer
) -> None:
    set_pin(tablet)
    lock(tablet)
    add(tablet, cast.okafor)
    tablet.page.locator(".students").wait_for()
    choose_language(tablet, "More", "Español", OTHER_PIN)
    expect(tablet.submit_button()).to_have_text("Enviar 30 presentes")
    server.kill()
    lock_in_spanish(tablet)
    turn_to(tablet, cast.ruiz, PIN, "Enviar 30 presentes")
    choose_language(tablet, "Más", "English", PIN)
    expect(tablet.submit_button()).to_have_text("Submit 30 present")
    lock(tablet)
    turn_to(tablet, cast.okafor, OTHER_PIN, "Enviar 30 presentes")
    lock_in_spanish(tablet)
    turn_to(tablet, cast.ruiz, PIN, "Submit 30 present")

    pushes.close_the_app()
    pushes.deliver(of_8a(tablet, cast.okafor, cast))
    desktop.shows("La lista de Period 1 vence a las 8:15", "Sin empezar en esta tableta.")
    press(desktop, tablet)
    tablet.page.locator(".lock").wait_for()
    expect(tablet.page.locator("h1")).to_have_text("¿Quién pasa lista?")
    desktop.is_empty()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is due at 8:15", "Not started on this tablet.")


def lock_in_spanish(tablet: Tablet) -> None:
    """At once, by hand."""
    tablet.page.get_by_role("button", name="Más", exact=True).first.click()
    tablet.page.locator("dialog").get_by_role("button", name="Bloquear ahora").click()
    expect(tablet.page.locator("h1")).to_have_text("¿Quién pasa lista?")


def test_N10_whoever_unlocks_instead_goes_where_she_likes(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast
) -> None:
    set_pin(tablet)
    lock(tablet)
    add(tablet, cast.okafor)
    tablet.page.locator(".students").wait_for()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is due at 8:15")
    desktop.press()
    locked(tablet)
    unlock(tablet, cast.okafor, OTHER_PIN)
    expect(tablet.page.locator(".lock")).to_have_count(0)


def test_N10_a_press_that_opened_nothing_is_forgotten_after_a_while(
    tablet: Tablet, pushes: PushGate, desktop: Desktop, cast: Cast
) -> None:
    pushes.close_the_app()
    pushes.deliver(of_8a(tablet, cast.ruiz, cast))
    desktop.shows("Period 1 roll is due at 8:15")
    press(desktop, tablet)
    tablet.page.locator(".students").wait_for()
    target = {"to": f"/#/roll/{cast.eight_a.roll()}", "tag": "", "at": spell(LONG_AGO)}
    tablet.page.evaluate(KEEP, target)
    tablet.page.goto("about:blank")  # a new start of the page, not a step within it
    tablet.page.goto(f"{tablet.url}/#/today/2026-10-12")
    tablet.says("No rolls on this day")
    until(lambda: tablet.page.evaluate(KEPT) is None)
    tablet.says("No rolls on this day")


KEEP = """(target) => new Promise((resolve) => {
  const opening = indexedDB.open("rollbook-outbox");
  opening.onsuccess = () => {
    const tx = opening.result.transaction("meta", "readwrite");
    tx.objectStore("meta").put({ key: "target", value: target });
    tx.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""

KEPT = """() => new Promise((resolve) => {
  const opening = indexedDB.open("rollbook-outbox");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("meta").objectStore("meta").get("target");
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result.value); };
  };
})"""

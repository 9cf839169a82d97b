"""Names on a tablet: sealed on its disk, closed by a PIN, gone when the office says so."""

from __future__ import annotations

from playwright.sync_api import expect

from server.models import OpEntry, table_of
from tests.browser.conftest import NewTablet
from tests.browser.people import (
    KEEP_IN_CLEAR,
    PIN,
    SEEDED,
    WRONG,
    add,
    covered,
    found_in,
    lock,
    locked,
    names_on,
    set_pin,
    store,
    type_pin,
    unlock,
)
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet, until
from tests.support.api import OURS, School
from tests.support.cast import Cast, Person

OPS = table_of(OpEntry)
CONTROL = "Quetzalcoatlus"
NOTE = "Xylophonist with a limp"


def submit(tablet: Tablet) -> None:
    """Submit, and let it go as a hidden page does."""
    tablet.submit_button().click()
    tablet.page.locator(".steps").wait_for()
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")


def ready(new_tablet: NewTablet, person: Person) -> Tablet:
    """A tablet whose page runs on a clock that the test may move."""
    tablet = new_tablet()
    tablet.start()
    tablet.page.clock.install()
    tablet.open()
    tablet.sign_in(person)
    tablet.ready_offline()
    tablet.open()
    tablet.page.locator(".students").wait_for()
    return tablet


def take_note(tablet: Tablet, place: int, words: str) -> None:
    """A note about a student, from her sheet."""
    tablet.student(place).click(button="right")
    tablet.page.get_by_role("button", name="Add a note").click()
    tablet.page.get_by_label("Note for the office").fill(words)
    tablet.press("Keep the note")
    tablet.page.locator("dialog").wait_for(state="detached")


def test_O7_no_students_name_and_no_note_lies_on_the_disk_after_use_and_lock(
    tablet: Tablet, server: SchoolServer
) -> None:
    assert set(names_on(tablet)) == set(SEEDED)
    set_pin(tablet)
    take_note(tablet, 4, NOTE)
    tablet.tap(3)
    server.kill()
    submit(tablet)
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.press("Show the names")
    tablet.on_record()
    lock(tablet)
    tablet.page.evaluate(KEEP_IN_CLEAR, CONTROL)
    tablet.close()
    assert found_in(tablet.profile, [*SEEDED, NOTE, CONTROL]) == {CONTROL}


def test_O8_her_own_unsent_note_is_read_by_its_author_and_then_by_the_office(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    server.kill()
    take_note(tablet, 4, NOTE)
    tablet.tap(4)
    submit(tablet)
    assert NOTE not in str(tablet.outbox())
    tablet.sleep_and_wake()
    tablet.page.locator(".students").wait_for()
    tablet.student(4).click(button="right")
    tablet.page.get_by_role("button", name="Change the note").click()
    expect(tablet.page.get_by_label("Note for the office")).to_have_value(NOTE)
    tablet.press("Cancel")
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.on_record()
    lind = record.tablet(cast.lind)
    told = lind.client.get(f"{lind.path}/rolls/{cast.eight_a.roll()}").get_json()
    assert NOTE in str(told)


def test_T1_O13_after_two_idle_minutes_no_name_is_left_and_nothing_but_the_pin_brings_it_back(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    tablet = ready(new_tablet, cast.ruiz)
    set_pin(tablet)
    tablet.tap(3)
    tablet.page.clock.fast_forward(90_000)  # the rest is for a slow machine: this clock goes on
    tablet.page.evaluate("new BroadcastChannel('rollbook').postMessage('outbox')")  # no hand's
    assert names_on(tablet) != []
    tablet.page.clock.fast_forward(31_000)
    locked(tablet)
    covered(tablet)
    for step in (tablet.page.reload, tablet.page.go_back, tablet.page.go_forward):
        step()
        locked(tablet)
        covered(tablet)
    server.kill()
    tablet.page.reload()
    locked(tablet)
    type_pin(tablet, WRONG)
    tablet.says("4 tries left")
    covered(tablet)
    unlock(tablet, cast.ruiz)
    tablet.page.locator('.tile[aria-pressed="true"]').wait_for()


# In the middle of reading the stores anew, for whatever news, another tab locks the names.
LOCK_WHILE_READING = """() => new Promise((done) => {
  const tab = new BroadcastChannel("rollbook");
  const { get } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.get = function (key) {
    const asked = get.call(this, key);
    if (key === "people") {
      tab.postMessage("lock");
      IDBObjectStore.prototype.get = get;
      asked.addEventListener("success", () => setTimeout(done, 500));
    }
    return asked;
  };
  tab.postMessage("school");
})"""


def test_T1_O13_a_lock_while_the_names_are_being_read_stays_a_lock(tablet: Tablet) -> None:
    set_pin(tablet)
    tablet.tap(3)
    for _ in range(3):
        tablet.page.evaluate(LOCK_WHILE_READING)
        locked(tablet)
        covered(tablet)
        tablet.page.locator(".person").first.click()
        type_pin(tablet, PIN)
        tablet.page.locator('.tile[aria-pressed="true"]').wait_for()


def test_T1_names_are_covered_while_somebody_looks_elsewhere_and_after_sending(
    tablet: Tablet,
) -> None:
    set_pin(tablet)
    tablet.page.evaluate("dispatchEvent(new Event('blur'))")
    tablet.says("The names are covered.")
    expect(tablet.page.locator(".students")).to_be_hidden()
    assert [name for name in SEEDED if name in tablet.page.locator("body").aria_snapshot()] == []
    tablet.page.evaluate("dispatchEvent(new Event('focus'))")
    expect(tablet.page.locator(".students")).to_be_visible()
    tablet.tap(3)
    submit(tablet)
    tablet.says("The roll is with the school")
    expect(tablet.page.locator(".students")).to_be_hidden()
    tablet.press("Show the names")
    expect(tablet.page.locator(".students")).to_be_visible()


def test_T1_five_wrong_pins_delete_the_key_and_twelve_waiting_submissions_still_arrive(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    set_pin(tablet)
    server.kill()
    for place in range(12):
        tablet.tap(place)
        submit(tablet)
    assert len(tablet.outbox()) == 12
    lock(tablet)
    tablet.says("12 rolls waiting here")
    for left in (4, 3, 2):
        type_pin(tablet, WRONG)
        tablet.says(f"{left} tries left")
    type_pin(tablet, WRONG)
    tablet.says("After one more wrong one")
    type_pin(tablet, WRONG)
    tablet.says("The class lists are no longer on this tablet.")
    assert store(tablet, "sealed") == []
    assert store(tablet, "keys") == ["device"]
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: len(record.rows(OPS, outcome="accepted", author=cast.ruiz.staff_id)) == 12)
    tablet.says("Nothing waiting")
    tablet.page.locator(".pin").get_by_role("button", name="Sign in").click()
    tablet.page.get_by_label("Password").fill(cast.ruiz.password)
    tablet.page.get_by_role("button", name="Sign in", exact=True).click()
    tablet.page.locator(".students, .meetings").first.wait_for()


def test_T2_a_withdrawn_tablet_gives_up_what_it_owes_and_then_every_name_and_key(
    tablet: Tablet, server: SchoolServer, record: School, cast: Cast
) -> None:
    server.kill()
    tablet.tap(3)
    submit(tablet)
    entry = tablet.outbox()[0]
    device = tablet.page.evaluate(DEVICE_ID)
    record.clock.forward(minutes=5)
    moss = record.tablet(cast.moss)
    lost = {"why": "Left on the bus"}
    answer = moss.client.post(f"{moss.path}/devices/{device}/revocation", json=lost, headers=OURS)
    assert answer.status_code == 200, answer.text
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("The office took this tablet out of use")
    covered(tablet)
    assert store(tablet, "sealed") == store(tablet, "keys") == []
    until(lambda: [str(op.op_id) for op in record.rows(OPS, outcome="accepted")] == [entry["id"]])
    tablet.says("Nothing waiting here.")
    tablet.page.reload()
    tablet.says("The office took this tablet out of use")


def test_T2_a_locked_tablet_hears_of_its_withdrawal_too(
    tablet: Tablet, record: School, cast: Cast
) -> None:
    set_pin(tablet)
    lock(tablet)
    device = tablet.page.evaluate(DEVICE_ID)
    moss = record.tablet(cast.moss)
    lost = {"why": "Left on the bus"}
    answer = moss.client.post(f"{moss.path}/devices/{device}/revocation", json=lost, headers=OURS)
    assert answer.status_code == 200, answer.text
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("The office took this tablet out of use")
    assert store(tablet, "sealed") == store(tablet, "keys") == []


def test_T2_a_person_whose_leave_is_withdrawn_loses_her_lists_and_nobody_elses_go(
    tablet: Tablet, record: School, cast: Cast
) -> None:
    set_pin(tablet)
    lock(tablet)
    add(tablet, cast.okafor)
    moss = record.tablet(cast.moss)
    gone = {"why": "Left the school"}
    answer = moss.client.post(
        f"{moss.path}/staff/{cast.okafor.staff_id}/revocation", json=gone, headers=OURS
    )
    assert answer.status_code == 200, answer.text
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("The office withdrew your leave")
    covered(tablet)
    kept = {key.split("/")[0] for key in store(tablet, "sealed")}
    assert kept == {str(cast.ruiz.staff_id)}
    tablet.press("Sign in")
    locked(tablet)
    expect(tablet.page.locator(".person")).to_have_count(1)
    unlock(tablet, cast.ruiz, PIN)


DEVICE_ID = """() => new Promise((resolve) => {
  const opening = indexedDB.open("rollbook-outbox");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("meta").objectStore("meta").get("device_id");
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result.value); };
  };
})"""

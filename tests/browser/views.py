"""Every screen of the teacher's app and how to come to it: for axe-core and for the pictures. The
pages of the office desk are in `desk_views`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.inbox_views import INBOX_VIEWS
from tests.browser.people import add, lock, set_pin
from tests.browser.people import more as sheet_line
from tests.browser.reminder_views import REMINDER_VIEWS
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.support.cast import MORNING, Cast

Show = Callable[[Tablet, SchoolServer, Cast], None]


@dataclass(frozen=True)
class View:
    """One screen in one state."""

    name: str
    show: Show


def _on_roll(tablet: Tablet, cast: Cast) -> None:
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.ready_offline()
    tablet.open()
    tablet.page.locator(".students").wait_for()


def sign_in(tablet: Tablet, _server: SchoolServer, _cast: Cast) -> None:
    """Before anything."""
    tablet.open()
    tablet.page.locator("form").wait_for()


def getting(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """Signed in, and the sections do not come."""
    tablet.open()
    tablet.context.route("**/bootstrap", lambda route: route.abort())
    tablet.sign_in(cast.ruiz)
    tablet.says("Your sections did not come yet")


def today(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """The list of the day."""
    _on_roll(tablet, cast)
    tablet.page.get_by_role("button", name="Back to today").click()
    tablet.page.locator(".meetings").wait_for()


def holiday(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """A day without rolls."""
    today(tablet, server, cast)
    tablet.page.goto(f"{tablet.url}/#/today/2026-10-12")
    tablet.says("No rolls on this day")


def roll(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """Half taken: two absent, one late."""
    _on_roll(tablet, cast)
    tablet.tap(3)
    tablet.tap(17)
    tablet.tap(20)
    tablet.page.locator(".strip-words button", has_text="Late").click()
    tablet.page.locator(".tile-late").wait_for()


def sheet(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Late with minutes."""
    roll(tablet, server, cast)
    tablet.page.locator(".tile-late").click(button="right")
    tablet.page.locator("dialog").wait_for()


def more(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """What is needed seldom."""
    roll(tablet, server, cast)
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.page.locator("dialog").wait_for()


def offline(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Submitted with the server dead."""
    roll(tablet, server, cast)
    server.kill()
    tablet.submit_button().click()
    tablet.page.locator(".steps").wait_for()
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    tablet.says("Waiting for network")


def on_record(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Submitted, received, seen in the feed."""
    roll(tablet, server, cast)
    tablet.submit_button().click()
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    tablet.on_record()


def held(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """The office has to decide."""
    _on_roll(tablet, cast)
    server.kill()
    server.write("UPDATE capture_grant SET revoked_at = '2026-10-01T00:00:00.000Z'")
    tablet.submit_button().click()
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("The school is holding this roll.")


SPOIL = """() => new Promise((resolve) => {
  const opening = indexedDB.open("rollbook-outbox");
  opening.onsuccess = () => {
    const tx = opening.result.transaction("outbox", "readwrite");
    const asked = tx.objectStore("outbox").getAll();
    asked.onsuccess = () => {
      for (const entry of asked.result) {
        entry.op.taken_at = "this morning";
        tx.objectStore("outbox").put(entry);
      }
    };
    tx.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


def refused(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """The school cannot read it."""
    _on_roll(tablet, cast)
    tablet.submit_button().click()
    tablet.page.locator(".steps").wait_for()
    tablet.page.evaluate(SPOIL)
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    tablet.says("The school refused this roll.")


def tray(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """What is kept here for a person."""
    refused(tablet, server, cast)
    tablet.press("See why")
    tablet.says("It stays here until a person deletes it.")


def sign_in_ran_out(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Submitted, and the school does not know the sign-in any more."""
    _on_roll(tablet, cast)
    server.kill()
    server.write("DELETE FROM signin_session")
    server.start()
    tablet.submit_button().click()
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    tablet.says("Your sign-in ran out.")


def upcoming(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """A roll of tomorrow: names and nobody's presence."""
    _on_roll(tablet, cast)
    tablet.page.goto(f"{tablet.url}/#/today/2026-10-07")
    tablet.page.locator("button.meeting").click()
    tablet.page.locator(".roster").wait_for()


def blocked(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """No roll is expected."""
    server.kill()
    roll_id = cast.eight_a.roll(MORNING.date()).hex
    server.write("UPDATE roll SET expected = 0, void_reason = 'trip' WHERE roll_id = ?", roll_id)
    server.start()
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.open()
    tablet.page.locator("button.meeting", has_text="No roll expected").click()
    tablet.says("You cannot take this roll")


def why_not(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Asked of a row of the day."""
    blocked(tablet, server, cast)
    tablet.open("/#/today")
    tablet.press("Why can’t I take this roll?")
    tablet.page.locator("dialog").wait_for()


def certified(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """A signed roll, to be looked at."""
    on_record(tablet, server, cast)
    server.kill()
    server.write("UPDATE roll SET state = 'certified', seq = 9001 WHERE state = 'submitted'")
    server.write("UPDATE school_sync SET seq = 9001")
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("Only to look at:")


def insisting(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """No roll is expected, and two students are here all the same."""
    blocked(tablet, server, cast)
    tablet.press("Some students are here with me")
    for place, count in ((3, 1), (17, 2)):
        tablet.student(place).click()
        tablet.says(f"Submit {count} present")


def which_school(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Somebody who works at two schools, before the second step."""
    server.kill()
    server.write(
        "UPDATE staff SET account_id = (SELECT account_id FROM staff WHERE username = 'ruiz')"
        " WHERE username = 'stranger'"
    )
    server.start()
    tablet.open()
    tablet.page.get_by_label("School e-mail or user name").fill(cast.ruiz.username)
    tablet.page.get_by_label("Password").fill(cast.ruiz.password)
    tablet.press("Sign in")
    tablet.says("Which school are you at?")


def full(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """The tablet has no room left."""
    _on_roll(tablet, cast)
    tablet.page.evaluate(
        "() => { IDBObjectStore.prototype.put = () => "
        "{ throw new DOMException('no room', 'QuotaExceededError'); }; }"
    )
    tablet.student(5).click()
    tablet.says("Rollbook cannot save here.")


def lock_screen(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """Two people, one of them with a roll that waits, and a PIN half typed."""
    _on_roll(tablet, cast)
    set_pin(tablet)
    tablet.context.route("**/ops", lambda route: route.abort())
    tablet.submit_button().click()
    tablet.page.locator(".steps").wait_for()
    lock(tablet)
    add(tablet, cast.okafor)
    lock(tablet)
    tablet.page.locator(".person").first.click()
    tablet.page.locator(".pin-key").nth(3).click()
    tablet.page.locator(".pin-key").nth(7).click()


def pin_choice(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """Before somebody else is added."""
    _on_roll(tablet, cast)
    sheet_line(tablet, "Somebody else takes roll here")
    tablet.says("Six digits, known to you alone")


def covered_names(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """Somebody looks elsewhere."""
    _on_roll(tablet, cast)
    set_pin(tablet)
    tablet.page.evaluate("dispatchEvent(new Event('blur'))")
    tablet.says("The names are covered.")


def day_pass(tablet: Tablet, _server: SchoolServer, _cast: Cast) -> None:
    """From the QR code's address, with a code that is none."""
    tablet.open("/#/pass/4KD7M-2QX9T")
    tablet.press("Begin")
    tablet.says("There is no pass with this code.")


def withdrawn(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """The office took the tablet out of use."""
    _on_roll(tablet, cast)
    server.kill()
    server.write("UPDATE device SET revoked_at = '2026-10-01T00:00:00.000Z'")
    server.start()
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.says("The office took this tablet out of use")


def mine_empty(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """My rolls this term, before anything was due."""
    today(tablet, server, cast)
    tablet.context.route("**/reports/mine", lambda route: route.fulfill(json=NOTHING_DUE))
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.press("My rolls this term")
    tablet.says("No roll was due yet")


NOTHING_DUE = {
    "server_time": "2026-10-06T15:03:00.000Z",
    "from": "2026-10-06",
    "to": "2026-10-06",
    "partial": True,
    "total": dict.fromkeys(
        ("on_time", "delivered_later", "late", "unproven", "not_taken", "pending"), 0
    ),
    "weeks": [],
    "odd": [],
    "median_s": None,
}


def mine(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """My rolls this term: one late, some missed, some in time."""
    server.kill()
    taken = "state = 'submitted', taken_at = starts_at, received_at = due_at"
    for on, how in (("2026-09-29", "on_time"), ("2026-10-01", "late"), ("2026-10-05", "on_time")):
        server.write(
            f"UPDATE roll SET {taken}, timeliness = ? WHERE school_date = ? AND period = '1'",
            how,
            on,
        )
    server.start()
    _on_roll(tablet, cast)
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.press("My rolls this term")
    tablet.says("Late and missed")


def mine_away(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """My rolls this term, without a network."""
    today(tablet, server, cast)
    server.kill()
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.press("My rolls this term")
    tablet.says("Not to be seen now")


def weeks(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """A week to sign: one roll taken, the others not."""
    server.kill()
    taken = "state = 'submitted', taken_at = starts_at, received_at = due_at"
    server.write(
        f"UPDATE roll SET {taken}, timeliness = 'on_time' WHERE school_date = ? AND period = '1'",
        "2026-10-01",
    )
    server.start()
    today(tablet, server, cast)
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.press("Sign my weeks")
    tablet.says("The statement")


def weeks_away(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """A week to sign, without a network."""
    today(tablet, server, cast)
    server.kill()
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.press("Sign my weeks")
    tablet.says("Not to be signed now")


VIEWS = [
    View(show.__name__.replace("_", "-"), show)
    for show in (
        *(sign_in, getting, today, holiday, roll, sheet, more, offline, on_record),
        *(
            held,
            refused,
            tray,
            sign_in_ran_out,
            upcoming,
            blocked,
            why_not,
            insisting,
            which_school,
            full,
        ),
        *(certified, lock_screen, pin_choice, covered_names, day_pass, withdrawn),
        *(mine, mine_empty, mine_away),
        *(weeks, weeks_away),
        *INBOX_VIEWS,
        *REMINDER_VIEWS,
    )
]

"""The screens about reminders and how to come to them."""

from __future__ import annotations

from tests.browser.people import more
from tests.browser.push_stub import StubbedPush
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.support.cast import TUESDAY, Cast, local
from tests.support.pushing import PushBrowser


def first_roll(tablet: Tablet, cast: Cast) -> None:
    """One roll is on its way; the list of the day shows."""
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.ready_offline()
    tablet.open()
    tablet.submit_button().click()
    tablet.submitted_here()
    tablet.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    tablet.on_record()
    tablet.page.goto(f"{tablet.url}/#/today")
    tablet.page.locator(".meetings").wait_for()


def stubbed(tablet: Tablet) -> StubbedPush:
    """A push manager that has one subscription to give."""
    tablet.start()
    return StubbedPush(tablet, [PushBrowser()])


def reminders_offer(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """After the first roll, on the list of the day."""
    stubbed(tablet).allow()
    first_roll(tablet, cast)
    tablet.says("Shall this tablet say when a roll is due?")


def reminders_off(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """The sheet before they are turned on."""
    reminders_offer(tablet, server, cast)
    more(tablet, "Reminders: off")
    tablet.says("Remind me on this tablet")


def reminders_on(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """Turned on."""
    reminders_offer(tablet, server, cast)
    tablet.press("Remind me")
    tablet.says("Test it on this tablet")


def reminders_test(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """A test that comes as far as the push service."""
    reminders_on(tablet, server, cast)
    tablet.press("Test it on this tablet")
    tablet.says("The push service did not take it.")


def reminders_blocked(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """The browser was told no."""
    push = stubbed(tablet)
    first_roll(tablet, cast)
    push.forbid()
    tablet.page.reload()
    tablet.says("Reminders: blocked in this browser.")
    more(tablet, "Reminders: blocked in this browser")
    tablet.says("Come back here")


IPAD = """() => {
  delete window.PushManager;
  for (const [name, value] of [["vendor", "Apple Computer, Inc."], ["maxTouchPoints", 5]])
    Object.defineProperty(navigator, name, { get: () => value });
}"""


def reminders_home_screen(tablet: Tablet, _server: SchoolServer, cast: Cast) -> None:
    """The way to an iPad's home screen."""
    tablet.start()
    tablet.context.add_init_script(f"({IPAD})()")
    first_roll(tablet, cast)
    tablet.press("Show me how")
    tablet.says("Add to Home Screen")


def due_elsewhere(tablet: Tablet, server: SchoolServer, cast: Cast) -> None:
    """A roll is overdue, and another screen shows."""
    server.kill()
    server.move_to(local(TUESDAY, 8, 31))
    server.start()
    tablet.open()
    tablet.sign_in(cast.ruiz)
    tablet.page.goto(f"{tablet.url}/#/inbox")
    tablet.says("Period 1 roll was due at 8:15.")


REMINDER_VIEWS = (
    *(reminders_offer, reminders_off, reminders_on, reminders_test, reminders_blocked),
    *(reminders_home_screen, due_elsewhere),
)

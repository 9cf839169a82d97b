"""Every screen, light and dark: nothing axe-core objects to, and nothing the policy forbids."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import strangers
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.browser.views import VIEWS, View
from tests.support.cast import Cast

AXE = Path(__file__).parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
    "wcag22aa"] });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" ")}`);
}"""


def complaints(tablet: Tablet) -> list[str]:
    """What axe-core says against the page as it is."""
    # The page's own policy forbids injected script, so axe comes through the debugger.
    session = tablet.context.new_cdp_session(tablet.page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    found: list[str] = tablet.page.evaluate(RUN)
    return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_axe_finds_nothing_in_either_theme(
    view: View, new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    tablet = new_tablet()
    view.show(tablet, server, cast)
    for theme in ("light", "dark"):
        tablet.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert complaints(tablet) == []
    tablet.page.set_viewport_size({"width": 390, "height": 844})
    assert complaints(tablet) == []


def test_the_policy_is_strict_and_nothing_breaks_it(tablet: Tablet) -> None:
    """Violations are errors on the console, which the fixture collects."""
    answer = tablet.page.request.get(tablet.url)
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "require-trusted-types-for 'script'" in policy
    tablet.page.evaluate("document.title = ''")
    refused = tablet.page.evaluate(
        "() => { try { document.body.innerHTML = '<p>'; return false; } catch { return true; } }"
    )
    assert refused
    tablet.complaints.clear()


START = """() => {
  const seen = new MutationObserver(() => {
    if (document.querySelector(".students") && !window.shownAt) window.shownAt = performance.now();
  });
  seen.observe(document, { childList: true, subtree: true });
}"""


def test_the_app_opens_cold_with_no_server_on_the_class_in_session(
    tablet: Tablet, server: SchoolServer
) -> None:
    tablet.close()
    server.kill()
    tablet.start()
    session = tablet.context.new_cdp_session(tablet.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tablet.page.add_init_script(f"({START})()")
    tablet.open()
    tablet.page.locator(".students").wait_for()
    took = tablet.page.evaluate("window.shownAt")
    print(f"cold, offline, at a quarter of the speed: {took:.0f} ms to thirty students")
    assert tablet.page.locator(".tile").count() == 30
    assert took < 2000


def test_the_worker_never_keeps_an_answer_of_the_api(tablet: Tablet) -> None:
    kept = tablet.page.evaluate(
        """async () => {
          const urls = [];
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) urls.push(request.url);
          return urls;
        }"""
    )
    assert kept
    assert [url for url in kept if "/api/" in url or "/office" in url] == []


def test_the_app_can_be_installed(tablet: Tablet) -> None:
    session = tablet.context.new_cdp_session(tablet.page)
    answer = session.send("Page.getInstallabilityErrors")
    errors = [found["errorId"] for found in answer["installabilityErrors"]]
    assert [error for error in errors if error != "in-incognito"] == []


def test_a_stranger_on_the_line_at_sign_in_is_said_in_words(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    tablet = new_tablet()
    tablet.open()
    tablet.page.get_by_label("School e-mail or user name").fill(cast.ruiz.username)
    tablet.page.get_by_label("Password").fill("wrong " + cast.ruiz.password)
    tablet.press("Sign in")
    tablet.says("The name or the password is not right.")
    server.kill()
    with strangers.answering(server.port, strangers.PORTAL):
        tablet.press("Sign in")
        tablet.says("The school does not answer.")

"""In Spanish, from right to left, at 200 %: tablet and desk in other than English hands."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import office_desk as desk
from tests.browser.conftest import NewTablet
from tests.browser.school_server import SchoolServer
from tests.browser.tablet import Tablet
from tests.browser.test_screens import complaints
from tests.support.cast import MORNING, Cast

SIDEWAYS = """() => {
  const page = document.scrollingElement;
  return page.scrollWidth - page.clientWidth;
}"""
# Words that are wider than the control they stand on.
CUT = """() => [...document.querySelectorAll("button, .chip, h1, h2")]
  .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1)
  .map((part) => part.textContent)"""


def fits(page: Page) -> None:
    """Nothing has to be scrolled for sideways, and no word is cut off."""
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(CUT) == []


def language(page: Page) -> str | None:
    """What the page says it is in."""
    return page.locator("html").get_attribute("lang")


def sign_in_in_spanish(tablet: Tablet, cast: Cast) -> None:
    """From the English door: the language first, by its own name."""
    page = tablet.page
    page.get_by_role("button", name="Español").click()
    page.get_by_label("Correo escolar o nombre de usuario").fill(cast.ruiz.username)
    page.get_by_label("Contraseña").fill(cast.ruiz.password)
    fits(page)
    page.get_by_role("button", name="Iniciar sesión", exact=True).click()
    page.locator(".students").wait_for()


def test_ruiz_takes_a_roll_in_spanish_without_network_and_it_stays_spanish(
    new_tablet: NewTablet, server: SchoolServer, cast: Cast
) -> None:
    tablet = new_tablet()
    tablet.open()
    sign_in_in_spanish(tablet, cast)
    page = tablet.page
    assert language(page) == "es"
    tablet.ready_offline()
    server.kill()
    tablet.tap(3)
    expect(tablet.submit_button()).to_have_text("Enviar 29 presentes, 1 ausente")
    assert complaints(tablet) == []
    for width, height in ((1024, 768), (768, 1024), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
    tablet.submit_button().click()
    expect(page.locator(".step-done")).to_contain_text("Guardada en esta tableta")
    fits(page)
    tablet.sleep_and_wake()
    page = tablet.page
    expect(page.locator(".step-done")).to_contain_text("Guardada en esta tableta")
    assert language(page) == "es"
    page.go_back()
    expect(page.locator("h1")).to_have_text("martes, 6 de octubre")
    assert complaints(tablet) == []
    server.start()
    expect(page.locator(".meetings")).to_contain_text("En el registro", timeout=90_000)
    page.get_by_role("button", name="Más").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Tuesday, October 6")
    assert language(page) == "en"


@pytest.fixture
def zoomed(new_tablet: NewTablet, cast: Cast) -> Tablet:
    """A tablet of 1024×768 at 200 %: half as many pixels of twice the size."""
    options: dict[str, Any] = {"viewport": {"width": 512, "height": 384}, "device_scale_factor": 2}
    tablet = new_tablet(**options)
    tablet.open()
    fits(tablet.page)
    tablet.sign_in(cast.ruiz)
    return tablet


def test_at_200_percent_nothing_is_cut_and_a_roll_is_taken_by_keyboard_alone(
    zoomed: Tablet,
) -> None:
    page = zoomed.page
    page.locator(".students").wait_for()
    fits(page)
    zoomed.student(0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    expect(zoomed.submit_button()).to_have_text("Submit 29 present, 1 absent")
    button = zoomed.submit_button()
    while not button.evaluate("(button) => button === document.activeElement"):
        page.keyboard.press("Tab")
    box = button.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 384
    page.keyboard.press("Enter")
    zoomed.submitted_here()
    fits(page)
    page.go_back()
    page.locator(".meetings").wait_for()
    fits(page)
    page.get_by_role("button", name="More").click()
    page.get_by_role("dialog").wait_for()
    fits(page)


def test_from_right_to_left_nothing_scrolls_sideways_and_arrows_go_the_visible_way(
    tablet: Tablet,
) -> None:
    page = tablet.page
    page.evaluate("document.documentElement.dir = 'rtl'")
    first, second = tablet.student(0).bounding_box(), tablet.student(1).bounding_box()
    assert first is not None
    assert second is not None
    assert second["x"] < first["x"]
    tablet.student(0).focus()
    page.keyboard.press("ArrowLeft")
    expect(tablet.student(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tablet.student(0)).to_be_focused()
    for width, height in ((1024, 768), (768, 1024), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
    tablet.student(2).click(button="right")
    page.get_by_role("dialog").wait_for()
    fits(page)
    page.keyboard.press("Escape")
    page.go_back()
    page.locator(".meetings").wait_for()
    fits(page)


@pytest.fixture
def clerk(page: Page, server: SchoolServer, cast: Cast) -> Page:
    """Ruiz took 8A with one absent; Lind chose Spanish at the door of the desk and is in."""
    ruiz = desk.WireTablet(server, cast.ruiz, MORNING)
    ruiz.push(ruiz.op(cast.eight_a, {2: "absent"}))
    page.goto(server.url + "/office/")
    page.get_by_role("button", name="Español").click()
    page.get_by_label("Nombre de usuario").fill(cast.lind.username)
    page.get_by_label("Contraseña").fill(cast.lind.password)
    page.get_by_role("button", name="Iniciar sesión").click()
    expect(page.locator("button[data-roll]").first).to_be_visible()
    return page


def test_a_clerk_in_spanish_sees_the_board_and_rules_in_the_grid(clerk: Page) -> None:
    assert language(clerk) == "es"
    received = clerk.get_by_role("button", name=re.compile("Period 1.*: recibida"))
    expect(received.first).to_be_visible()
    assert desk.faults(clerk) == []
    assert not desk.overflows(clerk)
    clerk.goto(clerk.url.split("#")[0] + "#/students")
    grid = clerk.get_by_role("grid")
    expect(grid).to_be_visible()
    absent = clerk.get_by_role("gridcell", name=re.compile("Period 1: el docente vio ausente$"))
    expect(absent).to_have_count(1)
    absent.click()
    clerk.keyboard.press("r")
    expect(clerk.get_by_label("Código de motivo")).to_be_focused()
    assert desk.faults(clerk) == []
    assert not desk.overflows(clerk)
    clerk.keyboard.press("Escape")
    clerk.get_by_role("button", name="Idioma").click()
    clerk.get_by_role("button", name="English").click()
    expect(clerk.get_by_role("gridcell", name=re.compile("teacher saw absent$"))).to_have_count(1)
    assert language(clerk) == "en"


PLACES = ("#/board", "#/students", "#/front-desk", "#/calendar", "#/contested", "#/attendance")


def test_the_desk_from_right_to_left_and_its_grid_goes_the_visible_way(
    page: Page, server: SchoolServer, cast: Cast
) -> None:
    desk.arrive(page, server, cast.lind)
    page.evaluate("document.documentElement.dir = 'rtl'")
    for place in PLACES:
        desk.visit(page, place)
        expect(page.locator("main")).to_be_visible()
        assert not desk.overflows(page), place
    desk.visit(page, "#/students")
    grid = page.get_by_role("grid")
    grid.focus()
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"[id='{grid.get_attribute('aria-activedescendant')}']")
    before = chosen.bounding_box()
    page.keyboard.press("ArrowLeft")
    after = page.locator(f"[id='{grid.get_attribute('aria-activedescendant')}']").bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] < before["x"]


def test_at_200_percent_the_desk_fits_and_its_pages_are_reached(
    window: Browser, server: SchoolServer, cast: Cast
) -> None:
    size: Any = {"width": 720, "height": 450}
    context = window.new_context(viewport=size, device_scale_factor=2)
    page = context.new_page()
    desk.arrive(page, server, cast.lind)
    for place in PLACES:
        desk.visit(page, place)
        expect(page.locator("main")).to_be_visible()
        assert not desk.overflows(page), place
    context.close()

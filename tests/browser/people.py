"""What several people do at one tablet: PINs, the lock, turns; and what lies in its profile."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.tablet import Tablet
from tests.support.cast import FAMILY, Person

PIN, OTHER_PIN, WRONG = "271828", "602214", "999001"
# Names that no dictionary of a browser holds.
SEEDED = [name for name in FAMILY if len(name) > 5]


def type_pin(tablet: Tablet, pin: str) -> None:
    """Six digits on the keyboard; the pad takes them one by one."""
    tablet.page.locator(".pin-keys").wait_for()
    for digit in pin:
        tablet.page.locator(".pin-key", has_text=digit).click()


def choose_pin(tablet: Tablet, pin: str) -> None:
    """Twice, where a PIN is asked for."""
    tablet.says("Six digits, known to you alone")
    type_pin(tablet, pin)
    tablet.says("The same again")
    type_pin(tablet, pin)
    tablet.page.locator(".meetings, .students, .empty, .lock, form").first.wait_for()


def more(tablet: Tablet, words: str) -> None:
    """A line of the sheet for what is needed seldom."""
    tablet.page.get_by_role("button", name="More", exact=True).first.click()
    tablet.page.locator("dialog").get_by_role("button", name=words).click()


def set_pin(tablet: Tablet, pin: str = PIN) -> None:
    """By herself, from the sheet."""
    more(tablet, "Set a PIN")
    choose_pin(tablet, pin)


def lock(tablet: Tablet) -> None:
    """At once, by hand."""
    more(tablet, "Lock now")
    locked(tablet)


def locked(tablet: Tablet) -> None:
    """Wait for the screen that asks who is taking roll."""
    tablet.page.get_by_role("heading", name="Who is taking roll?").wait_for()


def unlock(tablet: Tablet, person: Person, pin: str = PIN) -> None:
    """Name, then PIN."""
    tablet.page.locator(".person", has_text=person.name).click()
    type_pin(tablet, pin)
    tablet.page.locator(".meetings, .students, .empty").first.wait_for()


def add(tablet: Tablet, person: Person, pin: str = OTHER_PIN) -> None:
    """Somebody else, from the lock screen."""
    tablet.page.get_by_role("button", name="Someone else").click()
    tablet.page.get_by_label("School e-mail or user name").fill(person.username)
    tablet.page.get_by_label("Password").fill(person.password)
    tablet.page.get_by_role("button", name="Sign in", exact=True).click()
    choose_pin(tablet, pin)


def names_on(tablet: Tablet) -> list[str]:
    """Students' names in the page, its title or what a screen reader is told."""
    page = tablet.page
    told = [page.content(), page.title(), page.locator("body").aria_snapshot()]
    return [name for name in SEEDED if any(name in part for part in told)]


def covered(tablet: Tablet) -> None:
    """Wait until no name is left."""
    expect(tablet.page.locator(".tile, .roster")).to_have_count(0)
    assert names_on(tablet) == []


def store(tablet: Tablet, name: str) -> list[str]:
    """The sealed store as it lies there: keys of the records in it."""
    found: list[str] = tablet.page.evaluate(KEYS_OF, name)
    return found


KEYS_OF = """(name) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("rollbook-school");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction(name).objectStore(name).getAllKeys();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""

KEEP_IN_CLEAR = """(words) => new Promise((resolve) => {
  const opening = indexedDB.open("control", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("clear");
  opening.onsuccess = () => {
    const tx = opening.result.transaction("clear", "readwrite", { durability: "strict" });
    tx.objectStore("clear").put({ words }, "here");
    tx.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


def found_in(profile: Path, words: list[str]) -> set[str]:
    """Which of these words lie anywhere in a browser's profile, as UTF-8 or UTF-16."""
    wanted = {word: (word.encode(), word.encode("utf-16-le")) for word in words}
    found: set[str] = set()
    for file in profile.rglob("*"):
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            found |= {word for word, forms in wanted.items() if any(f in content for f in forms)}
    return found

"""The pictures of the docs are those that `make screenshots` takes, and each is shown somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from tests.browser.screenshots import FOR_DOCS

ROOT = Path(__file__).resolve().parents[2]


def test_every_picture_of_the_docs_is_taken_by_the_command_and_shown() -> None:
    kept = {picture.stem for picture in (ROOT / "docs/screenshots").iterdir()}
    shown = set(re.findall(r"screenshots/([a-z-]+)\.png", (ROOT / "docs/screens.md").read_text()))
    assert kept == FOR_DOCS == shown


def test_every_page_of_the_desk_has_a_picture() -> None:
    pages = (ROOT / "pwa/src/office/pages.ts").read_text()
    named = set(re.findall(r"name: \"([a-z-]+)\"", pages))
    elsewhere = {"sheets": "paper", "reports": "submission", "transcribe": "paper"}
    assert {elsewhere.get(name, name) for name in named} <= FOR_DOCS

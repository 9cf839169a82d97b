"""The audit and the months on paper: read back, with the names that break fonts."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from server.demo.school import TRYING_NAMES
from server.models import Student, table_of
from server.paper import BOX, Column, Report, write_pdf
from tests.support import cast
from tests.support.api import School, Tablet

SPAN = f"?from={cast.TUESDAY}&to={cast.TUESDAY}"
HOARD = ("Nguyễn Phúc Bảo Long", "Tôn Thất Keliʻihoʻomalu-Fernández")


def pages(tablet: Tablet, path: str) -> list[str]:
    answer = tablet.client.get(f"{tablet.path}/{path}{SPAN}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "application/pdf"
    return text_of(answer.get_data())


def text_of(content: bytes) -> list[str]:
    """Each page's words, however the lines were broken."""
    read = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return [re.sub(r"\s+", " ", text) for text in read]


@pytest.fixture
def lind(school: School) -> Tablet:
    """Ruiz has taken 8A; a student with a name of many accents was there after all."""
    one = school.cast.eight_a.students[3]
    named = dict(zip(("given_name", "family_name"), HOARD, strict=True))
    school.change(table_of(Student), named, student_id=one)
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[3, 5]))
    school.clock.set(cast.local(cast.WEDNESDAY, 9))
    lind = school.tablet(school.cast.lind)
    mark = {"student_id": str(one), "presence": "late", "why": "Čekal v kanceláři."}
    lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[mark]))
    return lind


def test_B7_3_the_audit_on_paper_says_who_asked_when_and_spells_every_name(lind: Tablet) -> None:
    (page,) = pages(lind, "audit.pdf")
    file = lind.client.get(f"{lind.path}/audit.csv{SPAN}").get_data()
    for words in (
        "Birch", "America/Los_Angeles", "October 6, 2026", "Asked for by R. Lind, 2026-10-07 09:00",
        "Entered the roll: 28 present, 2 absent", "D. Ruiz, employee ruiz, teacher",
        f"the mark of {' '.join(HOARD)} from absent to late. Why: Čekal v kanceláři.",
        "Not taken", "2026-10-07 09:00, a later day", "Page 1 of 1",
    ):  # fmt: skip
        assert words in page, words
    assert hashlib.sha256(file).hexdigest() in page.replace(" ", "")


def test_B7_3_the_months_on_paper_come_to_what_their_file_says(lind: Tablet) -> None:
    (page,) = pages(lind, "attendance/months.pdf")
    file = lind.client.get(f"{lind.path}/attendance/months.csv{SPAN}").get_data()
    assert "Attendance by month" in page
    assert re.search(r"October 2026 1 30 29 96\.66", page), page
    assert hashlib.sha256(file).hexdigest() in page.replace(" ", "")


def test_B7_3_the_head_of_the_table_and_the_school_are_on_each_page() -> None:
    names = [f"{given} {family}" for given, family in TRYING_NAMES]
    rows = [(f"{n}", names[n % len(names)], "山田") for n in range(120)]
    columns = (Column("Number", 1, numbers=True), Column("Student", 4), Column("Beside", 1))
    report = Report(
        "Students", "Alder Creek", "America/Los_Angeles", "November", "R. Lind",
        "2026-11-30 16:41", "ab" * 32, columns, rows,
    )  # fmt: skip
    read = text_of(write_pdf(report, datetime(2026, 12, 1, tzinfo=UTC)))
    assert len(read) > 2
    for n, page in enumerate(read, start=1):
        assert "Alder Creek. Students, November" in page
        assert "Number Student Beside" in page
        assert f"Page {n} of {len(read)}" in page
    every = " ".join(read)
    assert all(name.strip() in every for name in names)
    assert f"{BOX}{BOX}" in every  # no letter for these; the file spells them

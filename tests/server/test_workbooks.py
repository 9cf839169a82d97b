"""Attendance and the audit as workbooks: read back, they say what the CSV files say."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from server.models import Section, Student, table_of
from server.spreadsheet import Table
from server.workbook import write_xlsx
from tests.support import cast
from tests.support.api import School, Tablet

SPAN = f"?from={cast.TUESDAY}&to={cast.TUESDAY}"
EVIL = '=HYPERLINK("http://elsewhere.example","press")'


def lines(tablet: Tablet, path: str) -> list[list[Any]]:
    """A workbook's rows; no cell of it is a formula or a link."""
    answer = tablet.client.get(f"{tablet.path}/{path}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    sheet = load_workbook(io.BytesIO(answer.get_data())).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    return [[*row] for row in sheet.iter_rows(values_only=True)]


def as_in_csv(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.2f}"
    text = str(value)
    return f"'{text}" if text.startswith("=") else text


@pytest.fixture
def lind(school: School) -> Tablet:
    """Ruiz has taken 8A, in which somebody's name begins like a formula; so does the section."""
    one = school.cast.eight_a.students[3]
    school.change(table_of(Student), {"family_name": EVIL}, student_id=one)
    school.change(table_of(Section), {"title": EVIL}, section_id=school.cast.eight_a.section_id)
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[3, 5]))
    school.clock.set(cast.local(cast.WEDNESDAY, 9))
    lind = school.tablet(school.cast.lind)
    mark = {"student_id": str(one), "presence": "late", "why": EVIL}
    lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[mark]))
    return lind


@pytest.mark.parametrize(
    "path",
    ["attendance/students", "attendance/months", "audit"],
    ids=["students", "months", "audit"],
)
def test_B7_2_a_workbook_says_what_the_csv_file_says(lind: Tablet, path: str) -> None:
    found = lines(lind, f"{path}.xlsx{SPAN}")
    text = lind.client.get(f"{lind.path}/{path}.csv{SPAN}").get_data().decode("utf-8-sig")
    kept = [*csv.reader(io.StringIO(text))]
    assert len(kept) > 1
    shown = [[as_in_csv(value) for value in row] for row in found]
    # A share that is whole is a whole number in a workbook; the file spells its places.
    whole = [[cell.removesuffix(".00") for cell in row] for row in shown]
    assert whole == [[cell.removesuffix(".00") for cell in row] for row in kept]
    if path != "attendance/months":
        assert any(EVIL in str(value) for row in found for value in row)


def test_B7_2_dates_and_shares_are_what_a_spreadsheet_counts_with() -> None:
    row = (date(2026, 10, 6), Decimal("93.33"), 28, "2026-10-06", "@SUM(A1)", None, "0012")
    table = Table([f"Column {n}" for n in range(len(row))], [row])
    book = load_workbook(io.BytesIO(write_xlsx(table, "One", datetime(2026, 10, 7, tzinfo=UTC))))
    sheet = book["One"]
    assert [cell.value for cell in sheet[2]] == [
        datetime(2026, 10, 6), 93.33, 28, "2026-10-06", "@SUM(A1)", None, "0012",  # noqa: DTZ001
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[2]] == ["d", "n", "n", "s", "s", "n", "s"]
    assert sheet.freeze_panes == "A2"

"""Tables as workbooks (XLSX): numbers and dates are such, and text is only ever text (B7.2)."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from server.spreadsheet import Table

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST, NARROWEST = 48, 8
"""Columns in letters: a long reason is read in its own cell."""


def write_xlsx(table: Table, name: str, made_at: datetime) -> bytes:
    """A workbook of one sheet; its head stays in view, and a column can be filtered."""
    kept = io.BytesIO()
    with Workbook(kept, {"in_memory": True, **PLAIN}) as book:
        book.set_properties({"title": name, "created": made_at.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        share = book.add_format({"num_format": "0.00"})
        _fill(book.add_worksheet(name[:31]), table, head, {date: day, Decimal: share})
    return kept.getvalue()


def _fill(sheet: Worksheet, table: Table, head: Format, formats: dict[type, Format]) -> None:
    widths = [max(NARROWEST, *map(len, title.split())) + 2 for title in table.head]
    for column, title in enumerate(table.head):
        sheet.write_string(0, column, title, head)
    rows = [*table.rows]
    for row, line in enumerate(rows, start=1):
        for column, value in enumerate(line):
            _put(sheet, row, column, value, formats)
            widths[column] = max(widths[column], min(WIDEST, len(str(value or "")) + 2))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(table.head) - 1)


def _put(sheet: Worksheet, row: int, column: int, value: Any, formats: dict[type, Format]) -> None:
    if value is None:
        return
    if isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), formats[Decimal])
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[date])
    else:
        sheet.write_string(row, column, str(value))

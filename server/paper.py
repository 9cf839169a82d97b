"""Reports on paper (PDF): who asked for what, the head of the table on each page, pages counted.

Drawn with DejaVu Sans: the letters of Latin, Greek, Cyrillic, Armenian and Georgian. What no letter
is there for is drawn as an empty box, and written as it is in the files for spreadsheets.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace, TTFFont

from server.language import told
from sync.sentence import say

FONTS = resources.files("server").joinpath("fonts")
FACES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
FONT = "DejaVu"
BOX = "\u25a1"
LINE, ROW = 4.6, 3.8
"""Millimetres."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: how wide beside the others, and whether it holds numbers."""

    title: str
    width: int
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What is printed. `digest` is that of the same report as a CSV file; times are spelled."""

    title: str
    school: str
    zone: str
    about: str
    asked_by: str
    asked: str
    digest: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def write_pdf(report: Report, made_at: datetime) -> bytes:
    """The report on as many pages as it takes."""
    paper = _Paper(report, made_at)
    paper.add_page()
    paper.write_beginning()
    paper.write_table()
    return bytes(paper.output())


class _Paper(FPDF):
    """Pages of one report."""

    def __init__(self, report: Report, made_at: datetime) -> None:
        super().__init__(orientation="landscape", format="A4")
        self.report = report
        for style, name in FACES.items():
            with resources.as_file(FONTS.joinpath(name)) as path:
                self.add_font(FONT, style, path)
        plain = self.fonts[FONT.lower()]
        assert isinstance(plain, TTFFont)
        self.letters = frozenset(plain.cmap)
        self.set_creation_date(made_at)
        self.set_title(told(report.title))
        self.set_margins(12, 12)
        self.set_auto_page_break(auto=True, margin=16)

    def header(self) -> None:
        """On each page: whose report it is."""
        self.set_font(FONT, "", 7.5)
        one = self.report
        words = say(
            "{school}. {title}, {about}", school=one.school, title=one.title, about=one.about
        )
        self.cell(0, LINE, self.drawable(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def footer(self) -> None:
        """On each page: which it is of how many, and the beginning of the digest."""
        self.set_y(-12)
        self.set_font(FONT, "", 7.5)
        one = self.report
        words = say("Asked {at}, SHA-256 {digest}…", at=one.asked, digest=one.digest[:16])
        self.cell(0, LINE, self.drawable(words), align="L")
        self.set_x(self.l_margin)
        page = say("Page {page} of {pages}", page=self.page_no(), pages="{nb}")
        self.cell(0, LINE, self.drawable(page), align="R")

    def drawable(self, text: str) -> str:
        """Text in the reader's language that the font has letters for; a box for each it lacks."""
        composed = unicodedata.normalize("NFC", told(text))
        return "".join(one if ord(one) in self.letters else BOX for one in composed)

    def write_beginning(self) -> None:
        """What it is, who asked when, and how it can be told from another."""
        one = self.report
        self.set_font(FONT, "B", 15)
        self._say(one.title, 8)
        self.set_font(FONT, "", 8.5)
        self._say(say("{school}. {about}.", school=one.school, about=one.about))
        asked = {"who": one.asked_by, "at": one.asked, "zone": one.zone}
        self._say(say("Asked for by {who}, {at}. Times are of the zone {zone}.", **asked))
        self._say(say("SHA-256 of the same report as a CSV file: {digest}", digest=one.digest))
        self.ln(2)

    def _say(self, words: str, height: float = LINE) -> None:
        self.multi_cell(0, height, self.drawable(words), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def write_table(self) -> None:
        """The table; its head stands on each page again."""
        columns = self.report.columns
        self.set_font(FONT, "", 7.5)
        with self.table(
            col_widths=tuple(one.width for one in columns),
            text_align=tuple("RIGHT" if one.numbers else "LEFT" for one in columns),
            headings_style=FontFace(emphasis="BOLD"),
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            line_height=ROW,
            padding=0.8,
        ) as table:
            table.row([self.drawable(one.title) for one in columns])
            for line in self.report.rows:
                table.row([self.drawable("" if cell is None else str(cell)) for cell in line])

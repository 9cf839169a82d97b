"""Answers that a browser keeps as files, under names in which nobody's is."""

from __future__ import annotations

from enum import StrEnum

from flask import Response


class FileKind(StrEnum):
    """How a file's name ends."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


CONTENT = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
}


def download(content: bytes, name: str, kind: FileKind) -> Response:
    """A file of this kind."""
    kept = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content, content_type=CONTENT[kind], headers=kept)

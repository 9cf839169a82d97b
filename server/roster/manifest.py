"""Which files of a roster hold everything and which only changes."""

from __future__ import annotations

from collections.abc import Mapping

from server.roster.findings import Findings
from server.roster.records import Mode
from server.roster.sheet import Sheet, fold
from server.roster.source import Source
from server.roster.values import word

FILES = ("orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments")


def modes_of(
    source: Source, findings: Findings, encoding: str, said: Mode | None = None
) -> dict[str, Mode]:
    """Each file's mode: as the operator says, else as the manifest says, else bulk.

    A file that is there is read, whatever the manifest says of it.
    """
    announced = _announced(source, findings, encoding)
    usual = Mode.DELTA if Mode.DELTA in announced.values() else Mode.BULK
    if not source.has("manifest") and said is None:
        findings.note("no_manifest", "manifest.csv", mode=usual)
    modes: dict[str, Mode] = {}
    for name in FILES:
        mode = announced.get(fold(name))
        if not source.has(name):
            modes[name] = Mode.ABSENT
            if mode in {Mode.BULK, Mode.DELTA}:
                findings.note("not_there", f"{name}.csv")
            continue
        if mode is Mode.ABSENT and said is None:
            what = f"it calls {name} absent, but the file is there and is read as {usual}"
            findings.note("bad_manifest", source.file("manifest"), what=what)
        modes[name] = said or (usual if mode in {None, Mode.ABSENT} else mode)
    return modes


def _announced(source: Source, findings: Findings, encoding: str) -> Mapping[str, Mode]:
    if not source.has("manifest"):
        return {}
    sheet = Sheet(
        source, "manifest", findings, ("propertyName", "value"), ("propertyName",), encoding
    )
    found: dict[str, Mode] = {}
    for line in sheet.rows():
        prefix, _, name = line["propertyName"].partition(".")
        if word(prefix) != "file" or not name:
            continue
        value = word(line["value"])
        if value in set(Mode):
            found[fold(name)] = Mode(value)
        else:
            line.note("bad_manifest", "value", what=f"{name} is not bulk, delta or absent")
    return found

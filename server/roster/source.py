"""Opens a zip or a folder of CSV files without trusting it: nothing is extracted, all is counted.

Members come from a fixed list of names; paths that climb, links, encryption, nested zips, bombs and
lying sizes are refused (trust: malicious uploads).
"""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
import zlib
from collections.abc import Collection, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from server.roster.findings import Findings, Refused, refusal

MB = 1024 * 1024
CHUNK = 64 * 1024
ARCHIVES = {".zip", ".gz", ".7z", ".rar"}
SMALL = MB  # below this any ratio is harmless


@dataclass(frozen=True)
class Limits:
    """How much is read from one file before it is refused."""

    members: int = 100
    compressed: int = 50 * MB
    inflated: int = 500 * MB
    ratio: int = 200


@dataclass
class Source:
    """The known files of one roster, by lower-case name without `.csv`."""

    name: str
    limits: Limits
    archive: zipfile.ZipFile | None = None
    paths: dict[str, Path] = field(default_factory=dict)
    members: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    texts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Files that came in a request: their names as sent, and what is in them."""
    counted: dict[str, int] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return any(name.lower() in there for there in (self.paths, self.members, self.texts))

    def size(self, name: str) -> int:
        """How large the file is, or says it is."""
        key = name.lower()
        if key in self.texts:
            return len(self.texts[key][1])
        return (
            self.members[key].file_size if key in self.members else self.paths[key].stat().st_size
        )

    def file(self, name: str) -> str:
        """The file's name as it was sent, for findings; the usual name where it is missing."""
        key = name.lower()
        if key in self.members:
            return self.members[key].filename
        if key in self.texts:
            return self.texts[key][0]
        return self.paths[key].name if key in self.paths else f"{name}.csv"

    def chunks(self, name: str) -> Generator[bytes, None, None]:
        """The file's bytes, counted while they are read. Raises Refused."""
        key, read = name.lower(), 0
        try:
            with self._open(key) as stream:
                while chunk := stream.read(CHUNK):
                    read += len(chunk)
                    self._count(key, read)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as no:
            raise refusal("damaged_zip", self.file(name), why=no) from no

    def _open(self, key: str) -> contextlib.AbstractContextManager[IO[bytes]]:
        if self.archive is not None:
            return self.archive.open(self.members[key])
        if key in self.texts:
            return io.BytesIO(self.texts[key][1])
        return self.paths[key].open("rb")

    def _count(self, key: str, read: int) -> None:
        self.counted[key] = max(read, self.counted.get(key, 0))
        if sum(self.counted.values()) > self.limits.inflated:
            raise _too_large(self.file(key), self.limits.inflated)
        member = self.members.get(key)
        if member and read > max(SMALL, self.limits.ratio * member.compress_size):
            raise refusal("bomb", self.file(key), ratio=self.limits.ratio)


@contextlib.contextmanager
def opened(
    path: Path, known: Collection[str], findings: Findings, limits: Limits | None = None
) -> Iterator[Source]:
    """The known files in a zip or a folder. Raises Refused when it is not safe or not readable."""
    limits = limits or Limits()
    names = {name.lower() for name in known}
    if path.is_dir():
        yield _from_folder(path, names, findings, limits)
        return
    if not path.is_file():
        raise refusal("no_such_file", str(path))
    if path.stat().st_size > limits.compressed:
        raise _too_large(path.name, limits.compressed)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as no:
        raise refusal("not_a_zip", path.name) from no
    with archive:
        yield _from_zip(Source(path.name, limits, archive), names, findings)


def of_texts(
    texts: Iterable[tuple[str, str]], known: Collection[str], findings: Findings
) -> Source:
    """The known files among those that came in a request; nothing is written anywhere. Raises
    Refused where one is there twice."""
    names = {name.lower() for name in known}
    source = Source("files", Limits())
    for sent, text in texts:
        path = PurePosixPath(sent)
        name = path.stem.lower()
        if path.suffix.lower() != ".csv" or name not in names:
            findings.note("ignored_file", sent)
        elif name in source.texts:
            raise refusal("file_twice", sent)
        else:
            source.texts[name] = sent, text.encode(errors="surrogatepass")
    return source


def _from_folder(path: Path, known: set[str], findings: Findings, limits: Limits) -> Source:
    inside = [child for child in sorted(path.iterdir()) if not child.name.startswith(".")]
    if len(inside) == 1 and inside[0].is_dir():
        return _from_folder(inside[0], known, findings, limits)
    source = Source(path.name, limits)
    for child in inside:
        name = child.stem.lower()
        if child.is_file() and child.suffix.lower() == ".csv" and name in known:
            source.paths[name] = child
        else:
            findings.note("ignored_file", child.name)
    return source


def _from_zip(source: Source, known: set[str], findings: Findings) -> Source:
    assert source.archive is not None
    members = [m for m in source.archive.infolist() if not _is_clutter(m)]
    if len(members) > source.limits.members:
        raise refusal("too_many_files", source.name, count=len(members))
    if any(m.filename.startswith("xl/") for m in members):
        raise refusal("workbook", source.name)
    for member in members:
        _check(source, member)
    folders = {PurePosixPath(m.filename).parent for m in members}
    top = folders.pop() if len(folders) == 1 else PurePosixPath()
    for member in members:
        path = PurePosixPath(member.filename)
        name = path.stem.lower()
        if path.parent != top or path.suffix.lower() != ".csv" or name not in known:
            findings.note("ignored_file", member.filename)
        elif name in source.members:
            raise refusal("file_twice", member.filename)
        else:
            source.members[name] = member
    if sum(m.file_size for m in source.members.values()) > source.limits.inflated:
        raise _too_large(source.name, source.limits.inflated)
    return source


def _is_clutter(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or "__MACOSX" in parts or parts[-1:] in {(".DS_Store",), ("Thumbs.db",)}


def _check(source: Source, member: zipfile.ZipInfo) -> None:
    """Raises Refused for a member that no honest export holds."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    faults = {
        "unsafe_name": path.is_absolute() or ".." in path.parts or ":" in member.filename,
        "link": stat.S_ISLNK(member.external_attr >> 16),
        "encrypted": bool(member.flag_bits & 0x1),
        "nested": path.suffix.lower() in ARCHIVES,
        "compression": member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED},
        "bomb": member.file_size > max(SMALL, source.limits.ratio * member.compress_size),
    }
    for code, found in faults.items():
        if found:
            raise refusal(code, source.name, found=member.filename, ratio=source.limits.ratio)


def _too_large(file: str, limit: int) -> Refused:
    return refusal("too_large", file, limit=limit // MB)

"""The columns that stored marks are made of: nums, codes, shared variants; and packed instants."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from sync.sentence import Sentence

FORMAT = 1
WIDE_NUMS = 2
WIDE_CODES = 4
FEW_CODES = 8
"""Nearly all codes are the same: it, then place and code of each that is not."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def _in_english(one: object) -> str:
    """What is kept is kept in English."""
    if isinstance(one, Sentence):
        return one.english
    raise NotImplementedError(type(one).__name__)


encode: Callable[[Any], bytes] = msgspec.msgpack.Encoder(enc_hook=_in_english).encode
decode: Callable[[bytes], Any] = msgspec.msgpack.Decoder().decode


class Variants:
    """What some marks have in common beside their presence, each kept once."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self._places: dict[bytes, int] = {}

    def place(self, rest: Any) -> int:
        """Where it lies, counted from 1."""
        key = encode(rest)
        if key not in self._places:
            self.kept.append(rest)
            self._places[key] = len(self.kept)
        return self._places[key]


def pack_columns(
    nums: Sequence[int],
    codes: Sequence[int],
    variants: list[Any],
    after: list[Any] | None,
    before: tuple[Any, ...] = (),
) -> bytes:
    """Nums, codes and variants as narrow as they may be, between what stands before and after."""
    form = FORMAT
    wide_nums = max(nums, default=0) > 0xFFFF
    wide_codes = len(variants) > 31
    form |= WIDE_NUMS * wide_nums | WIDE_CODES * wide_codes
    narrow = b"" if wide_codes else bytes(codes)
    few = _few(narrow)
    form |= FEW_CODES * (few is not None)
    return encode(
        [
            form,
            *before,
            _to_bytes("I" if wide_nums else "H", nums),
            _to_bytes("H", codes) if wide_codes else narrow if few is None else few,
            variants,
            *(after or ()),
        ]
    )


def read_columns(form: int, nums: bytes, codes: bytes) -> tuple[Sequence[int], Sequence[int]]:
    """The nums and codes again. Raises ValueError for a format of a newer version."""
    if form & ~(WIDE_NUMS | WIDE_CODES | FEW_CODES) != FORMAT:
        raise ValueError(f"marks are stored in format {form}, which this version cannot read")
    students = _from_bytes("I" if form & WIDE_NUMS else "H", nums)
    if form & FEW_CODES:
        return students, _many(codes, len(students))
    return students, _from_bytes("H", codes) if form & WIDE_CODES else codes


def _few(codes: bytes) -> bytes | None:
    """The codes by what most of them are, where that is shorter."""
    if not 0 < len(codes) < 256:
        return None
    usual = max(sorted(set(codes)), key=codes.count)
    if 2 * (len(codes) - codes.count(usual)) + 1 >= len(codes):
        return None
    odd = [part for place, code in enumerate(codes) if code != usual for part in (place, code)]
    return bytes([usual, *odd])


def _many(few: bytes, length: int) -> bytes:
    codes = bytearray(few[:1] * length)
    for place, code in zip(few[1::2], few[2::2], strict=True):
        codes[place] = code
    return bytes(codes)


def _to_bytes(width: str, numbers: Sequence[int]) -> bytes:
    column = array(width, numbers)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _from_bytes(width: str, packed: bytes) -> Sequence[int]:
    column = array(width)
    column.frombytes(packed)
    if sys.byteorder == "big":
        column.byteswap()
    return column


def split_ids(packed: bytes) -> list[UUID]:
    """Ids that lie one after the other."""
    return [UUID(bytes=packed[at : at + 16]) for at in range(0, len(packed), 16)]


def pack_moment(moment: datetime | None) -> int | str | None:
    """Milliseconds since 1970; text for an instant that has a finer fraction."""
    if moment is None:
        return None
    return moment.isoformat() if moment.microsecond % 1000 else to_ms(moment)


def unpack_moment(packed: int | str | None) -> datetime | None:
    """The instant again."""
    if packed is None:
        return None
    return from_ms(packed) if isinstance(packed, int) else datetime.fromisoformat(packed)


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970."""
    return (moment - EPOCH) // MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """The instant, aware and in UTC."""
    return EPOCH + milliseconds * MILLISECOND


def spell(moment: datetime) -> str:
    """An instant as the wire has it; finer fractions than a millisecond are cut."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

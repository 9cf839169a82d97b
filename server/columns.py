"""The columns that stored marks are made of: nums, codes, shared variants; and packed instants."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

FORMAT = 1
WIDE_NUMS = 2
WIDE_CODES = 4
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

encode: Callable[[Any], bytes] = msgspec.msgpack.Encoder().encode
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
    return encode(
        [
            form,
            *before,
            _to_bytes("I" if wide_nums else "H", nums),
            _to_bytes("H", codes) if wide_codes else bytes(codes),
            variants,
            *(after or ()),
        ]
    )


def read_columns(form: int, nums: bytes, codes: bytes) -> tuple[Sequence[int], Sequence[int]]:
    """The nums and codes again. Raises ValueError for a format of a newer version."""
    if form & ~(WIDE_NUMS | WIDE_CODES) != FORMAT:
        raise ValueError(f"marks are stored in format {form}, which this version cannot read")
    return (
        _from_bytes("I" if form & WIDE_NUMS else "H", nums),
        _from_bytes("H", codes) if form & WIDE_CODES else codes,
    )


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

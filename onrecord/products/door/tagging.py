"""The words in EXIF data and TIFF files: every entry of every directory that may hold any.

Sources: TIFF 6.0 section 2; Exif 2.32 (CIPA DC-008) 4.6.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_START = re.compile(rb"II\*\0|MM\0\*")
_DIRECTORIES = frozenset({0x014A, 0x8769, 0x8825, 0xA005})
"""Entries that lead to further directories: of other sizes, of EXIF, of a place, of formats."""
_WORDS = frozenset({1, 2, 6, 7, 129})
"""Types whose values may be words: bytes, ASCII, what is not said, UTF-8."""
_MOST = 1 << 20
_MOST_DIRECTORIES = 256
WIDE = range(0x9C9B, 0x9CA0)
"""Entries that Windows writes in UTF-16."""
_CODES: dict[bytes, tuple[str, ...]] = {
    b"ASCII\0\0\0": ("utf-8",),
    b"UNICODE\0": ("utf-16-le", "utf-16-be"),
    b"JIS\0\0\0\0\0": ("iso2022_jp",),
    bytes(8): ("utf-8",),
}


def entries(data: bytes) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """Values that may be words, with what they are said to be written in, wherever they stand."""
    for match in _START.finditer(data):
        for tag, value in _values(data[match.start() :] if match.start() else data):
            for code, written in _CODES.items():
                if value.startswith(code):
                    yield value[len(code) :], written
            yield value, ("utf-16-le",) if tag in WIDE else ()


def _values(data: bytes) -> Iterator[tuple[int, bytes]]:
    order = "<" if data[:2] == b"II" else ">"
    seen: set[int] = set()
    waiting = [4]
    while waiting and len(seen) < _MOST_DIRECTORIES:
        try:
            (at,) = struct.unpack_from(f"{order}I", data, waiting.pop())
            if at and at not in seen:
                seen.add(at)
                yield from _directory(data, order, at, waiting)
        except struct.error:
            continue  # it breaks off: what is whole was read


def _directory(data: bytes, order: str, at: int, waiting: list[int]) -> Iterator[tuple[int, bytes]]:
    (count,) = struct.unpack_from(f"{order}H", data, at)
    waiting.append(at + 2 + 12 * count)
    for place in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, number = struct.unpack_from(f"{order}HHI", data, place)
        start = place + 8
        if tag in _DIRECTORIES:
            if number > 1:
                (start,) = struct.unpack_from(f"{order}I", data, start)
            waiting += range(start, start + 4 * min(number, _MOST_DIRECTORIES), 4)
        elif kind in _WORDS and number <= _MOST:
            if number > 4:
                (start,) = struct.unpack_from(f"{order}I", data, start)
            yield tag, data[start : start + number]

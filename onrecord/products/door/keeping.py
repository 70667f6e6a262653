"""The blocks of a picture that hold neither pixels nor tables, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

_NO_WORDS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANMF", b"ANIM", b"EXIF"})
"""Chunks of WebP with pixels, and EXIF data, which are read apart."""
_END_OF_PNG = b"IEND\xaeB`\x82"


def kept_apart(data: bytes) -> Iterator[bytes]:
    """Such blocks of a JPEG, GIF, PNG or WebP file, as far as it is whole."""
    if data.startswith(b"\xff\xd8"):
        yield from _of_jpeg(data)
    elif data.startswith(b"GIF8"):
        yield from _of_gif(data)
    elif data.startswith(b"RIFF"):
        yield from _of_riff(data)
    elif _END_OF_PNG in data:
        yield b"\n" + data[data.rindex(_END_OF_PNG) + len(_END_OF_PNG) :]


def _of_jpeg(data: bytes) -> Iterator[bytes]:
    """Comments and what programs keep (ITU-T T.81 annex B); of EXIF data they are read apart."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4])
        told = data[at + 1] == 0xFE or 0xE0 <= data[at + 1] <= 0xEF
        if told and data[at + 4 : at + 10] != b"Exif\0\0":
            yield b"\n" + data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)
    end = data.rfind(b"\xff\xd9")
    if end >= 0:
        yield b"\n" + data[end + 2 :]


def _of_gif(data: bytes) -> Iterator[bytes]:
    """Comments, words and what programs keep (GIF89a 23 to 26): as bytes, and put together."""
    at = 13 + _table(data[10:11])
    while at + 2 <= len(data) and data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:
            at += 10 + _table(data[at + 9 : at + 10]) + 1
        else:
            at += 2
        joined = b""
        while at < len(data) and data[at]:
            joined += data[at + 1 : at + 1 + data[at]]
            at += 1 + data[at]
        at += 1
        if data[start] != 0x2C:
            yield b"\n" + data[start + 2 : at]
            yield b"\n" + joined
    yield b"\n" + data[at + 1 :]


def _table(flags: bytes) -> int:
    """Bytes of a table of colours."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _of_riff(data: bytes) -> Iterator[bytes]:
    """Chunks of a WebP file (RFC 9649) that may hold words."""
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] not in _NO_WORDS:
            yield b"\n" + data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2

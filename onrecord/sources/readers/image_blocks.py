"""Where words lie in a picture: the blocks of metadata in JPEG, PNG, WebP and TIFF files.

Files are walked from block to block and what is between is passed over: no pixel is decoded, so
that a picture that unfolds to more than there is memory for costs nothing. Libraries that show
pictures unpack the pixels of a PNG file to find a text behind them, and those of a WebP file need
room before its first word is known.

Sources: ITU-T T.81 annex B (JPEG), W3C PNG (third edition) 11.3, RFC 9649 (WebP), TIFF 6.0 section
2, XMP part 3, and for resources of Photoshop its File Formats Specification.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from onrecord.sources.fault import TooLarge
from onrecord.sources.limits import Limits

JPEG, PNG, WEBP, TIFF = "image/jpeg", "image/png", "image/webp", "image/tiff"

_PNG_START = b"\x89PNG\r\n\x1a\n"
_STARTS = {JPEG: (b"\xff\xd8\xff",), PNG: (_PNG_START,), TIFF: (b"II*\0", b"MM\0*")}
_EXIF, _XMP = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP, _PHOTOSHOP = b"http://ns.adobe.com/xmp/extension/\0", b"Photoshop 3.0\0"
_IPTC = 0x0404
"""The number of the resource of Photoshop that holds IPTC data."""
_SIGNATURES = (b"8BIM", b"8B64", b"PHUT", b"AgHg", b"DCSR", b"MeSa")
_SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8)
"""Bytes of one value by the type of a TIFF entry."""
_TIFF_XMP, _TIFF_IPTC, _TIFF_PHOTOSHOP = 700, 33723, 34377
_WANTED = frozenset({270, 315, _TIFF_XMP, _TIFF_IPTC, _TIFF_PHOTOSHOP, *range(40091, 40096)})
_RAW_PROFILE = re.compile(rb"\s*+[^\n]++\n\s*+\d++\s++([0-9a-fA-F\s]*+)\Z")


@dataclass(slots=True)
class Blocks:
    """Metadata as it lies in a picture.

    `exif` has the bytes of each wanted TIFF entry by its number; `texts` the keyword, the bytes and
    the encoding of each text of a PNG file. `damage` says what is broken, in the order it was met.
    """

    xmp: list[bytes] = field(default_factory=list)
    iptc: list[bytes] = field(default_factory=list)
    exif: list[dict[int, bytes]] = field(default_factory=list)
    texts: list[tuple[str, bytes, str]] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)


def image_type(data: bytes) -> str | None:
    """The media type of a picture that has a reader, by its first bytes."""
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    return next((kind for kind, starts in _STARTS.items() if data.startswith(starts)), None)


def blocks_of(data: bytes, media_type: str, limits: Limits) -> Blocks:
    """The metadata of a picture, as far as it is whole. Raises `TooLarge`."""
    blocks = Blocks()
    _WALKS[media_type](data, blocks, limits)
    return blocks


def _jpeg(data: bytes, blocks: Blocks, limits: Limits) -> None:
    photoshop, more = b"", dict[bytes, list[bytes]]()
    for marker, body in _segments(data, blocks):
        if marker == 0xE1 and body.startswith(_EXIF):
            _exif(body[6:], blocks, limits)
        elif marker == 0xE1 and body.startswith(_XMP):
            blocks.xmp.append(body[len(_XMP) :])
        elif marker == 0xE1 and body.startswith(_MORE_XMP):
            portion = body[len(_MORE_XMP) :]
            more.setdefault(portion[:32], []).append(portion[32:])
        elif marker == 0xED and body.startswith(_PHOTOSHOP):
            photoshop += body[len(_PHOTOSHOP) :]
    _resources(photoshop, blocks)
    for portions in more.values():
        _extended(portions, blocks)


def _segments(data: bytes, blocks: Blocks) -> Iterator[tuple[int, bytes]]:
    """Each marker before the image with what belongs to it."""
    at = 2
    while 0 <= at < len(data) - 3:
        marker = data[at + 1]
        if data[at] != 0xFF:
            at = data.find(b"\xff", at)
        elif marker in (0x00, 0xFF):
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
        elif marker in (0xDA, 0xD9):
            if data.find(b"\xff\xd9", at) < 0:
                blocks.damage.append("the end of the picture is missing")
            return
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
            if end > len(data) or end < at + 4:
                break
            yield marker, data[at + 4 : end]
            at = end
    blocks.damage.append("it breaks off before the picture begins")


def _extended(portions: list[bytes], blocks: Blocks) -> None:
    """XMP that was too long for one segment: length of all, offset and bytes of each portion."""
    if any(len(portion) < 8 for portion in portions):
        blocks.damage.append("a part of its XMP is missing")
        return
    parts = sorted((*struct.unpack(">II", portion[:8]), portion[8:]) for portion in portions)
    joined = b"".join(part for *_, part in parts)
    if {whole for whole, *_ in parts} == {len(joined)}:
        blocks.xmp.append(joined)
    else:
        blocks.damage.append("a part of its XMP is missing")


def _resources(data: bytes, blocks: Blocks) -> None:
    """IPTC data among the resources of Photoshop."""
    at = 0
    while at + 12 <= len(data):
        if data[at : at + 4] not in _SIGNATURES:
            blocks.damage += ["its IPTC data are broken"] if data[at:].strip(b"\0") else []
            return
        number, named = struct.unpack(">xxxxHB", data[at : at + 7])
        start = at + 6 + (named + 2) // 2 * 2 + 4
        size = int.from_bytes(data[start - 4 : start])
        if number == _IPTC:
            blocks.iptc.append(data[start : start + size])
        if start + size > len(data):
            blocks.damage.append("its IPTC data break off")
            return
        at = start + size + size % 2


def _exif(data: bytes, blocks: Blocks, limits: Limits) -> None:
    """The entries of a TIFF structure, as EXIF data are one, of each page."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        blocks.damage.append("its EXIF data are broken")
        return
    seen = set[int]()
    try:
        (at,) = struct.unpack_from(f"{order}I", data, 4)
        while at and at not in seen and len(seen) < limits.max_pages:
            seen.add(at)
            blocks.exif.append({})
            at = _page(data, order, at, blocks)
    except struct.error:
        blocks.damage.append("its EXIF or TIFF data break off")


def _page(data: bytes, order: str, at: int, blocks: Blocks) -> int:
    """The wanted entries of a page go to the last of `exif`; where the next page stands."""
    (count,) = struct.unpack_from(f"{order}H", data, at)
    for place in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, number = struct.unpack_from(f"{order}HHI", data, place)
        if tag not in _WANTED or kind >= len(_SIZES):
            continue
        size, start = _SIZES[kind] * number, place + 8
        if size > 4:
            (start,) = struct.unpack_from(f"{order}I", data, start)
        if start + size > len(data):
            blocks.damage.append("its EXIF or TIFF data break off")
        else:
            blocks.exif[-1].setdefault(tag, data[start : start + size])
    return int(struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)[0])


def _tiff(data: bytes, blocks: Blocks, limits: Limits) -> None:
    _exif(data, blocks, limits)
    for page in blocks.exif:
        blocks.xmp += [page[_TIFF_XMP]] if _TIFF_XMP in page else []
        blocks.iptc += [page[_TIFF_IPTC]] if _TIFF_IPTC in page else []
        _resources(page.get(_TIFF_PHOTOSHOP, b""), blocks)


def _webp(data: bytes, blocks: Blocks, limits: Limits) -> None:
    if 8 + int.from_bytes(data[4:8], "little") > len(data):
        blocks.damage.append("the end of the picture is missing")
    at = 12
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if len(body) < size:
            return
        if kind in (b"XMP ", b"XMP\0"):  # the second is what ImageMagick wrote for years
            blocks.xmp.append(body)
        elif kind == b"EXIF":
            _exif(body[6:] if body.startswith(_EXIF) else body, blocks, limits)
        at += 8 + size + size % 2


def _png(data: bytes, blocks: Blocks, limits: Limits) -> None:
    at = len(_PNG_START)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        body, end = data[at + 8 : at + 8 + size], at + 12 + size
        if end > len(data) or not kind.isalpha():
            break
        if kind in _TEXTS or kind == b"eXIf":
            if zlib.crc32(body, zlib.crc32(kind)) != int.from_bytes(data[end - 4 : end]):
                blocks.damage.append("a text in it was altered or is damaged: it is left out")
            elif kind == b"eXIf":
                _exif(body, blocks, limits)
            else:
                _text(kind, body, blocks, limits)
        if kind == b"IEND":
            return
        at = end
    blocks.damage.append("the end of the picture is missing")


def _text(kind: bytes, body: bytes, blocks: Blocks, limits: Limits) -> None:
    """A text of a PNG file, or the XMP or IPTC data that stand in one."""
    keyword, _, rest = body.partition(b"\0")
    name = keyword.decode("latin-1")
    if name not in _KEYWORDS:
        return
    packed = kind == b"zTXt" or (kind == b"iTXt" and rest[:1] == b"\x01")
    if kind == b"iTXt":
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    elif packed:
        rest = rest[1:]
    text = _inflated(rest, blocks, limits) if packed else rest
    raw = _RAW_PROFILE.match(text) if name.startswith("Raw profile") else None
    if name == "XML:com.adobe.xmp":
        blocks.xmp.append(text)
    elif raw is not None:
        _raw_profile(raw[1], blocks, limits)
    elif not name.startswith("Raw profile"):
        blocks.texts.append((name, text, "utf-8" if kind == b"iTXt" else "latin-1"))


def _raw_profile(digits: bytes, blocks: Blocks, limits: Limits) -> None:
    """Metadata that a program took over from another format: hexadecimal."""
    whole = b"".join(digits.split())
    profile = bytes.fromhex(whole[: len(whole) // 2 * 2].decode())
    if profile.startswith(_EXIF):
        _exif(profile[6:], blocks, limits)
    elif profile.startswith(b"\x1c"):
        blocks.iptc.append(profile)
    elif profile.startswith(_SIGNATURES):
        _resources(profile, blocks)
    elif profile:
        blocks.xmp.append(profile.removeprefix(_XMP))


def _inflated(packed: bytes, blocks: Blocks, limits: Limits) -> bytes:
    inflating = zlib.decompressobj()
    try:
        text = inflating.decompress(packed, 4 * limits.max_text)
    except zlib.error:
        blocks.damage.append("a text in it cannot be unpacked")
        return b""
    if inflating.unconsumed_tail:
        raise TooLarge(
            "the picture unpacks to too much text",
            why=f"at most {limits.max_text:,} characters of one file are read",
            todo="do not open it unless you know who made it",
        )
    return text


_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_KEYWORDS = frozenset(
    {"Title", "Author", "Description", "XML:com.adobe.xmp"}
    | {f"Raw profile type {kind}" for kind in ("iptc", "8bim", "xmp", "exif", "APP1")}
)
"""Keywords of texts in PNG files that are read; Comment and Software are what programs write."""
_WALKS: dict[str, Callable[[bytes, Blocks, Limits], None]] = {
    JPEG: _jpeg,
    PNG: _png,
    WEBP: _webp,
    TIFF: _tiff,
}

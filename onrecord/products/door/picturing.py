"""What is said inside of pictures: descriptions, captions and keywords, handed on as text.

Among the bytes of a picture a short name stands by chance; in its metadata it was written.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

from onrecord.products.door.keeping import kept_apart
from onrecord.products.door.tagging import entries
from onrecord.products.door.undoing import is_binary
from onrecord.sources.fault import TooLarge
from onrecord.sources.limits import Limits
from onrecord.sources.readers.image_blocks import blocks_of, image_type

Part = tuple[str, IO[bytes]]
_MOST_OF_A_STREAM = 1 << 28
_HEADERS = re.compile(
    b"|".join(
        re.escape(bytes((first, second)))
        for first in range(0x08, 0x80, 0x10)
        for second in range(256)
        if (first << 8 | second) % 31 == 0 and not second & 0x20
    ),
    re.DOTALL,
)
"""Every beginning of a stream that says all it needs (RFC 1950)."""
_RAW_PROFILE = re.compile(rb"\s*[^\n]+\n\s*\d+\s+([0-9a-fA-F\s]{8,})\Z")
"""Metadata of other formats as ImageMagick writes them: their name, length, and bytes in digits."""
_OLD = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1255", "cp1256"),
    *("koi8-r", "iso8859-5", "iso8859-6", "mac-roman", "cp1254", "cp1257"),
    *("gb18030", "big5", "shift_jis", "euc_kr"),
)
"""What words in old metadata may be written in, where they are no UTF-8; none of them says so."""
_APART = "\n||||||\n"
_WIDE_PACKET = re.compile(r"<x:xmpmeta\b.*?</x:xmpmeta>", re.DOTALL)
_PACKET = re.compile(rb"<(?:x:xmpmeta|rdf:RDF)\b.*?</(?:x:xmpmeta|rdf:RDF)>", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]+")


def of_picture(file: IO[bytes]) -> Iterator[Part]:
    """The words inside of a picture: what its kind keeps apart, and what stands behind it."""
    data = file.read()
    yield "EXIF", as_text(entries(data))
    for packet in (*_PACKET.findall(data), *_wide_packets(data)):
        yield "XMP", as_text([(packet, ())])
    for block in kept_apart(data):
        yield "comment", io.BytesIO(block)
        if not is_binary(block.replace(b"\0", b" ")):
            yield "comment", as_text((run, ()) for run in (block, *block.split(b"\0")))
    media_type = image_type(data)
    if media_type is None:
        return
    try:
        blocks = blocks_of(data, media_type, Limits())
    except TooLarge as error:
        raise ValueError(error.what) from error
    for packet in blocks.xmp:
        yield "XMP", io.BytesIO(b"\n" + packet)
        if b"\0" not in packet:  # else it is UTF-16, which the search knows
            yield "XMP", as_text([(packet, ())])
    for block in blocks.iptc:
        yield "IPTC", as_text((value, ()) for value in _data_sets(block))


def _wide_packets(data: bytes) -> Iterator[bytes]:
    for code in ("utf-16-le", "utf-16-be"):
        if "<x:xmpmeta".encode(code) in data:
            yield from (p.encode() for p in _WIDE_PACKET.findall(data.decode(code, "replace")))


def of_png(file: IO[bytes]) -> Iterator[Part]:
    """The texts of a PNG file, and what else its metadata hold."""
    file.read(8)
    while head := file.read(8):
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if kind not in _PIXELS:
            body = file.read(length)
            for part in _chunk(kind, body):
                yield kind.decode("latin-1"), part
            file.read(4)
        else:
            file.seek(length + 4, io.SEEK_CUR)
    file.seek(0)
    yield from of_picture(file)


_PIXELS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"fdAT", b"gAMA", b"cHRM", b"pHYs"}
)


def _chunk(kind: bytes, body: bytes) -> Iterator[IO[bytes]]:
    yield io.BytesIO(body)
    if kind == b"iTXt":  # its text may be packed: its keyword in two languages is not
        yield as_text((run, ()) for run in body.split(b"\0")[:5])
    if not is_binary(body.replace(b"\0", b" ")):
        yield as_text((run, ()) for run in body.split(b"\0"))
        yield from _profile(body.rpartition(b"\0")[2])
    for match in _HEADERS.finditer(body):
        inflated = zlib.decompressobj()
        try:
            made = inflated.decompress(memoryview(body)[match.start() :], _MOST_OF_A_STREAM)
        except zlib.error:
            continue  # two bytes that only look like the beginning of a stream
        yield io.BytesIO(made)
        if kind in (b"zTXt", b"iTXt") and not is_binary(made):
            yield as_text([(made, ())])
            yield from _profile(made)


def _profile(text: bytes) -> Iterator[IO[bytes]]:
    raw = _RAW_PROFILE.match(text)
    if raw is not None:
        digits = b"".join(raw[1].split())
        yield io.BytesIO(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()))


def _data_sets(block: bytes) -> Iterator[bytes]:
    """The values of IPTC data (IIM 4, 1.5); what is broken as it is."""
    at = 0
    while block[at : at + 1] == b"\x1c" and at + 5 <= len(block):
        size, start = int.from_bytes(block[at + 3 : at + 5]), at + 5
        if size & 0x8000:
            more = size & 0x7FFF
            size, start = int.from_bytes(block[start : start + more]), start + more
        yield block[start : start + size]
        at = start + size
    yield block[at:]


def as_text(runs: Iterable[tuple[bytes, tuple[str, ...]]]) -> IO[bytes]:
    """Runs of bytes as the text that they may be, far apart, in UTF-8; each with its encodings."""
    said = [text for run, written in runs for text in _decoded(run, written)]
    # A text is no file, whatever it begins with; and what ends with a control character is one.
    whole = _CONTROL.sub(" ", _APART + _APART.join(said) + _APART)
    return io.BytesIO(whole.encode("utf-8", "replace"))


def _decoded(run: bytes, written: Iterable[str]) -> Iterator[str]:
    for code in written:
        yield run.decode(code, "replace").strip("\0\ufeff")
    if run.count(b"\0") * 4 > len(run):
        yield from (run.decode(code, "replace") for code in ("utf-16-le", "utf-16-be"))
    # What stands between two zeros is a word of its own: letters of UTF-16 make none together.
    for part in filter(None, run.split(b"\0")):
        try:
            yield part.decode()
        except UnicodeDecodeError:
            yield from (part.decode(old, "replace") for old in _OLD)

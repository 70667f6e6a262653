"""Bytes to characters: which encoding a text is in, and where it breaks off."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from onrecord.sources.fault import FaultError, Unreadable
from onrecord.sources.legacy import guess, latin_encodings

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252")
"""Names that are used for cp1252 on the web (WHATWG Encoding Standard, "windows-1252")."""
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and a warning where that was guessed."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of a plain-text file: by its byte order mark, as UTF-8, as UTF-16 or -32 without a
    mark, or in the legacy encoding that fits best.

    Raises `Unreadable` with the offset of the first byte that does not fit: for NUL bytes in a
    text, two encodings in one file, and bytes that are no text at all.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding), encoding)
    if b"\0" in data:
        return _wide(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error.start)


def decode_as(data: bytes, declared: str | None) -> Decoded:
    """As `decode`, for a file that declares its encoding (HTML, email): that is used where it fits.

    What reads as UTF-8 is UTF-8 whatever is declared: nothing else does by chance.
    """
    if declared is None or data.startswith(tuple(mark for mark, _ in _MARKS)) or _is_utf8(data):
        return decode(data)
    name = _WESTERN.get(declared.lower(), declared.lower())
    try:
        return Decoded(data.decode(name), name)
    except (LookupError, ValueError):
        found = decode(data)
        said = f"it says that it is in {declared}, but reads as {found.encoding}"
        return Decoded(found.text, found.encoding, (said,))


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return b"\x1b" not in data and b"~{" not in data  # seven-bit encodings of Asian scripts
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _mixed(encoding.upper(), error.start) from error


def _wide(data: bytes) -> Decoded:
    """Text with NUL bytes: UTF-32 or UTF-16 without a mark if it reads as such."""
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(data) % width == 0 and _reads_as(data, encoding):
            guess = f"read as {encoding.upper()}: it has no byte order mark"
            return Decoded(data.decode(encoding), encoding, (guess,))
    at = data.index(b"\0")
    if _binary(data):
        raise _rubbish(at)
    raise Unreadable(
        f"there is a NUL byte at byte {at:,}",
        why="text holds no NUL bytes: the file is damaged, or is not a text",
        todo="get it again from where it came from, or open it, save it as UTF-8 and add that copy",
    )


def _reads_as(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    # In the wrong byte order a space becomes U+2000, a line feed U+0A00, ASCII becomes rare signs.
    if any(unicodedata.category(char) in ("Cn", "Co", "Cs") for char in set(text)):
        return False
    controls = sum(text.count(char) for char in map(chr, (*range(9), *range(14, 32), 127)))
    usual = sum(text.count(char) for char in " \n\r\t.,،。、")
    swapped = sum(text.count(char) for char in "\u2000\u0a00\u0d00\u0900\u2e00\u2c00")
    return controls == 0 and usual > swapped


def _binary(data: bytes) -> bool:
    head = data[: 1 << 16]
    return len(_CONTROL.findall(head)) > len(head) // 20 or head.count(b"\0") > len(head) // 3


def _legacy(data: bytes, at: int) -> Decoded:
    if (control := _CONTROL.search(data)) is not None:
        raise _rubbish(control.start())
    wide = _MULTIBYTE.search(data)
    if wide and _is_mostly_utf8(data):
        raise _mixed("UTF-8", at)
    encoding = guess(data)
    if encoding is None:
        raise _rubbish(at)
    if wide and encoding in latin_encodings():
        raise _mixed(encoding, wide.start())
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _mixed(encoding, error.start) from error
    return Decoded(text, encoding, (f"read as {encoding}: the file does not say its encoding",))


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether so much of it is UTF-8 that chance, in some other encoding, does not explain it."""
    characters = len(_MULTIBYTE.findall(data))
    others = len(_NOT_ASCII.findall(_MULTIBYTE.sub(b"", data)))
    return 3 * characters >= others


def _mixed(encoding: str, at: int) -> FaultError:
    return Unreadable(
        f"two encodings are mixed in it: byte {at:,} does not fit {encoding}",
        why="pieces of different origin were put together, or the file was cut",
        todo="open it in an editor, mend that place, save it as UTF-8 and add that copy",
    )


def _rubbish(at: int) -> FaultError:
    return Unreadable(
        f"this is not a text: byte {at:,} is none of a text's",
        why="the file is in a binary format that has no reader, or is damaged",
        todo="save it as PDF, DOCX, ODT, HTML or plain text and add that copy",
    )

"""What a run of bytes may say: in each encoding, with each kind of escape undone."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections import Counter
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from functools import cache
from urllib.parse import unquote_to_bytes

from onrecord.products.door.folding import unescaped
from onrecord.vocabulary import load

_ROUNDS = 3
"""How often escapes are undone: what was escaped twice is undone twice."""
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{16,}(?:(?:(?:\\r)?\\n|\r?\n[ \t]*)[A-Za-z0-9+/_-]+)*={0,2}")
_URL_SAFE = str.maketrans("-_", "+/")
_DIGITS = re.compile("[0-9a-f]+")
"""Hashes: what base64 says is never written with these alone."""
_A_FILE = 64
"""Letters of base64 that a file has at least."""
_FAR_APART = b"\x00||||||\x00"
_BREAKS = re.compile(r"\\r|\\n|\s")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNICODE = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+")
_HEX = re.compile(r"(?:\\x[0-9A-Fa-f]{2})+")
_TERMINAL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""Colours and links of a terminal (ECMA-48)."""
_OCTAL = re.compile(rb"\\([0-3][0-7]{2})")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2})+|=\r?\n")
_HEADER = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=(?:\s+=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)*")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)[^<>]{0,4000}>|<!--|-->")
_HEX_STRING = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")
_APART = "|" * 6
"""Put where a block ends: a name does not go on from one cell or paragraph into the next."""
_BLOCKS = frozenset(load("door")["blocks"])
_LINE_BREAKS = frozenset({"br", "w:br", "w:cr", "text:line-break", "text:s", "w:tab", "text:tab"})


def texts(data: bytes, scripts: bytes, *, binary: bool = False) -> Iterator[str]:
    """What bytes may say as text. `binary` are no text: there old encodings are not tried.

    `scripts` are the higher bytes of the characters of UTF-16 that are looked for.
    """
    text = data.decode("utf-8", "ignore" if binary else "replace")
    yield text
    if not binary:
        if "\ufffd" in text:
            yield data.decode("latin-1")
        yield from undone(text)
    if not _may_be_wide(data, scripts):
        return
    little, big = _wide(scripts)
    for pattern, encoding in ((little, "utf-16-le"), (big, "utf-16-be")):
        runs = [match.group().decode(encoding, "replace") for match in pattern.finditer(data)]
        if runs:
            said = "\n||||||\n".join(runs)
            yield said
            yield from undone(said)


def _may_be_wide(data: bytes, scripts: bytes) -> bool:
    """Whether UTF-16 of these scripts may be in some bytes: low ones tell, if no other counts."""
    low = bytes(range(9))
    if set(scripts) - {*low, 0x1E, 0x20}:
        return True
    return len(data.translate(None, low)) < len(data)


@cache
def _wide(scripts: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Runs of UTF-16, little end first and big end first."""
    high = b"[" + re.escape(scripts) + b"]"
    return (
        re.compile(rb"(?:[\x00-\xff]" + high + rb"){4,}", re.DOTALL),
        re.compile(rb"(?:" + high + rb"[\x00-\xff]){4,}", re.DOTALL),
    )


def undone(text: str) -> Iterator[str]:
    """A text with its escapes undone, round after round, and without its markup."""
    for _ in range(_ROUNDS):
        if "<" in text:
            yield untagged(text)
        plain = _undone(text)
        if plain == text:
            return
        yield plain
        text = plain


def _undone(text: str) -> str:
    if "\x1b" in text:
        text = _TERMINAL.sub("", text)
    if "%" in text:
        text = _PERCENT.sub(lambda m: _bytes_say(unquote_to_bytes(m.group())), text)
    if "&" in text:
        text = html.unescape(text)
    if "\\u" in text:
        text = _UNICODE.sub(lambda m: unescaped(m.group()), text)
    if "\\x" in text:
        text = _HEX.sub(lambda m: _bytes_say(bytes.fromhex(m.group().replace("\\x", ""))), text)
    if "=?" in text:
        text = _HEADER.sub(lambda m: _header(m.group()), text)
    if "=" in text:
        text = _QUOTED.sub(lambda m: _quoted(m.group()), text)
    return text


def _bytes_say(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _quoted(run: str) -> str:
    return "" if run[1] in "\r\n" else _bytes_say(bytes.fromhex(run.replace("=", "")))


def _header(words: str) -> str:
    """An encoded word of a mail's header (RFC 2047)."""
    try:
        parts = decode_header(words)
    except (HeaderParseError, binascii.Error):
        return words
    said = ""
    for part, _ in parts:
        said += part if isinstance(part, str) else _bytes_say(part)
    return said


def untagged(text: str) -> str:
    """A text without its markup: what stands within one block as one run."""
    return _TAG.sub(_in_place_of, text)


def _in_place_of(match: re.Match[str]) -> str:
    name = (match.group(2) or "").lower()
    if name in _LINE_BREAKS:
        return "\n"
    return _APART if name in _BLOCKS else ""


def encoded(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """What runs of base64 in some bytes say, wherever they begin to be read, far apart in one.

    And, each on its own, what runs say that are long enough to be files.
    """
    said: list[list[bytes]] = [[], [], [], []]
    files: list[bytes] = []
    for match in _ENCODED.finditer(data.decode("latin-1")):
        run = _BREAKS.sub("", match.group()).rstrip("=").translate(_URL_SAFE)
        if _DIGITS.fullmatch(run):
            continue
        for shift, found in enumerate(said):
            part = run[shift:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            found.append(base64.b64decode(part + "=" * (-len(part) % 4)))
        if len(run) >= _A_FILE:
            files.append(said[0][-1])
    return [_FAR_APART.join(found) for found in said if found], files


def strings_of_pdf(data: bytes) -> Iterator[bytes]:
    """What strings in the syntax of PDF say: octal escapes and hexadecimal."""
    if b"\\" in data:
        yield _OCTAL.sub(lambda m: bytes([int(m.group(1), 8)]), data)
    found = [m.group(1) for m in _HEX_STRING.finditer(data)]
    if found:
        whole = (b"".join(one.split()) for one in found)
        yield b"\x1f".join(bytes.fromhex((w + b"0" * (len(w) % 2)).decode()) for w in whole)
        yield from (bytes.fromhex((w + b"0" * (len(w) % 2)).decode()) for w in map(_bare, found))


def _bare(run: bytes) -> bytes:
    return b"".join(run.split())


def is_binary(block: bytes) -> bool:
    """Whether bytes are no text: in texts control characters are few, or UTF-16 makes them many.

    There every second byte is alike.
    """
    sample = block[: 1 << 14]
    control = sum(sample.count(byte) for byte in _CONTROL)
    if control * 50 <= len(sample):
        return False
    halves = (sample[::2], sample[1::2])
    return not any(Counter(half).most_common(1)[0][1] * 2 > len(half) for half in halves if half)


_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])

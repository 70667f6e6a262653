"""Marks: the fields of a record that FollowTheMoney has no property for, each as one short string.

    kind=allegation                      a field and its value
    mentions.0 char=299,309: Temor Gask  a field, the characters it cites, and their words
    cites.sex.1 char=784,786: he         the second stretch that `sex` rests on

Fields are named as in the record (`docs/record.md`). `char=START,END` is the text/plain fragment of
RFC 5147: positions between characters, counted in the document's text. A value that is not one
plain word is a JSON string. Marks stand among the keywords of a thing, in the record ids of a link.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.model import Span

WORDS = 200
"""Words longer than this are cut in a mark; the offsets say how far they go."""

_CUT = "…"
_PLAIN = re.compile(r"[!#-~]+")
_MARK = re.compile(
    r"(?P<path>[A-Za-z_]\w*(?:\.\w+)*)"
    r"(?:=(?P<value>\"(?:[^\"\\]|\\.)*\"|[!#-~]+))?"
    r"(?: char=(?P<start>\d+),(?P<end>\d+)(?:: (?P<words>.*))?)?",
    re.DOTALL,
)
_SPACES = re.compile("[\u2000-\u200a\u2028\u2029\u0a00\u1680\u202f\u205f\u3000]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2060-\u2064\ufeff\ud800-\udfff]"
)
_BLANK = re.compile(r"[\s\u2028\u2029\u0a00]+")


def legible(text: str) -> str:
    """Text as FollowTheMoney keeps it: NFC, without what cannot be seen, without blanks around."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = _UNSAFE.sub("", _SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    return unicodedata.normalize("NFC", kept).strip()


def as_name(text: str) -> str:
    """A name as FollowTheMoney keeps it: legible, on one line, without quotation marks around."""
    kept = _BLANK.sub(" ", legible(text)).strip(" ")
    while len(kept) > 1 and kept[0] in "\"'" and kept[-1] in "\"'":
        kept = kept[1:-1].strip(" ")
    return kept


def marks(part: Any, text: str, path: str = "") -> Iterator[str]:
    """The marks of a part of a record as JSON; what is unknown or empty has none."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            yield from marks(value, text, f"{path}.{name}" if path else name)
    elif isinstance(part, list) and is_span(part):
        yield f"{path} {cited((part[0], part[1]), text)}"
    elif isinstance(part, list) and part:
        for number, value in enumerate(part):
            yield from marks(value, text, f"{path}.{number}")
    elif part is not None and part != []:
        yield f"{path}={_value(part)}"


def is_span(part: list[Any]) -> bool:
    """Whether a list is a stretch of text: two whole numbers."""
    return len(part) == 2 and all(type(each) is int for each in part)


def cited(span: Span, text: str) -> str:
    """Where words stand, and the words: "char=299,309: Temor Gask"."""
    words = text[slice(*span)]
    shown = legible(words if len(words) <= WORDS else words[:WORDS]) + _CUT * (len(words) > WORDS)
    return f"char={span[0]},{span[1]}" + (f": {shown}" if shown else "")


def _value(part: Any) -> str:
    if isinstance(part, str) and _PLAIN.fullmatch(part) and _reads_as_text(part):
        return part
    return json.dumps(part)


def _reads_as_text(part: str) -> bool:
    """Whether JSON would not take words for a value of its own."""
    if part[0].isalpha():
        return part not in ("true", "false", "null", "NaN", "Infinity")
    try:
        json.loads(part)
    except ValueError:
        return True
    return False


def gather(found: Iterable[str], text: str) -> dict[str, Any]:
    """The part of a record that marks tell of: the inverse of `marks`.

    Raises ValueError where a mark cannot be read, contradicts another, or cites words that do not
    stand in the text where it says.
    """
    tree: dict[str, Any] = {}
    for mark in found:
        read = _MARK.fullmatch(mark)
        if read is None or (read["value"] is None and read["start"] is None):
            raise ValueError(f"{mark[:80]!r} is no mark of a field")
        path = read["path"].split(".")
        if read["start"] is None:
            _put(tree, path, _read_value(read["value"]))
        else:
            _put(tree, path, _checked((int(read["start"]), int(read["end"])), read["words"], text))
    listed: dict[str, Any] = _lists(tree)
    return listed


def value_of(found: Iterable[str], path: str) -> str | None:
    """The value of the first mark of a field; None where there is none."""
    begin = f"{path}="
    return next((mark.removeprefix(begin) for mark in found if mark.startswith(begin)), None)


def _read_value(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        return written


def _checked(span: Span, words: str | None, text: str) -> list[int]:
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"char={start},{end} is no stretch of a text of {len(text)} characters")
    said, stands = _bare(words or ""), _bare(text[start:end])
    same = stands.startswith(said[:-1]) if said.endswith(_CUT) else said == stands
    if not same:
        raise ValueError(f"char={start},{end} reads {text[start:end][:60]!r}, not {words!r}")
    return [start, end]


def _bare(words: str) -> str:
    """Words without blanks: FollowTheMoney's programs put some blanks for others."""
    return _BLANK.sub("", legible(words))


def _put(tree: dict[str, Any], path: list[str], value: Any) -> None:
    for name in path[:-1]:
        tree = tree.setdefault(name, {})
        if not isinstance(tree, dict):
            raise ValueError(f"{'.'.join(path)} contradicts another mark")
    if tree.setdefault(path[-1], value) != value:
        raise ValueError(f"{'.'.join(path)} is marked twice")


def _lists(tree: Any) -> Any:
    """Mappings whose keys are numbers, as lists in the order of the numbers."""
    if not isinstance(tree, dict):
        return tree
    if tree and all(key.isdigit() for key in tree):
        return [_lists(tree[key]) for key in sorted(tree, key=int)]
    return {key: _lists(value) for key, value in tree.items()}

"""Text as the letters by which a name is found, however it is written, and back to its characters.

Case, marks, blanks, hyphens, apostrophes and invisible characters make no difference; any script is
spelled in Latin letters.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from anyascii import anyascii

MARKS = "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0640\u0670\u00ad\u200b-\u200f]"
"""Signs, as a regular expression, that stand within a word without being letters."""
ARABIC = str.maketrans("أإآٱىةؤئک", "اااايهويك")
"""Letters that are written for one another."""


class _Folds(dict[int, str]):
    """For each character what is left of it, worked out at first sight."""

    def __missing__(self, code: int) -> str:
        made = self[code] = _letters(chr(code))
        return made


def _letters(char: str) -> str:
    if unicodedata.category(char)[0] not in "LN":
        return ""
    plain = unicodedata.normalize("NFKD", char.translate(ARABIC))
    bare = "".join(part for part in plain if unicodedata.category(part)[0] in "LN")
    return "".join(c for c in anyascii(bare).casefold() if c.isascii() and c.isalnum())


_FOLDS = _Folds()


def folded(text: str) -> str:
    """The letters and digits of a text in lower-case ASCII, without anything between them."""
    if not text.isascii():
        text = _FOREIGN.sub(lambda run: run.group().translate(_FOLDS), text)
    return text.encode().translate(_SMALL, _SIGNS).decode()


_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SMALL = bytes(range(128)).lower() + bytes(128)
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def is_small(char: str) -> bool:
    """Whether a letter is a small one in a script where names begin with a capital.

    Georgian has capitals, but only for whole headlines.
    """
    return char.islower() and not _GEORGIAN.match(char)


def is_cased(char: str) -> bool:
    """Whether a letter is of a script where names begin with a capital."""
    return char.lower() != char.upper() and not _GEORGIAN.match(char)


_GEORGIAN = re.compile("[\u10d0-\u10ff\u1c90-\u1cbf]")


@dataclass(frozen=True, slots=True)
class Letters:
    """A text's letters, and for each the character of the text that it came from."""

    text: str
    at: tuple[int, ...]


def letters(text: str) -> Letters:
    """The folded letters of a text with where they stand."""
    made: list[str] = []
    at: list[int] = []
    for index, char in enumerate(text):
        part = _FOLDS[ord(char)]
        if part:
            made.append(part)
            at.extend([index] * len(part))
    return Letters("".join(made), tuple(at))


@dataclass(frozen=True, slots=True)
class View:
    """A text as it reads once its escapes are undone; `starts` and `ends` lead back to it."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the text that a stretch of the view stands for."""
        return self.starts[start], self.ends[end - 1]


def unescaped(run: str) -> str:
    r"""What a run of `\uXXXX` says, surrogate pairs joined."""
    units = b"".join(int(part, 16).to_bytes(2, "big") for part in run.split("\\u")[1:])
    return units.decode("utf-16-be", "replace")


_ESCAPES: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"(?:%[0-9A-Fa-f]{2})+"), lambda run: unquote(run, errors="replace")),
    (re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});"), html.unescape),
    (re.compile(r"(?:\\u[0-9A-Fa-f]{4})+"), unescaped),
)


def views(text: str) -> list[View]:
    """The text with each kind of escape undone that it holds; none where it holds none."""
    return [
        _view(text, pattern, undo)
        for pattern, undo in _ESCAPES
        if pattern.pattern[0] != "%" or "%" in text
        if pattern.search(text)
    ]


def _view(text: str, pattern: re.Pattern[str], undo: Callable[[str], str]) -> View:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        parts.append(text[last : match.start()])
        starts += range(last, match.start())
        ends += range(last + 1, match.start() + 1)
        made = undo(match.group())
        parts.append(made)
        starts += [match.start()] * len(made)
        ends += [match.end()] * len(made)
        last = match.end()
    parts.append(text[last:])
    starts += range(last, len(text))
    ends += range(last + 1, len(text) + 1)
    return View("".join(parts), tuple(starts), tuple(ends))

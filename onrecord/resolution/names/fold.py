"""Words of any script as plain letters, and the two coarser spellings by which variants meet.

Everything takes many at once: one pass of a rule over one long string costs far less than a call a
word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from anyascii import anyascii

from onrecord.vocabulary import load

LONGEST = 64
"""Letters of a word that count."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][A-Za-z])")
_DOTTED = re.compile(r"(?<![A-Za-z0-9])((?:[A-Za-z]\.){2,}[A-Za-z]?)(?![A-Za-z0-9])")
_TWO_INITIALS = re.compile(
    r"(?<![A-Za-z])(?!DR|MR|MS|SR|JR|MD|MP|ST|GM|LT)([B-DF-HJ-NP-TV-XZ])([B-DF-HJ-NP-TV-XZ])"
    r"(?= [A-Z]\w*[a-z])"
)
_ASCII = "".join(map(chr, range(128)))
_SHAPE = str.maketrans(
    _ASCII, re.sub("[A-Z]", "A", re.sub("[a-z]", "a", re.sub("[^A-Za-z]", " ", _ASCII)))
)
_PLAIN = str.maketrans(_ASCII, re.sub("[^a-z0-9\n]", " ", _ASCII.lower()), "'`\"")
_LOOKALIKE = str.maketrans("013459", "oileag")


class _Latin(dict[int, str]):
    """Each character as ASCII, looked up when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = anyascii(chr(code))
        return self[code]


_LATIN = _Latin()


def latin(text: str) -> str:
    """Any text as ASCII: transliterated, marks taken off, case kept."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_LATIN)


def _latin(names: Sequence[str]) -> list[str]:
    """Each name as `latin` gives it; a line break parts what it does, so many go in one."""
    together = latin("\n".join(names)).split("\n")
    return together if len(together) == len(names) else list(map(latin, names))


def words(names: Sequence[str], *, of_people: bool = False) -> list[list[str]]:
    """The words of each name as lower-case ASCII letters and digits.

    Words run together in mixed case are taken apart, and where the names are `of_people`, so are
    two initials ("JC"). Initials of a body written with points are one word ("A.B.C.").
    """
    if not names:
        return []
    lines = list(names)
    marked = [row for row, name in enumerate(names) if not name.isascii()]
    for row, name in zip(marked, _latin([names[row] for row in marked]), strict=True):
        lines[row] = name
    text = "\n".join(lines)
    if text.count("\n") >= len(lines):
        text = "\n".join(line.replace("\n", " ") for line in lines)
    text = _rewritten(text, _CAMEL, lambda _: " ", _places(text.translate(_SHAPE), "aA", 1))
    if of_people:
        initials = _places(" " + text.translate(_SHAPE), " AA A", 0)
        text = _rewritten(text, _TWO_INITIALS, lambda match: f"{match[1]} {match[2]}", initials)
    else:
        text = _rewritten(text, _DOTTED, _undotted, _places(text, ".", -1))
    plain = text.replace("&", " and ").translate(_PLAIN).split("\n")
    told = list(map(str.split, plain))
    for row in [row for row, line in enumerate(plain) if len(line) > LONGEST]:
        told[row] = [word[:LONGEST] for word in told[row]]
    return told


def _places(text: str, sought: str, offset: int) -> Iterator[int]:
    """Where a string stands in the text: far faster than a search for a pattern."""
    place = text.find(sought)
    while place >= 0:
        yield place + offset
        place = text.find(sought, place + 1)


def _rewritten(
    text: str,
    pattern: re.Pattern[str],
    new: Callable[[re.Match[str]], str],
    places: Iterable[int],
) -> str:
    """What `pattern.sub(new, text)` gives, tried only at places where it may match, in order."""
    parts: list[str] = []
    done = 0
    for place in places:
        match = pattern.match(text, place) if place >= done else None
        if match:
            parts += (text[done:place], new(match))
            done = match.end()
    return "".join(parts) + text[done:] if parts else text


def _undotted(match: re.Match[str]) -> str:
    return match.group().replace(".", "") + " "


def sounded(words: Sequence[str]) -> list[str]:
    """Each word with its vowels in three classes and one letter for each consonant's sound.

    "baluch", "baloch" and "balouch" give one; so do "sergey", "sergei" and "sergej".
    """
    return _ruled("word", words)


def skeletons(sounds: Sequence[str]) -> list[str]:
    """The consonants of sounded words: what is left where a script writes no vowels.

    "sarfaraz", "sarfraz" and "srfrz" give one. A word without consonants gives itself.
    """
    return _ruled("skeleton", sounds)


def _ruled(name: str, words: Sequence[str]) -> list[str]:
    """Each word after the rules of a name; a word of which nothing is left gives itself."""
    text = "\n" + "\n".join(words)
    for rule, put in _rules(name):
        text = text.replace(rule, put) if isinstance(rule, str) else rule.sub(put, text)
    text = _once(text)
    ruled = text.split("\n")[1:] if words else []
    if "\n\n" in text or text.endswith("\n"):
        return [of or word for of, word in zip(ruled, words, strict=True)]
    return ruled


@cache
def _rules(name: str) -> tuple[tuple[str | re.Pattern[str], str], ...]:
    """Rules in their order. Those of one letter are strings, which are replaced fastest; longer
    ones are found faster by a pattern.
    """
    rules: list[tuple[str | re.Pattern[str], str]] = []
    for line in load("names")["sounds"][name]:
        for sought, put in line.items():
            of = sought.replace("^", "\n")
            rules.append((of if len(of) == 1 else re.compile(of), put.replace("^", "\n")))
    return tuple(rules)


def _once(text: str) -> str:
    """The text with each letter written once where it is doubled."""
    letters = np.frombuffer(text.encode(), np.uint8)
    kept = np.ones(len(letters), bool)
    kept[1:] = (letters[1:] != letters[:-1]) | (letters[1:] < ord("a"))
    return letters[kept].tobytes().decode()


def unmasked(word: str) -> str:
    """A word in which digits stand for letters ("s3ch1n"), with the letters."""
    return word.translate(_LOOKALIKE)

"""Words of any script as plain letters, and the two coarser spellings by which variants meet.

Everything takes many at once: one pass of a rule over one long string costs far less than a call a
word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, pairwise
from operator import methodcaller
from string import ascii_lowercase, ascii_uppercase

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

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
_SHORT = 256
"""Letters of a text in which a pattern is found sooner than by work on all letters at once."""
_OTHER, _LOWER, _UPPER = range(3)
_SHAPES = bytes(
    _LOWER if chr(code) in ascii_lowercase else _UPPER if chr(code) in ascii_uppercase else _OTHER
    for code in range(256)
)
_PLAIN = str.maketrans(_ASCII, re.sub("[^a-z0-9\n]", " ", _ASCII.lower()), "'`\"")
_LOOKALIKE = str.maketrans("013459", "oileag")


_LATIN = {code: chr(code) for code in range(128)}
"""Characters as ASCII by their codes, as far as they were met."""
_composed = partial(unicodedata.normalize, "NFKC")


def latin(text: str) -> str:
    """Any text as ASCII: transliterated, marks taken off, case kept."""
    return text if text.isascii() else _transliterated(_composed(text))


def _transliterated(text: str) -> str:
    put = text.translate(_LATIN)
    if put.isascii():
        return put
    _LATIN.update({ord(new): _letters_of(new) for new in set(put) if not new.isascii()})
    return text.translate(_LATIN)


def _letters_of(character: str) -> str:
    """A character as ASCII; a capital gives capitals alone, for what is in capitals is no camel."""
    letters = anyascii(character)
    return letters.upper() if character.isupper() else letters


def _latin(names: Sequence[str]) -> list[str]:
    """Each name as `latin` gives it; a line break parts what it does, so many go in one."""
    together = _transliterated("\n".join(map(_composed, names))).split("\n")
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
    text = _camel_apart("\n".join(lines))
    if of_people:
        text = _initials_apart(text)
    else:
        text = _rewritten(text, _DOTTED, _undotted, _points(text))
    plain = text.replace("&", " and ").translate(_PLAIN).split("\n")
    if len(plain) > len(lines):
        return words([line.replace("\n", " ") for line in lines], of_people=of_people)
    told = list(map(str.split, plain))
    if max(map(len, plain)) > LONGEST:
        for row in [row for row, line in enumerate(plain) if len(line) > LONGEST]:
            told[row] = [word[:LONGEST] for word in told[row]]
    return told


def _shape(text: str) -> NDArray[np.uint8]:
    """Which letters of an ASCII text are lower and which are upper case."""
    return np.frombuffer(text.encode().translate(_SHAPES), np.uint8)


def _camel_apart(text: str) -> str:
    """A blank before each capital that follows a small letter and is followed by a letter."""
    if len(text) < _SHORT:
        return _CAMEL.sub(" ", text)
    shape = _shape(text)
    inner = (shape[:-2] == _LOWER) & (shape[1:-1] == _UPPER) & (shape[2:] != _OTHER)
    places = (np.flatnonzero(inner) + 1).tolist()
    return " ".join(text[start:end] for start, end in pairwise([0, *places, len(text)]))


def _initials_apart(text: str) -> str:
    """A blank between two initials that are written together."""
    if len(text) < _SHORT:
        return _TWO_INITIALS.sub(r"\1 \2", text)
    shape = _shape(f" {text}")
    upper, other = shape == _UPPER, shape == _OTHER
    found = other[:-4] & upper[1:-3] & upper[2:-2] & other[3:-1] & upper[4:]
    places = np.flatnonzero(found).tolist()
    return _rewritten(text, _TWO_INITIALS, lambda match: f"{match[1]} {match[2]}", places)


def _points(text: str) -> Iterator[int]:
    """Where a letter stands before a point, and another point is two letters on."""
    place = text.find(".")
    while place >= 0:
        if text.startswith(".", place + 2):
            yield place - 1
        place = text.find(".", place + 1)


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
    text = ("\n" + "\n".join(words)).encode()
    for rule in _rules(name):
        text = rule(text)
    ruled = _once(text).split("\n")[1:] if words else []
    return ruled if all(ruled) else [of or word for of, word in zip(ruled, words, strict=True)]


@cache
def _rules(name: str) -> tuple[Callable[[bytes], bytes], ...]:
    """Rules in their order. Single letters that follow one another go in one pass; more letters
    are found faster by a pattern than as they stand.
    """
    rules: list[Callable[[bytes], bytes]] = []
    letters: _Letters | None = None
    lines: list[dict[str, str]] = load("names")["sounds"][name]
    for sought, put in chain.from_iterable(line.items() for line in lines):
        of, to = (text.replace("^", "\n").encode() for text in (sought, put))
        if len(of) == 1 >= len(to):
            if letters is None:
                rules.append(letters := _Letters())
            letters.then(of, to)
            continue
        letters = None
        one = methodcaller("replace", of, to) if len(of) == 1 else partial(re.compile(of).sub, to)
        rules.append(one)
    return tuple(rules)


class _Letters:
    """Rules of single letters in one pass."""

    def __init__(self) -> None:
        self._put = bytes(range(256))
        self._dropped = b""

    def then(self, letter: bytes, put: bytes) -> None:
        """Replace or drop a letter in what the rules so far give."""
        if put:
            self._put = self._put.replace(letter, put)
        else:
            self._dropped += bytes(of for of, to in enumerate(self._put) if to == letter[0])

    def __call__(self, text: bytes) -> bytes:
        return text.translate(self._put, self._dropped)


def _once(text: bytes) -> str:
    """The text with each letter written once where it is doubled."""
    letters = np.frombuffer(text, np.uint8)
    kept = np.ones(len(letters), bool)
    kept[1:] = (letters[1:] != letters[:-1]) | (letters[1:] < ord("a"))
    return letters[kept].tobytes().decode()


def unmasked(word: str) -> str:
    """A word in which digits stand for letters ("s3ch1n"), with the letters."""
    return word.translate(_LOOKALIKE)

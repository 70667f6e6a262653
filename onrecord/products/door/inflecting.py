"""Words of names as sentences change them: cases, articles, prepositions and what else is joined.

"Анной Вострановой", "Ayşenin", "ونور", "وسترانها": by `vocabulary/name_forms.yaml` each is traced
back to the word that it is a form of. What is no form by it is left to the search for letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from onrecord.model import Span
from onrecord.products.door.folding import MARKS, folded
from onrecord.vocabulary import load

TOKEN = re.compile(rf"[^\W\d_]+(?:(?:{MARKS}|['’ʼ`´‘](?=[^\W\d_]))+[^\W\d_]*)*")
"""A word of a text, with what stands within it without being a letter."""
_LONG = 5
"""Letters from which a word is known with any ending, wherever it stands."""
_SHORT = 3
"""Letters below which a word is known with an ending only beside another of its name."""
_FEWEST = 2
"""Letters that are left of a word at least when its end has fallen away."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word of a text as a form of a word of a name, and where that word stands in it.

    `sure` is what is known by itself; other forms are known beside another word of their name.
    """

    word: str
    span: Span
    sure: bool


@dataclass(frozen=True, eq=False)
class Script:
    """What of a name changes in one script: the data of `name_forms`, ready to be looked up."""

    told: Mapping[str, Any]

    @cached_property
    def letters(self) -> re.Pattern[str]:
        """Any letter of the script."""
        return re.compile(f"[{self.told['letters']}]")

    @property
    def capitals(self) -> bool:
        """Whether names begin with a capital, and are known by their letters in Latin."""
        return bool(self.told["capitals"])

    def key(self, text: str) -> str:
        """A word by its letters, as its forms are compared."""
        return folded(text) if self.capitals else text.translate(self._plain)

    @cached_property
    def _plain(self) -> _Plain:
        return _Plain(self.told.get("same", {}))

    def _keys(self, part: str) -> frozenset[str]:
        return frozenset(filter(None, map(self.key, self.told.get(part, ()))))

    @cached_property
    def before(self) -> frozenset[str]:
        """What may be joined before a word."""
        return self._keys("before")

    @cached_property
    def falls(self) -> frozenset[str]:
        """Ends that fall away."""
        return self._keys("falls")

    @cached_property
    def after(self) -> frozenset[str]:
        """What may be joined behind a word."""
        return self._keys("after")

    @cached_property
    def after_all(self) -> frozenset[str]:
        """The same, with what is known behind long words only."""
        more = {first + then for first in self.after for then in self._keys("then")}
        return self.after | self._keys("after_long") | more

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words that are a name only where it is spelled like them, letter by letter."""
        return frozenset(word.casefold() for word in self.told.get("ordinary", ()))

    @cached_property
    def longest(self) -> tuple[int, int]:
        """The most letters of what is joined before and behind."""
        return max(map(len, self.before), default=0), max(map(len, self.after_all), default=0)

    @cached_property
    def _quiet(self) -> tuple[frozenset[str], frozenset[str]]:
        return self._keys("silent"), self._keys("hushed_last")

    @cached_property
    def _changes(self) -> tuple[tuple[str, str], ...]:
        flees = [
            (self.key(end), self.key(kept)) for end, kept in self.told.get("flees", {}).items()
        ]
        soft = self.told.get("softens", {})
        turned = [(self.key(a), self.key(b)) for a, became in soft.items() for b in became]
        return (*flees, *turned)

    def stems(self, key: str) -> Iterator[str]:
        """What endings are put behind, in place of a word as it is."""
        cut = {key[: -len(end)] for end in self.falls if key.endswith(end)}
        stems = {key, *(stem for stem in cut if len(stem) >= _FEWEST)}
        for old, new in self._changes:
            stems |= {stem[: -len(old)] + new for stem in list(stems) if stem.endswith(old)}
        yield from sorted(stem for stem in stems if len(stem) >= _FEWEST)

    def hushed(self, key: str) -> str:
        """A word without the letters that it may be written with or without."""
        silent, last = self._quiet
        if not silent:
            return key
        key = self._ended(key)
        inner = "".join(char for char in key[1:-1] if char not in silent)
        made = key[:1] + inner + key[-1:] if len(key) > 1 else key
        return made[:-1] if len(made) > _SHORT and made[-1] in last else made

    def same(self, key: str, other: str) -> bool:
        """Whether two words are one but for one such letter; short ones must be alike."""
        key, other = self._ended(key), self._ended(other)
        if key == other:
            return True
        short, long = sorted((key, other), key=len)
        if len(long) - len(short) != 1 or self.loud(short) < _SHORT:
            return False
        return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))

    def _ended(self, key: str) -> str:
        last: str = self.told.get("ends", {}).get(key[-1:], key[-1:])
        return key[:-1] + last

    def loud(self, key: str) -> int:
        """How many letters of a word are always written."""
        return sum(char not in self._quiet[0] for char in key)


class _Plain(dict[int, str]):
    """For each character the letters that it is written for, worked out at first sight."""

    def __init__(self, same: Mapping[str, str]) -> None:
        super().__init__()
        self._same = same

    def __missing__(self, code: int) -> str:
        char = chr(code)
        parts = self._same.get(char) or unicodedata.normalize("NFKD", char)
        kept = (self._same.get(part, part) for part in parts)
        made = "".join(c for part in kept for c in part if unicodedata.category(c)[0] == "L")
        made = "" if char == "\u0640" else made.casefold()
        self[code] = made
        return made


@cache
def scripts() -> tuple[Script, ...]:
    """The scripts of which it is known how names change in them."""
    return tuple(map(Script, load("name_forms").values()))


@cache
def script_of(char: str) -> Script | None:
    """The script of a letter."""
    return next((one for one in scripts() if one.letters.match(char)), None)


@dataclass
class Forms:
    """The words of some names, ready to be recognized in any of their forms."""

    words: Collection[str]

    def __post_init__(self) -> None:
        self._stems: dict[tuple[Script, str], set[str]] = {}
        self._known: dict[str, tuple[Form, ...]] = {}
        for word in self.words:
            script = script_of(word[0])
            if script is None:
                continue
            key = script.key(word)
            for stem in script.stems(key) if key else ():
                self._stems.setdefault((script, script.hushed(stem)), set()).add(word)
                if len(key) < _FEWEST:
                    break

    @cached_property
    def stems(self) -> Mapping[str, frozenset[str]]:
        """By each word of a script with capitals what, of its letters, every form of it has."""
        found: dict[str, set[str]] = {}
        for (_, stem), words in self._stems.items():
            for word in words:
                found.setdefault(word, set()).add(stem)
        return {word: frozenset(stems) for word, stems in found.items()}

    def of(self, token: str) -> tuple[Form, ...]:
        """The words that a word of a text may be a form of."""
        if token not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            script = script_of(token[0])
            self._known[token] = tuple(self._of(token, script)) if script else ()
        return self._known[token]

    def _of(self, token: str, script: Script) -> Iterator[Form]:
        ordinary = token.casefold() in script.ordinary and token not in self.words
        key = script.key(token)
        most_before, most_after = script.longest
        for begin in range(min(most_before, len(key) - 1) + 1):
            if begin and key[:begin] not in script.before:
                continue
            for end in range(len(key), max(begin, len(key) - most_after - 1), -1):
                if key[end:] and key[end:] not in script.after_all:
                    continue
                core = key[begin:end]
                for word in sorted(self._stems.get((script, script.hushed(core)), ())):
                    if _fits(script, script.key(word), core, key[end:]):
                        sure = not ordinary and _sure(script, script.key(word), core, key[end:])
                        span = _within(token, script, begin, end)
                        yield Form(word, span, sure)


_REMEMBERED = 200_000


def _fits(script: Script, word: str, core: str, after: str) -> bool:
    """Whether a word without what is joined to it is the name, or what endings leave of it."""
    if script.same(core, word):
        return len(word) > 1 or not after
    return bool(after) and any(script.same(core, stem) for stem in script.stems(word))


def _sure(script: Script, word: str, core: str, after: str) -> bool:
    """Whether a form is known by itself."""
    if not after:
        return True
    held = len(word) if script.capitals else len(core)
    return len(core) >= _LONG or (after in script.after and held >= _SHORT)


def _within(token: str, script: Script, begin: int, end: int) -> Span:
    """Where the letters from `begin` to `end` of a key stand in its word.

    Where names have capitals endings are part of it, but for those behind an apostrophe: they may
    have taken the place of an end that fell away.
    """
    at, start, until = 0, 0, len(token)
    for index, char in enumerate(token):
        size = len(script.key(char))
        if at >= end and (not script.capitals or char in _APOSTROPHES):
            until = index
            break
        if at <= begin and size:
            start = index
        at += size
    return (0, until) if script.capitals else (start, until)


_APOSTROPHES = "'’ʼ`´‘"

"""Names that sound like a protected one: another spelling that nobody told of, or another person.

Nobody can say which, so they leave as neither: not with the name, not with the code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.model import Span
from onrecord.products.door.folding import MARKS, is_small
from onrecord.products.door.spelling import Coded, core
from onrecord.resolution.names import fold

_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|{MARKS}|['’ʼ`´](?=[^\W\d_]))*")
_WITHOUT_VOWELS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_BETWEEN = re.compile(r"[\s,.·'’-]{1,12}\Z")
_FEWEST = 5
"""Consonants that two words must have together to be known by them alone, where none has vowels."""
_MANY = 7
"""The same where vowels are written: those are what spellings differ in most."""
_KEPT = 200_000
_sounds: dict[str, tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class _Word:
    span: Span
    sound: str
    skeleton: str
    bare: bool


@dataclass
class Sounds:
    """The sounds of the names of protected people, ready to be listened for."""

    coded: tuple[Coded, ...]

    @cached_property
    def _pairs(self) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
        """Sounds of first and last words, and their consonants, in both orders."""
        pairs: set[tuple[str, str]] = set()
        bones: set[tuple[str, str]] = set()
        for one in self.coded:
            for spelling in one.spellings if one.type == "Person" else ():
                parts = core(spelling)
                if len(parts) < 2:
                    continue
                first, last = _heard([parts[0], parts[-1]])
                pairs |= {(first[0], last[0]), (last[0], first[0])}
                if len(first[1] + last[1]) >= _FEWEST:
                    bones |= {(first[1], last[1]), (last[1], first[1])}
        return frozenset(pairs), frozenset(bones)

    def find(self, text: str) -> Iterator[Span]:
        """Where two words in a row, or with one between, sound like such a name."""
        pairs, bones = self._pairs
        if not pairs or not self._may_stand(text):
            return
        known = {part for pair in pairs | bones for part in pair}
        words = list(_words(text))
        for index, word in enumerate(words):
            if word.sound not in known and word.skeleton not in known:
                continue
            for other in words[index + 1 : index + 3]:
                said = (word.sound, other.sound) in pairs or (
                    (word.skeleton, other.skeleton) in bones and _enough(word, other)
                )
                if said and _together(text, word, other):
                    yield word.span[0], other.span[1]
                    break

    @cached_property
    def _partners(self) -> tuple[Mapping[str, set[str]], ...]:
        """For sounds, then for consonants, those that make such a pair with each."""
        made: tuple[dict[str, set[str]], ...] = (defaultdict(set), defaultdict(set))
        for pairs, partners in zip(self._pairs, made, strict=True):
            for one, other in pairs:
                partners[one].add(other)
        return tuple(map(dict, made))

    def _may_stand(self, text: str) -> bool:
        """Whether a text holds both words of any such pair, wherever they stand."""
        heard = _heard([word for word in set(_WORD.findall(text)) if not is_small(word[0])])
        for partners, said in zip(self._partners, zip(*heard, strict=True), strict=False):
            parts = set(said)
            if any(not partners[one].isdisjoint(parts) for one in partners.keys() & parts):
                return True
        return False


def _enough(word: _Word, other: _Word) -> bool:
    least = _FEWEST if word.bare and other.bare else _MANY
    return len(word.skeleton + other.skeleton) >= least


def _together(text: str, word: _Word, other: _Word) -> bool:
    between = _WORD.sub("", text[word.span[1] : other.span[0]])
    return _BETWEEN.match(between) is not None


def _words(text: str) -> Iterator[_Word]:
    found = [match for match in _WORD.finditer(text) if not is_small(match.group()[0])]
    heard = _heard([match.group() for match in found])
    for match, (sound, skeleton) in zip(found, heard, strict=True):
        bare = _WITHOUT_VOWELS.match(match.group()) is not None
        yield _Word(match.span(), sound, skeleton, bare)


def _heard(words: Sequence[str]) -> list[tuple[str, str]]:
    """Sound and consonants of each word; those heard before are remembered."""
    new = [word for word in dict.fromkeys(words) if word not in _sounds]
    if len(_sounds) > _KEPT:
        _sounds.clear()
        new = list(dict.fromkeys(words))
    if new:
        plain = ["".join(parts) for parts in fold.words(new)]
        sounds = fold.sounded(plain)
        for word, sound, bones in zip(new, sounds, fold.skeletons(sounds), strict=True):
            _sounds[word] = (sound, _alike(bones))
    return [_sounds[word] for word in words]


def _alike(bones: str) -> str:
    """Consonants that scripts write for one another as one."""
    return bones.translate(_FOR_ONE_ANOTHER)


_FOR_ONE_ANOTHER = str.maketrans("fwp", "vvb")


def spans_apart(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """Those spans that touch none of the taken."""
    return [s for s in spans if not any(s[0] < end and start < s[1] for start, end in taken)]

"""Where a text names the protected in another form than their names are spelled in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.model import Span
from onrecord.products.door.containing import Containing
from onrecord.products.door.folding import folded
from onrecord.products.door.inflecting import TOKEN, Form, Forms, Script, script_of
from onrecord.products.door.spelling import STRONG, Coded, orders, readings

_BETWEEN = re.compile(r"(?:\s{0,60}[^\w\s]){0,3}\s{0,60}\Z")
"""What may stand between two words of a name, as between its letters."""
_ONE_NAME = re.compile(r"\.?\s{1,60}\Z")
"""The same where another word may stand between, as a father's name does."""
_OF_A_CODE = re.compile(r"[\w+/=@]")
"""What stands beside the letters of an address, a hash or base64: short words stand there by
chance."""


@dataclass(frozen=True, slots=True)
class _Name:
    """The words of a name in one order, and whom they name."""

    words: tuple[str, ...]
    code: str
    of_person: bool

    @property
    def letters(self) -> int:
        return sum(len(folded(word)) for word in self.words)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    forms: tuple[Form, ...]

    def form(self, word: str) -> Form | None:
        """The surest form of a word that this is."""
        found = [form for form in self.forms if form.word == word]
        return max(found, key=lambda form: (form.sure, form.span[1] - form.span[0]), default=None)

    @property
    def small(self) -> bool:
        """Whether it begins with a small letter, in a script that writes names with a capital."""
        script = script_of(self.text[0])
        return script is not None and script.capitals and self.text[0].islower()


@dataclass
class Declined:
    """The names of the protected, ready to be looked for in any form."""

    coded: Collection[Coded]

    def __post_init__(self) -> None:
        names = {
            _Name(tuple(order), one.code, one.type == "Person")
            for one in self.coded
            for spelling in one.spellings
            for named in readings(spelling)
            for order in orders(named, one.type)
            if order and all(script_of(word[0]) for word in order)
        }
        self._names = sorted(names, key=lambda name: (name.words, name.code))
        self._forms = Forms(sorted({word for name in names for word in name.words}))

    def find(self, text: str, letters: str, least: int = 0) -> Iterator[tuple[int, int, str]]:
        """Start, end and code of each stretch that is a form of a name of `least` letters or more.

        `letters` are the folded letters of the text.
        """
        names = [name for name in self._possible(text, letters) if name.letters >= least]
        if names:
            # Most words of a text stand there many times, and most are nobody's.
            there = {
                form.word for word in set(TOKEN.findall(text)) for form in self._forms.of(word)
            }
            names = [name for name in names if there.issuperset(name.words)]
        if not names:
            return
        by_first: dict[str, list[_Name]] = defaultdict(list)
        for name in names:
            by_first[name.words[0]].append(name)
        tokens = [
            _Token(m.group(), m.start(), m.end(), self._forms.of(m.group()))
            for m in TOKEN.finditer(text)
        ]
        for at, token in enumerate(tokens):
            for form in token.forms:
                for name in by_first.get(form.word, ()):
                    found = _Look(text, tokens, name).stretch(at)
                    if found is not None:
                        yield (*found, name.code)

    def _possible(self, text: str, letters: str) -> list[_Name]:
        """The names of which a text holds, of each word, what every form of it has."""
        if not self._names:
            return []
        held = self._holds.held(letters)
        there = {word for stem in held for word in self._by_stem.get(stem, ())}
        for script, found in self._others.items():
            if script.letters.search(text):
                there |= found
        firsts = [name for word in sorted(there) for name in self._by_first.get(word, ())]
        return [name for name in firsts if there.issuperset(name.words)]

    @cached_property
    def _by_first(self) -> Mapping[str, list[_Name]]:
        made: dict[str, list[_Name]] = defaultdict(list)
        for name in self._names:
            made[name.words[0]].append(name)
        return made

    @cached_property
    def _by_stem(self) -> Mapping[str, set[str]]:
        """The words of scripts with capitals by the letters that each form of them has."""
        made: dict[str, set[str]] = defaultdict(set)
        for word, stems in self._forms.stems.items():
            script = script_of(word[0])
            for stem in stems if script is not None and script.capitals else ():
                made[stem].add(word)
        return made

    @cached_property
    def _others(self) -> Mapping[Script, set[str]]:
        """The words of the other scripts."""
        made: dict[Script, set[str]] = defaultdict(set)
        for word in self._forms.words:
            script = script_of(word[0])
            if script is not None and not script.capitals:
                made[script].add(word)
        return made

    @cached_property
    def _holds(self) -> Containing:
        return Containing(sorted(self._by_stem))


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at the words of a text for one name."""

    text: str
    tokens: Sequence[_Token]
    name: _Name

    def stretch(self, at: int) -> Span | None:
        """Where the name stands that begins with a word of the text; None where none does."""
        held = self._held(at)
        if held is None:
            return None
        forms = [form for _, form in held]
        if len(forms) == 1 and not self._known_alone(*held[0]):
            return None
        small = any(token.small for token, _ in held)
        if not any(form.sure for form in forms) or (small and self.name.letters < STRONG):
            return None
        first, last = held[0], held[-1]
        return first[0].start + first[1].span[0], last[0].start + last[1].span[1]

    def _held(self, at: int) -> list[tuple[_Token, Form]] | None:
        held: list[tuple[_Token, Form]] = []
        for word in self.name.words:
            if held:
                at = self._next(at, word)
            form = self.tokens[at].form(word) if 0 <= at < len(self.tokens) else None
            if form is None:
                return None
            held.append((self.tokens[at], form))
        return held

    def _next(self, at: int, word: str) -> int:
        """The word of the text that may be the next word of the name; -1 where there is none."""
        if at + 1 < len(self.tokens) and self.tokens[at + 1].form(word) is not None:
            return at + 1 if self._near(at, _BETWEEN) else -1
        if not self.name.of_person or self.name.letters < STRONG or len(self.name.words) != 2:
            return -1
        apart = at + 2 < len(self.tokens) and not self.tokens[at + 1].small
        if apart and self._near(at, _ONE_NAME) and self._near(at + 1, _ONE_NAME):
            return at + 2
        return -1

    def _near(self, at: int, between: re.Pattern[str]) -> bool:
        gap = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return bool(gap) and between.match(gap) is not None

    def _known_alone(self, token: _Token, form: Form) -> bool:
        if not form.sure or token.small or len(folded(self.name.words[0])) < _LEAST:
            return False
        beside = self.text[max(0, token.start - 1) : token.start] + self.text[token.end :][:1]
        alike = len(token.text) <= _COMMON and token.text.isascii()
        return not alike or _OF_A_CODE.search(beside) is None


_LEAST = 2
_COMMON = 6
"""Letters up to which a word may stand in the midst of digits and signs by chance."""

"""Where a text names the protected: every spelling, however it is written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.model import Span
from onrecord.products.door.containing import Containing
from onrecord.products.door.declining import Declined
from onrecord.products.door.folding import Letters, folded, is_cased, is_small, letters, views
from onrecord.products.door.inflecting import TOKEN, Forms
from onrecord.products.door.silent import (
    holds,
    is_silent,
    sounded,
    stands_alone,
    too_many,
    widened,
    written,
)
from onrecord.products.door.sounding import Sounds
from onrecord.products.door.spelling import Coded, Variant, alone, parts_alone, variants

_BETWEEN = 3
"""Signs, other than blanks, that may stand between two letters of a name."""
_BLANKS = 60
"""Blanks that may: a name goes on in the next line, indented."""
_WINDOW = 1 << 15
_OVERLAP = 1 << 11
"""Characters looked at at once, and those that the next look takes in again."""
_IDENTIFIER = re.compile(r"\S*[@/\\=]\S*|\S+[._-]\w+(?:[._-]\w+)*")
"""Addresses and names of files: there a name is written small, and run together with others."""
_RUN_TOGETHER = 5
"""Letters of a part of a name that is looked for within the words of an address or a file."""
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_a-z]\.[^\S\n]?-?){1,3}\Z")


@dataclass(frozen=True, slots=True)
class Find:
    """A stretch of text that names somebody, and the code that stands for it."""

    start: int
    end: int
    code: str


@dataclass
class Names:
    """The names of the protected, ready to be looked for."""

    coded: tuple[Coded, ...]
    variants: list[Variant] = field(default_factory=list)

    def __post_init__(self) -> None:
        every = [v for one in self.coded for v in variants(one)]
        self.variants = [v for v in every if not v.by_chance]

    def __bool__(self) -> bool:
        return bool(self.coded)

    def find(self, text: str) -> list[Find]:
        """Every stretch that spells a whole name, in order; none overlaps another."""
        found = list(self._find(text))
        for view in views(text):
            found += [
                Find(*view.back(one.start, one.end), one.code) for one in self._find(view.text)
            ]
        return merged(found)

    def names(self, text: str, least: int = 0) -> bool:
        """Whether a text, as it stands, spells any of the names of `least` letters or more."""
        return any(True for _ in self._find(text, least))

    def _find(self, text: str, least: int = 0) -> Iterator[Find]:
        for offset in range(0, len(text) or 1, _WINDOW):
            part = text[offset : offset + _WINDOW + _OVERLAP]
            plain = folded(part)
            for start, end, code in self._declined.find(part, plain, least):
                yield Find(offset + start, offset + end, code)
            hit = [v for v in self._held(part, plain) if len(v.letters) >= least]
            if hit:
                # What stands around a part decides too, so its first letters have been seen before.
                start = max(0, offset - _OVERLAP)
                part = text[start : offset + _WINDOW + 2 * _OVERLAP]
                loud = letters(part)
                every = written(part) if self._bare else loud
                for variant in hit:
                    for one in _places(part, every if variant.bare else loud, variant):
                        yield Find(one.start + start, one.end + start, one.code)

    def _held(self, part: str, plain: str) -> list[Variant]:
        """Those variants whose letters a text holds."""
        held = self._letters.held(plain)
        if self._bare and not part.isascii():
            said = written(part).text
            held |= {variant.letters for variant in self._bare if variant.letters in said}
        return [variant for variant in self.variants if variant.letters in held] if held else []

    @cached_property
    def _declined(self) -> Declined:
        return Declined(self.coded)

    @cached_property
    def _letters(self) -> Containing:
        return Containing([variant.letters for variant in self.variants if not variant.bare])

    @cached_property
    def _bare(self) -> list[Variant]:
        return [variant for variant in self.variants if variant.bare]

    @cached_property
    def _lone(self) -> Containing:
        return Containing([part for part, _ in self._parts])

    @cached_property
    def _parts(self) -> tuple[tuple[str, str], ...]:
        """Each part of each name, and whose it is."""
        return tuple((part, one.code) for one in self.coded for part in alone([one]))

    @cached_property
    def sounds(self) -> Sounds:
        """The names by their sound."""
        return Sounds(self.coded)

    @cached_property
    def scripts(self) -> bytes:
        """The higher bytes in UTF-16 of the letters by which names are written, and of Latin."""
        written = "".join(spelling for one in self.coded for spelling in one.spellings)
        high = {part >> 8 for char in written for part in (min(ord(char), 0xFFFF),)}
        return bytes(sorted(high | {0x00, 0x01, 0x02, 0x03, 0x1E, 0x20}))

    def alone(self, text: str, codes: Collection[str], *, apart: bool = False) -> list[Find]:
        """Where parts of the names of `codes` stand alone: a family name, a given name.

        In addresses and names of files also within words, if they need not stand `apart`.
        """
        if not codes:
            return []
        found = [one for one in self._in_words(text) if one.code in codes]
        # The letters of a word stand in those of its text, so no other part can be found in it.
        held = self._lone.held(folded(text))
        parts = {part: code for part, code in self._parts if part in held and code in codes}
        for match in _IDENTIFIER.finditer(text) if parts else ():
            found += _in_identifier(match, parts, apart=apart)
        return merged(found)

    def _in_words(self, text: str) -> Iterator[Find]:
        """Words that are a part of a name in any form, with initials before them."""
        for match in TOKEN.finditer(text):
            if is_small(match.group()[0]):
                continue
            for form in self._part_forms.of(match.group()):
                if form.sure:
                    start, end = (match.start() + at for at in form.span)
                    before = _INITIALS.search(text, max(0, start - 12), start)
                    start -= len(before.group()) if before else 0
                    yield from (Find(start, end, code) for code in self._who[form.word])

    @cached_property
    def _who(self) -> Mapping[str, Sequence[str]]:
        """Whose each part of a name is, as it is written."""
        found: dict[str, list[str]] = {}
        for one in self.coded:
            for word in parts_alone(one):
                found.setdefault(word, []).append(one.code)
        return found

    @cached_property
    def _part_forms(self) -> Forms:
        return Forms(self._who.keys())


def _places(text: str, spelled: Letters, variant: Variant) -> Iterator[Find]:
    at = spelled.text.find(variant.letters)
    while at >= 0:
        until = at + len(variant.letters)
        start, end = spelled.at[at], spelled.at[until - 1] + 1
        if _holds(text, spelled.at[at:until], variant) and (
            variant.strong or _bounded(text, start, end)
        ):
            yield Find(*widened(text, start, end), variant.code)
        at = spelled.text.find(variant.letters, at + 1)


def _holds(text: str, at: Sequence[int], variant: Variant) -> bool:
    """Whether what stands between the letters may stand within one name.

    A short name must have its words apart, and none of them broken up: its letters are too common.
    """
    for index in range(1, len(at)):
        between = text[at[index - 1] + 1 : at[index]]
        fits = _near(between)
        if fits and not variant.strong and at[index] != at[index - 1]:
            if index in variant.breaks:
                fits = bool(between) or _turns(text, at[index])
            else:
                fits = not between or _hyphenated(between) or _hyphenated(sounded(between))
        if not fits:
            return False
    if not variant.strong and not _spelled(text, at, variant):
        return False
    return not variant.single or _capital(text, at[0], at[-1] + 1)


def _near(between: str) -> bool:
    """Whether no more than a name may have stands between two of its letters."""
    signs = [char for char in between if not char.isspace()]
    if len(between) - len(signs) > _BLANKS:
        return False
    if len(signs) <= _BETWEEN:
        return True
    return sum(not is_silent(char) for char in signs) <= _BETWEEN and not too_many(between)


def _spelled(text: str, at: Sequence[int], variant: Variant) -> bool:
    """Whether letters with silent ones among them are the name, not parts of longer words.

    In one word it must be written just as the name is: there they tell one word from another.
    """
    gaps = {i: text[at[i - 1] + 1 : at[i]] for i in range(1, len(at)) if at[i] > at[i - 1] + 1}
    within = [gap for i, gap in gaps.items() if i not in variant.breaks and not _hyphenated(gap)]
    if not variant.bare and not any(map(holds, within)):
        return True
    start, end = widened(text, at[0], at[-1] + 1)
    if not stands_alone(text, start, end):
        return False
    if variant.bare or not any(sounded(gaps.get(i, "")) for i in variant.breaks):
        return written(text[start:end]).text == variant.written
    return folded(text[start:end]) == variant.letters


def _hyphenated(between: str) -> bool:
    """Whether a word goes on behind it: invisible signs, an apostrophe, a hyphen."""
    visible = [c for c in between if c.isprintable() and not c.isspace()]
    if not visible:
        return not any(c.isspace() for c in between)
    return len(visible) == 1 and (visible[0] in "'’ʼ`´-‐‑" or "\n" in between)


def _turns(text: str, at: int) -> bool:
    """Whether a capital after a small letter begins a word: "annaLi"."""
    return text[at].isupper() and text[at - 1].islower()


def _capital(text: str, start: int, end: int) -> bool:
    """Whether a single word is written as a name is: with a capital, if its script has any."""
    if not is_small(text[start]):
        return True
    around = text[max(0, start - 80) : end + 80]
    inside = (m.span() for m in _IDENTIFIER.finditer(around))
    at = start - max(0, start - 80)
    return any(left <= at < right for left, right in inside)


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether no letter of a script with capitals goes on before or after a stretch."""
    before, after = text[start - 1 : start], text[end : end + 1]
    goes_on = is_cased(before) and not (before.islower() and text[start].isupper())
    return not goes_on and not (is_cased(after) and not _plural(text, end))


def _plural(text: str, end: int) -> bool:
    return text[end] in "sS" and not is_cased(text[end + 1 : end + 2])


def _in_identifier(
    match: re.Match[str], parts: Mapping[str, str], *, apart: bool
) -> Iterator[Find]:
    spelled = letters(match.group())
    for part, code in parts.items():
        at = spelled.text.find(part)
        while at >= 0:
            start = match.start() + spelled.at[at]
            end = match.start() + spelled.at[at + len(part) - 1] + 1
            within = len(part) >= _RUN_TOGETHER and not apart
            if within or _bounded(match.string, start, end):
                yield Find(start, end, code)
            at = spelled.text.find(part, at + 1)


def merged(found: Iterable[Find]) -> list[Find]:
    """Finds in order; those that overlap are one, with the code of the longest."""
    kept: list[Find] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end, f.code)):
        if kept and one.start < kept[-1].end:
            last = kept[-1]
            longer = one if one.end - one.start > last.end - last.start else last
            kept[-1] = Find(last.start, max(last.end, one.end), longer.code)
        else:
            kept.append(one)
    return kept


def spans_of(found: Iterable[Find]) -> list[Span]:
    """The stretches alone."""
    return [(one.start, one.end) for one in found]

"""The reasons of a comparison in words: which word answers to which, and what stands against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from onrecord.resolution.names import fold
from onrecord.resolution.names.align import Aligned
from onrecord.resolution.names.features import FEATURES
from onrecord.resolution.names.form import Form
from onrecord.resolution.names.likeness import INITIAL, NEAR, RESPELLED, SAME, SHORT, SLIP

_ANSWERED = {
    RESPELLED: "{part} is spelled two ways: {left}, {right}",
    SHORT: "{left} and {right} are forms of one name",
    INITIAL: "the initial fits: {left}, {right}",
    SLIP: "{part} is one letter off: {left}, {right}",
    NEAR: "{part} is only somewhat alike: {left}, {right}",
}
_SAID_OTHERWISE = frozenset(
    {
        "same_words", "other_spelling", "short_form", "initial", "slip", "somewhat_alike",
        "letters_agree", "different_words", "nothing_in_common", "further_words",
        "surname_differs", "given_name_differs",
    }
)  # fmt: skip
"""Features that the words themselves say; of the others their docstring is said."""


class Told(NamedTuple):
    """A name as it is compared, and by its words how it spells those that stand there as one."""

    form: Form
    spelled: Mapping[str, str]

    def shown(self, text: str) -> str:
        """A word as the name spells it, where it stands there as one word."""
        whole = text.title() if self.form.kind == "person" else text
        return self.spelled.get(text, whole)


def told(forms: Sequence[Form]) -> list[Told]:
    """Names with the spellings of their words."""
    each = [re.findall(r"\w+", form.name) for form in forms]
    words = iter(fold.words(list(chain.from_iterable(each))))
    found: list[Told] = []
    for form, spellings in zip(forms, each, strict=True):
        spelled: dict[str, str] = {}
        for whole, parts in zip(spellings, words, strict=False):
            if len(parts) == 1:
                spelled.setdefault(parts[0], whole)
        found.append(Told(form, spelled))
    return found


def same(left: Told, right: Told) -> str:
    """The reasons where two names are one but for order, titles and marks, or one is empty."""
    ours, theirs = left.form.core, right.form.core
    if not ours or not theirs:
        return "there is no name to compare"
    reasons = ["the names are the same"]
    if [word.text for word in ours] != [word.text for word in theirs]:
        reasons.append("in another order")
    return ", ".join(reasons) + _titles(left, right)


def reasons(pairs: Aligned, told: Sequence[Told]) -> list[str]:
    """The reasons of each pair, as clauses parted by semicolons; `told` are all names."""
    further: list[list[str]] = [[] for _ in pairs.left]
    for feature in FEATURES:
        if feature.__name__ not in _SAID_OTHERWISE:
            said = (feature.__doc__ or "").split("\n")[0].rstrip(".")
            for at in np.flatnonzero(feature(pairs)).tolist():
                further[at].append(said[:1].lower() + said[1:])
    apart = (~pairs.explained).tolist()
    found: list[str] = []
    for at, (one, two) in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)):
        left, right, how = told[one], told[two], pairs.how[:, at].tolist()
        clauses = [
            *_answered(left, right, how[0], pairs.mate[at].tolist()),
            *(_unanswered(left, right, how) if apart[at] else ()),
            *further[at],
        ]
        found.append("; ".join(clauses) + _titles(left, right))
    return found


def _answered(left: Told, right: Told, how: Sequence[int], mates: Sequence[int]) -> Iterator[str]:
    words: list[str] = []
    parts: list[str] = []
    others: list[str] = []
    for place, mate in enumerate(mates):
        if mate < 0:
            continue
        shown = left.shown(left.form.core[place].text)
        part = _part(left.form, place, right.form, mate)
        if how[place] != SAME:
            other = right.shown(right.form.core[mate].text)
            others.append(_ANSWERED[how[place]].format(part=part, left=shown, right=other))
        elif part == "a word":
            words.append(shown)
        else:
            parts.append(f"{part} is the same: {shown}")
    yield from parts
    if words:
        yield f"the same: {', '.join(words)}"
    yield from others


def _unanswered(left: Told, right: Told, how: Sequence[Sequence[int]]) -> Iterator[str]:
    ours, theirs = _left_over(left.form, how[0]), _left_over(right.form, how[1])
    one = ", ".join(left.shown(left.form.core[place].text) for place in ours)
    two = ", ".join(right.shown(right.form.core[place].text) for place in theirs)
    if ours and theirs:
        alone = len(ours) == len(theirs) == 1
        part = _part(left.form, ours[0], right.form, theirs[0]) if alone else ""
        yield f"{part} differs: {one} against {two}" if part else f"{one} against {two}"
    elif one or two:
        yield f"only one name has {one or two}"


def _left_over(form: Form, how: Sequence[int]) -> list[int]:
    """The places of the words of a name that nothing answers."""
    return [place for place, way in enumerate(how[: len(form.core)]) if not way]


def _part(left: Form, place: int, right: Form, mate: int) -> str:
    """What a word is in both names: the surname, the given name, else a word of them."""
    if left.kind != "person" or min(len(left.core), len(right.core)) < 2:
        return "a word"
    if place == left.surname and mate == right.surname:
        return "the surname"
    if place == _given(left) and mate == _given(right):
        return "the given name"
    return "a word"


def _given(form: Form) -> int:
    return 0 if form.surname else min(1, len(form.core) - 1)


def _titles(left: Told, right: Told) -> str:
    """Titles and the like that one name has and the other has not."""
    ours, theirs = set(left.form.titles), set(right.form.titles)
    more = [one.shown(text) for one, other in ((left, theirs), (right, ours))
            for text in one.form.titles if text not in other]  # fmt: skip
    return f" (not weighed: {', '.join(dict.fromkeys(more))})" if more else ""

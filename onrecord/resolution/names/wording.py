"""The reasons of a comparison in words: which word answers to which, and what stands against."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.names import fold
from onrecord.resolution.names.align import Aligned
from onrecord.resolution.names.features import FEATURES
from onrecord.resolution.names.form import Form
from onrecord.resolution.names.lexicon import Word
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


def same(left: Form, right: Form) -> str:
    """The reasons where two names are one but for order, titles and marks, or one is empty."""
    if not left.core or not right.core:
        return "there is no name to compare"
    reasons = ["the names are the same"]
    if [word.text for word in left.core] != [word.text for word in right.core]:
        reasons.append("in another order")
    return ", ".join(reasons) + _titles(left, right)


def reasons(pairs: Aligned, left: Form, right: Form) -> str:
    """The reasons of the one pair that `left` and `right` are, as clauses parted by semicolons."""
    clauses = [*_answered(pairs, left, right), *_unanswered(pairs, left, right)]
    for feature in FEATURES:
        if feature.__name__ not in _SAID_OTHERWISE and feature(pairs)[0]:
            said = (feature.__doc__ or "").split("\n")[0].rstrip(".")
            clauses.append(said[:1].lower() + said[1:])
    return "; ".join(clauses) + _titles(left, right)


def _answered(pairs: Aligned, left: Form, right: Form) -> Iterator[str]:
    words: list[str] = []
    parts: list[str] = []
    others: list[str] = []
    for place, mate in enumerate(pairs.mate[0]):
        if mate < 0:
            continue
        how, word, other = int(pairs.how[0, 0, place]), left.core[place], right.core[mate]
        part, shown = _part(left, place, right, int(mate)), _shown(left, word)
        if how != SAME:
            ways = {"left": shown, "right": _shown(right, other)}
            others.append(_ANSWERED[how].format(part=part, **ways))
        elif part == "a word":
            words.append(shown)
        else:
            parts.append(f"{part} is the same: {shown}")
    yield from parts
    if words:
        yield f"the same: {', '.join(words)}"
    yield from others


def _unanswered(pairs: Aligned, left: Form, right: Form) -> Iterator[str]:
    if pairs.run_together[0] or pairs.acronym[0]:
        return
    ours = [place for place, how in _words(left, pairs.how[0, 0]) if not how]
    theirs = [place for place, how in _words(right, pairs.how[1, 0]) if not how]
    one = ", ".join(_shown(left, left.core[place]) for place in ours)
    two = ", ".join(_shown(right, right.core[place]) for place in theirs)
    if ours and theirs:
        part = _part(left, ours[0], right, theirs[0]) if len(ours) == len(theirs) == 1 else ""
        yield f"{part} differs: {one} against {two}" if part else f"{one} against {two}"
    elif one or two:
        yield f"only one name has {one or two}"


def _words(form: Form, how: NDArray[np.int8]) -> Iterator[tuple[int, int]]:
    yield from enumerate(how[: len(form.core)].tolist())


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


def _titles(left: Form, right: Form) -> str:
    """Titles and the like that one name has and the other has not."""
    ours, theirs = set(left.titles), set(right.titles)
    more = [_shown_text(form, text) for form, other in ((left, theirs), (right, ours))
            for text in form.titles if text not in other]  # fmt: skip
    return f" (not weighed: {', '.join(dict.fromkeys(more))})" if more else ""


def _shown(form: Form, word: Word) -> str:
    return _shown_text(form, word.text)


def _shown_text(form: Form, text: str) -> str:
    """A word as the name spells it, where it stands there as one word."""
    for spelled in re.findall(r"\w+", form.name):
        if fold.words([spelled])[0] == [text]:
            return str(spelled)
    return text.title() if form.kind == "person" else text

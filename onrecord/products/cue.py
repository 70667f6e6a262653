"""The words that introduce what is said, where they turn it: "never said", "no evidence that".

Whoever reads "The panel found: that shots were fired" where the report has "found no evidence that
shots were fired" is told the contrary. So wherever a word of denial stands in the cue, right before
it, or between it and what is said, these words stand before what is said, in place of ours.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from onrecord.model import Claim, Record, Span
from onrecord.vocabulary import load

_REACH = 60
"""Characters on either side of a cue in which it may be turned; punctuation ends it sooner."""
_WORD = re.compile(r"[\w'’]+")
_PAUSE = re.compile(r"[^\w\s'’-]|\n\s*\n")


def turning(record: Record, claim: Claim | None) -> Span | None:
    """The cue with the words that turn it, as they stand in the text; None where nothing does."""
    if claim is None or claim.cue is None:
        return None
    start, end = _before(record, claim, claim.cue[0]), _after(record, claim, claim.cue[1])
    turned = _turns(record.text[start:end]) or _shows_nothing(record, claim)
    return (start, end) if turned else None


def _shows_nothing(record: Record, claim: Claim) -> bool:
    """Whether what is said begins with there being no evidence of what follows."""
    rules = load("products")["turning"]
    start, end = claim.content[0]
    opening = [w[0].casefold() for w in _WORD.finditer(record.text, start, end)][: rules["opening"]]
    return any(one == "no" and other in rules["nothing"] for one, other in pairwise(opening))


def _after(record: Record, claim: Claim, end: int) -> int:
    """Where what is said begins, if it follows the cue with nothing but a few words between."""
    begins = min((start for start, _ in claim.content if start >= end), default=end)
    between = record.text[end:begins]
    near = len(between) <= _REACH and not _PAUSE.search(between)
    return end + len(between.rstrip()) if near and _turns(between) else end


def _before(record: Record, claim: Claim, start: int) -> int:
    """Where a word that turns the cue begins before it, behind whoever is named as the source."""
    taken = [link.span[1] for link in claim.attribution if link.span] + [
        stop for _, stop in claim.content
    ]
    floor = max([start - _REACH, 0, *(stop for stop in taken if stop <= start)])
    before = record.text[floor:start]
    pauses = [found.end() for found in _PAUSE.finditer(before)]
    floor += max(pauses, default=0)
    words = list(_WORD.finditer(record.text, floor, start))[-load("products")["turning"]["words"] :]
    return min((w.start() for w in words if _turns(w[0])), default=start)


def _turns(words: str) -> bool:
    found = (word[0].casefold().replace("’", "'") for word in _WORD.finditer(words))
    return any(word in _turning() or word.endswith("n't") for word in found)


@cache
def _turning() -> frozenset[str]:
    return frozenset(load("products")["turning"]["by"])

"""Who "He" is that opens a sentence on somebody's posts, where the book leaves it undecided."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from onrecord.coding.context import Context
from onrecord.coding.holders import Holder

REACH = 400
"""Characters back to the name that an opening pronoun carries on."""

_OPENING = re.compile(
    r"(?<=[.;!?”\"]\s)(?:He|She)\b(?=\s+(?:is|was|has|had|will|served|takes|took)\b)"
)
_CAREER = re.compile(
    r"\s+(?:(?:is|was|has\s+been)\s+(?:formerly|previously|until)|takes\s+over|took\s+over|replaces)\b"
)
"""What goes on about the last one told of in a list of postings, whoever else is prominent."""
_SENTENCE = re.compile(r"[a-z)\]”\"][.;!?]\s+(?=[A-Z])")
_PARTY = re.compile(r"\b(?:from|by|with|under|to|for)\s+(?:the\s+)?(?:[\w.-]+\s+){0,3}$")


def carried_on(context: Context, holders: list[Holder]) -> Iterator[Holder]:
    """The opening pronouns that nobody bears for sure, each as a holder: the subject just before.

    That is the last person of the sentence in front of it who does not stand behind a "from" or
    "by" ("He took over from Colonel Dahl"); a pronoun so read carries on to the next.
    """
    text = context.parsed.text
    known = sorted(holders, key=lambda h: h.start)
    starts = [h.start for h in known]
    for found in _OPENING.finditer(text):
        decided = found.start() in starts or context.book.at(found.start()) is not None
        if decided and not _CAREER.match(text, found.end()):
            continue
        index = bisect_left(starts, found.start())
        owner = _subject_before(text, known[:index], found.start())
        if owner is None:
            continue
        carried = Holder(*found.span(), owner.entity)
        held = index < len(known) and known[index].start == carried.start
        known[index : index + held] = [carried]
        starts[index : index + held] = [carried.start]
        yield carried


def _subject_before(text: str, holders: list[Holder], at: int) -> Holder | None:
    start = _start_of_sentence(text, at)
    for holder in reversed(holders):
        if holder.start < max(start, at - REACH):
            return None
        if not _PARTY.search(text, max(0, holder.start - 40), holder.start):
            return holder
    return None


def _start_of_sentence(text: str, at: int) -> int:
    """Where the sentence in front of the one that begins at a character begins."""
    begin = max(0, at - REACH)
    ends = [m.end() for m in _SENTENCE.finditer(text, begin, at)]
    before = [end for end in ends if end < at]
    line = text.rfind("\n", begin, at) + 1
    return max([line, *before[-1:]])

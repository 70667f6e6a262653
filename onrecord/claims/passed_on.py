"""Who only passes on another's word: `The bishop said that villagers had told of three dead.`

What he says is that others said it, and no more: the words go back to them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from onrecord.model import Claim, Link

REST = 3
"""Most words of a claim that lie outside what another says in it."""
_WORD = re.compile(r"\w+")
_OWN_STAND = ("denial", "demand")
_LEVELS = ("speaker", "cited")


def passed_on(claims: Sequence[Claim], told: Collection[str], text: str) -> Iterator[Claim]:
    """The claims; one that holds nothing but another's claim cites that one's source.

    `told` are the ids of those whose cue tells what was: who hopes or wants it is no source of it.
    """
    inner: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.parent is not None and {claim.parent, claim.id} <= set(told):
            inner.setdefault(claim.parent, []).append(claim)
    for claim in claims:
        found = (_source(claim, one, text) for one in inner.get(claim.id, ()))
        link = next((link for link in found if link is not None), None)
        yield claim if link is None else replace(claim, attribution=(link, *claim.attribution))


def _source(outer: Claim, inner: Claim, text: str) -> Link | None:
    """Whom the outer claim cites by the inner one, where that takes up all of it."""
    first = next((link for link in inner.attribution if link.level in _LEVELS), None)
    own = next((link for link in outer.attribution if link.level in _LEVELS), None)
    if first is None or own is None or own.level == "cited" or first.span is None:
        return None
    if outer.kind in _OWN_STAND or outer.polarity == "negated" or first.entity is None:
        return None
    if first.entity == own.entity:
        return None
    taken = {n for span in (first.span, inner.cue, *inner.content) if span for n in range(*span)}
    rest = sum(
        not taken.issuperset(range(span[0] + word.start(), span[0] + word.end()))
        for span in outer.content
        for word in _WORD.finditer(text[slice(*span)])
    )
    return Link("cited", first.entity, first.span) if rest <= REST else None

"""Quotations with no cue of their own: they go on in the voice that spoke last."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import Grammar
from onrecord.claims.speech import is_full, leads_to, quote_tokens


def continued(g: Grammar, chosen: list[Candidate]) -> Iterator[tuple[int, Candidate]]:
    """(quotation, the candidate whose speaker it continues), in order.

    In the paragraph of the last claim, a whole sentence in quotation marks that nothing else claims
    is that speaker's. At the head of a paragraph it is so only where a quotation came just before.
    What a sentence of its own leads to is whosever that sentence says, and is never gone on with.
    """
    taken = {q for c in chosen for q in c.quotes}
    covered = {q for c in chosen for part in c.content for q in _quotes_in(g, part)}
    named = (c for c in chosen if c.source.head is not None and g.quote[c.cue] < 0)
    speakers = sorted(named, key=lambda c: c.cue)
    cues = [c.cue for c in speakers]
    voice: dict[int, Candidate] = {q: c for c in chosen for q in c.quotes}
    for quote in range(len(g.quotations)):
        if quote in taken or quote in covered or not is_full(g, quote) or leads_to(g, quote):
            continue
        first, _ = quote_tokens(g, quote)
        if first >= len(g):
            continue
        last = bisect_left(cues, first) - 1
        if last >= 0 and g.paragraph[cues[last]] == g.paragraph[first]:
            voice[quote] = speakers[last]
        elif quote - 1 in voice and _touches(g, quote - 1, quote):
            voice[quote] = voice[quote - 1]
        else:
            continue
        yield quote, voice[quote]


def _quotes_in(g: Grammar, part: tuple[int, int]) -> set[int]:
    return {g.quote[t] for t in range(*part)} - {-1}


def _touches(g: Grammar, before: int, after: int) -> bool:
    """Whether one quotation ends a paragraph and the other heads the next."""
    gap = g.text[g.quotations[before].outer[1] : g.quotations[after].outer[0]]
    return not gap.strip()

"""Two who disagree in one sentence: `Critics say it harms, while supporters say it helps`.

The parser hangs the second on what the first say. What the others say is theirs alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import Grammar
from onrecord.claims.lexicon import lexicon
from onrecord.claims.nearby import Nearby
from onrecord.claims.source import trimmed

_CONTRAST = frozenset({"while", "whereas", "although", "though"})
_OWN = ("PRP", "WP", "WDT", "EX")


def against(g: Grammar, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The readings, each ended before a clause that tells what somebody else says."""
    clauses: Nearby[tuple[int, int]] = Nearby()
    for verb in sorted({c.cue for c in candidates if g.quote[c.cue] < 0}):
        first = _begins(g, verb)
        if first is not None:
            clauses.add(first, first, (first, verb))
    return [_ended(g, c, clauses) for c in candidates]


def _begins(g: Grammar, verb: int) -> int | None:
    """Where a clause of contrast begins whose verb tells what another than the first one says."""
    subject = g.child(verb, "nsubj")
    if subject is None or g.tag[subject] in _OWN or g.lemma[verb] not in lexicon().saying:
        return None
    if g.child(verb, "ccomp") is None:
        return None
    first = g.left[verb]
    if g.dep[verb] == "advcl":
        mark = g.child(verb, "mark")
        contrast = mark is not None and g.word[mark].lower() in _CONTRAST
    else:
        first = min(first, g.left[subject])
        contrast = g.dep[verb] == "conj" and g.word[first - 1].lower() == "but"
        first -= contrast
    behind = contrast and first > g.sentence_of(verb)[0] and g.word[first - 1] == ","
    return first if behind else None


def _ended(g: Grammar, candidate: Candidate, clauses: Nearby[tuple[int, int]]) -> Candidate:
    low, high = candidate.content[-1]
    if candidate.quotes:
        return candidate
    starts = [
        first
        for first, verb in clauses.around(low, high)
        if low + 1 < first < high and candidate.cue < first and verb < high
    ]
    if not starts:
        return candidate
    content = (*candidate.content[:-1], trimmed(g, (low, min(starts))))
    return replace(candidate, content=content)

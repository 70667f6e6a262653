"""What somebody calls by a name of their own: `Ten died in what residents called a massacre.`

Who calls it so says that it was. The clause before "in what" is theirs with the name they give it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import FINITE, Grammar
from onrecord.claims.source import trimmed
from onrecord.vocabulary import load

CALLING = 3
"""Most words of a calling that a parser leaves out before a name: `herder Adu`."""
_TERMING = frozenset(("call", "describe", "term", "label", "denounce", "condemn", "characterize"))


def _what(g: Grammar, first: int) -> int | None:
    """The "what" of "in what", at the head of a source or a few nouns before it."""
    for token in range(first, max(first - CALLING - 2, 1), -1):
        if g.word[token].lower() == "what":
            return token if g.word[token - 1].lower() == "in" else None
        if token != first and not g.tag[token].startswith(("NN", "JJ", "DT")):
            return None
    return None


@cache
def _deeds() -> frozenset[str]:
    """The verbs that state an act."""
    verbs = (rule for kind in load("act_cues").values() for rule in kind.get("verbs", ()))
    return frozenset(
        lemma
        for rule in verbs
        for told in [rule["verb"] if isinstance(rule, Mapping) else rule]
        for lemma in ([told] if isinstance(told, str) else told)
    )


def with_what(g: Grammar, candidate: Candidate) -> Candidate:
    """The reading with the clause that its name stands for, where that clause tells of a wrong."""
    source = candidate.source.words
    if candidate.quotes or source is None or g.lemma[candidate.cue] not in _TERMING:
        return candidate
    what = _what(g, source[0])
    if what is None:
        return candidate
    named = replace(candidate.source, words=(what + 1, max(source[1], what + 2)))
    candidate = replace(candidate, source=named)
    low = g.sentence_of(candidate.cue)[0]
    before = range(low, what - 1)
    finite = any(g.tag[t] in FINITE for t in before)
    if not finite or any(g.quote[t] >= 0 for t in before) or candidate.content[0][0] < what - 1:
        return candidate
    clause = trimmed(g, (low, what - 1))
    if not any(g.lemma[t] in _deeds() and g.tag[t].startswith("VB") for t in before):
        return candidate
    return replace(candidate, content=(clause, (what - 1, what + 1), *candidate.content))

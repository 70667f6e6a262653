"""`“We knew,” the mayor was quoted as saying`: rare in what the weights were learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.cited import SAYING
from onrecord.claims.grammar import Grammar
from onrecord.claims.selector import Scores

_QUOTING = ("quote", "cite", "report")
_SURE = 0.8
"""What such a reading is worth at least: its grammar leaves nothing else."""


def sure_of_quoted(g: Grammar, candidates: Sequence[Candidate], scores: Scores) -> Scores:
    """The scores, with those of quotations laid to whom somebody quotes raised.

    Its "quoted" says nothing more.
    """
    sure = {n for n, c in enumerate(candidates) if c.quotes and _is_quoted(g, c)}
    if not sure:
        return scores
    verbs = {g.head[g.head[candidates[n].cue]] for n in sure}

    def settled(number: int, score: float) -> float:
        if number in sure:
            return max(score, _SURE)
        return 0.0 if candidates[number].cue in verbs else score

    return replace(
        scores,
        alone=[settled(n, s) for n, s in enumerate(scores.alone)],
        together=[settled(n, s) for n, s in enumerate(scores.together)],
    )


def _is_quoted(g: Grammar, candidate: Candidate) -> bool:
    """Whether a cue is the "saying" of `was quoted as saying`, after its quotation."""
    cue, source = candidate.cue, candidate.source
    if g.word[cue].lower() not in SAYING or g.lemma[g.head[cue]] != "as" or source.head is None:
        return False
    verb = g.head[g.head[cue]]
    passive = any(g.dep[c] == "auxpass" for c in g.children[verb])
    return passive and g.lemma[verb] in _QUOTING and candidate.content[-1][1] <= source.head

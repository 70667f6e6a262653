"""Sources of several parties, where the parser kept only the last of them."""

from __future__ import annotations

from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import Grammar

LONGEST = 6
"""Words of the longest party that is given back to its source."""

_NOMINAL = ("DT", "JJ", "CD", "PRP$", "POS", "NN", "NNS", "NNP", "NNPS")


def whole_source(g: Grammar, candidate: Candidate) -> Candidate:
    """Give back what was left in the content: "..., residents and | a doctor said"."""
    words = candidate.source.words
    if candidate.quotes or words is None or not candidate.content:
        return candidate
    first, last = candidate.content[-1]
    if last != words[0] or g.word[last - 1].lower() != "and":
        return candidate
    comma = next((i for i in range(last - 2, first, -1) if g.word[i] == ","), None)
    if comma is None or not _is_party(g, comma + 1, last - 1):
        return candidate
    content = (*candidate.content[:-1], (first, comma))
    source = replace(candidate.source, words=(comma + 1, words[1]))
    return replace(candidate, content=content, source=source)


def _is_party(g: Grammar, first: int, last: int) -> bool:
    """Whether a stretch is one short noun phrase and nothing else."""
    tags = g.tag[first:last]
    return 0 < len(tags) <= LONGEST and tags[-1].startswith("NN") and {*tags} <= {*_NOMINAL}

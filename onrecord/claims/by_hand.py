"""What a reading is worth by the cue words that people wrote down, without anything learned."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord import vocabulary
from onrecord.claims.candidate import Candidate
from onrecord.claims.features import group_of
from onrecord.claims.grammar import Grammar

ACCORDING = 0.8
"""How far "according to" is trusted: it is hardly ever anything else."""


@cache
def trust() -> dict[tuple[str, str], float]:
    """By lemma and family of constructions, or by noun and construction: the trust in cues.yaml."""
    cues = vocabulary.load("cues")
    found: dict[tuple[str, str], float] = {
        (noun, construction): float(trusted)
        for noun in cues["nouns"]
        for construction, trusted in cues["noun_trust"].items()
    }
    for group in cues["verbs"].values():
        for lemma in group["lemmas"]:
            for family in group["takes"]:
                key = (lemma, family)
                found[key] = max(found.get(key, 0.0), float(group["trust"]))
    return found


def scores_by_hand(g: Grammar, candidates: Sequence[Candidate]) -> list[float]:
    """For each candidate the trust in its cue in such a construction; 0 where there is none."""
    known = trust()
    found = []
    for candidate in candidates:
        lemma, family = g.lemma[candidate.cue], group_of(candidate.construction)
        if family == "according":
            found.append(ACCORDING)
        else:
            here = known.get((lemma, candidate.construction), 0.0)
            found.append(max(here, known.get((lemma, family), 0.0)))
    return found

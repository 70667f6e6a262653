"""What is only supposed: `if a court finds that`, which no court has found; what is insisted on."""

from __future__ import annotations

from onrecord.claims.candidate import Candidate
from onrecord.claims.features import group_of
from onrecord.claims.grammar import Grammar, main_verb
from onrecord.claims.wording import words

_SUPPOSING = frozenset({"if", "unless"})


def is_supposed(g: Grammar, cue: int) -> bool:
    """`If a court finds that`, `unless he denies it`: nobody has said so yet."""
    return any(g.dep[c] == "mark" and g.lemma[c] in _SUPPOSING for c in g.children[cue])


def insists_that_it_is(g: Grammar, candidate: Candidate) -> bool:
    """`insisted that it was a mistake`, `will pass`; not `insisted that he leave`, `must leave`."""
    clause = group_of(candidate.construction).startswith("clause")
    if g.lemma[candidate.cue] != "insist" or not clause:
        return False
    verb = main_verb(g, candidate.content)
    helpers = [c for c in g.children[verb] if g.dep[c] in ("aux", "auxpass")]
    if any(g.lemma[h] in words().obligation for h in helpers):
        return False
    return any(g.tag[t] in ("VBD", "VBZ", "MD") for t in (verb, *helpers))

"""Claims inside the words of claims: `police said that he had accused them`.

The corpus that the weights were learned from marks none, quotations least of all: what stands
inside another's words is weighed as if it were told on its own, and must be surer than others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.choose import within
from onrecord.claims.features import FIRST_PERSON
from onrecord.claims.grammar import Grammar
from onrecord.claims.lexicon import lexicon
from onrecord.claims.manner import hedges_in
from onrecord.claims.selector import Selector

_TELLING = 0.55
"""How sure by itself a claim must be that somebody else told something."""
_THINKING = 0.7
"""The same for other verbs: `the findings show that`."""
_FEELING = 0.75
"""The same where a pronoun stands for the source, mostly the speaker: `she said she hoped`."""
_OWN = 0.8
"""The same for what a speaker says of themselves: `“I hope that”`."""
_HOLDING = 0.6
"""The same for verbs whose content holds their object whole: `accused him of theft`."""
_CONSTRUCTIONS = ("clause", "inserted", "according", "as")
_NEVER = 2.0
_ANYBODY = frozenset({"anyone", "anybody", "nobody", "none", "one", "whoever"})
_TOLD = {"i": ("he", "VBZ"), "we": ("they", "VBP"), "you": ("they", "VBP")}


def inner_claims(
    g: Grammar,
    candidates: Sequence[Candidate],
    alone: Sequence[float],
    chosen: list[tuple[Candidate, float]],
    weights: Selector,
) -> list[tuple[Candidate, float, Candidate]]:
    """Each claim inside one that stands, with its score and the smallest claim that holds it.

    `alone` are the scores of the candidates by themselves.
    """
    floors = _floors(g, candidates)
    quoted = [n for n, c in enumerate(candidates) if floors[n] < _NEVER and g.quote[c.cue] >= 0]
    scores = list(alone)
    if quoted:
        cues = {candidates[n].cue for n in quoted}
        rivals = [n for n, c in enumerate(candidates) if c.cue in cues]
        told = weights.score_alone(_as_told(g), [candidates[n] for n in rivals])
        for number, score in zip(rivals, told, strict=True):
            scores[number] = score
    return within(candidates, scores, chosen, floors)


def _floors(g: Grammar, candidates: Sequence[Candidate]) -> list[float]:
    """What each candidate must reach to stand inside another; a hedge is no claim of its own."""
    hedged = {t for span in hedges_in(g.text) for t in range(*g.covering(span))}
    return [_NEVER if c.cue in hedged or _is_open(g, c) else _floor(g, c) for c in candidates]


def _is_open(g: Grammar, candidate: Candidate) -> bool:
    """Whether nobody need have said it: `to say that`, `could state that`, `anyone who says`."""
    head = candidate.source.head
    if head is not None and g.word[head].lower() in _ANYBODY:
        return True
    small = [g.tag[c] for c in g.children[candidate.cue] if g.dep[c] in ("aux", "auxpass")]
    return g.tag[candidate.cue] == "VB" and ("MD" in small or "TO" in small)


def _floor(g: Grammar, candidate: Candidate) -> float:
    known, lemma = lexicon(), g.lemma[candidate.cue]
    if candidate.construction.startswith("object"):
        return _HOLDING if lemma in known.holding else _NEVER
    inside = candidate.construction.startswith(_CONSTRUCTIONS)
    if not inside or candidate.construction.startswith("clause_of"):
        return _NEVER
    head = candidate.source.head
    if head is not None and g.word[head].lower() in FIRST_PERSON:
        return _OWN
    if head is not None and lemma in known.telling:
        return _TELLING
    return _FEELING if head is not None and g.tag[head].startswith("PRP") else _THINKING


def _as_told(g: Grammar) -> Grammar:
    """The document as if nothing in it were quoted: `“I hope so”` as `he hopes so`."""
    word, tag = list(g.word), list(g.tag)
    for token, spelled in enumerate(g.word):
        told = _TOLD.get(spelled.lower()) if g.quote[token] >= 0 else None
        if told is None:
            continue
        word[token], verb = told[0], g.head[token]
        if g.dep[token] == "nsubj" and tag[verb] == "VBP":
            tag[verb] = told[1]
    return replace(g, word=word, tag=tag, quote=[-1] * len(g))

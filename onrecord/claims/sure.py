"""Readings rare in what the weights were learned from, whose grammar leaves nothing else.

`“We knew,” the mayor was quoted as saying`; `Brun replied: “No.”`; `denied the
charges`, `a claim which they deny`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.claims.candidate import Candidate
from onrecord.claims.cited import SAYING
from onrecord.claims.grammar import FINITE, Grammar
from onrecord.claims.lexicon import lexicon
from onrecord.claims.selector import Scores
from onrecord.claims.speech import leads_to
from onrecord.claims.wording import words
from onrecord.vocabulary import load

_QUOTING = ("quote", "cite", "report")
_SURE = 0.8
"""What a reading of a quotation is worth at least."""
_DENIED = 0.4
"""What a reading of a denial is worth at least; the better of two stays the better."""
_DENYING = frozenset({"deny", "refute", "rebut"})


def settled(g: Grammar, candidates: Sequence[Candidate], scores: Scores) -> Scores:
    """The scores, with those of such readings raised."""
    quoted = sure_of_led(g, candidates, sure_of_quoted(g, candidates, scores))
    return sure_of_denials(g, candidates, quoted)


def sure_of_led(g: Grammar, candidates: Sequence[Candidate], scores: Scores) -> Scores:
    """The scores, with those raised of quotations that a sentence leads to: `Brun replied: “No.”`

    Else they go on with what another said before.
    """
    sure = {n for n, c in enumerate(candidates) if c.quotes and _is_led(g, c)}
    alone, together = (
        [max(score, _SURE) if n in sure else score for n, score in enumerate(column)]
        for column in (scores.alone, scores.together)
    )
    return replace(scores, alone=alone, together=together) if sure else scores


def _is_led(g: Grammar, candidate: Candidate) -> bool:
    """Whether a cue of speech with a subject before it ends the sentence that leads on.

    Not where another passes it on: `Brun said his captors told him: “You will die.”`
    """
    source, saying = candidate.source, lexicon().saying
    if source.words is None or source.how != "subject" or g.lemma[candidate.cue] not in saying:
        return False
    lead = leads_to(g, candidate.quotes[0])
    if lead is None:
        return False
    own = lead[0] <= source.words[0] and source.words[1] <= candidate.cue < lead[1]
    ends = not any(g.tag[t] in FINITE for t in range(candidate.cue + 1, lead[1]))
    passed_on = any(
        g.tag[t] in FINITE and g.lemma[t] in saying for t in range(lead[0], candidate.cue)
    )
    return own and ends and not passed_on


def sure_of_denials(g: Grammar, candidates: Sequence[Candidate], scores: Scores) -> Scores:
    """The scores, with those raised of what somebody denies who was accused of it."""
    sure = {n for n, c in enumerate(candidates) if _is_denial(g, c)}
    together = [
        max(score, _DENIED + score / 10) if number in sure else score
        for number, score in enumerate(scores.together)
    ]
    return replace(scores, together=together) if sure else scores


def _is_denial(g: Grammar, candidate: Candidate) -> bool:
    """Whether a reading holds the whole object of a cue of denial, and that is what one denies."""
    cue, name = candidate.cue, candidate.construction
    if candidate.source.head is None or candidate.quotes or g.quote[cue] >= 0:
        return False
    if not name.startswith("object") or "_cut" in name or g.child(cue, "neg") is not None:
        return False
    if name == "object_relative":
        return True
    thing = g.child(cue, "dobj")
    if thing is None or g.child(cue, "dative") is not None:
        return False
    if g.lemma[thing] == "innocence":
        return g.lemma[cue] in words().professing
    return g.lemma[cue] in _DENYING and (
        g.lemma[thing] in denied_nouns() or words().wrongdoing.match(g.word[thing]) is not None
    )


@cache
def denied_nouns() -> frozenset[str]:
    """Nouns for what is denied: a charge, a claim, a role."""
    known = load("denials")
    return frozenset((*known["one"], *known["all"], *load("cues")["denied"], "report", "charge"))


def sure_of_quoted(g: Grammar, candidates: Sequence[Candidate], scores: Scores) -> Scores:
    """The scores, with those of quotations laid to whom somebody quotes raised.

    Its "quoted" says nothing more.
    """
    sure = {n for n, c in enumerate(candidates) if c.quotes and _is_quoted(g, c)}
    if not sure:
        return scores
    verbs = {g.head[g.head[candidates[n].cue]] for n in sure}

    def raised(number: int, score: float) -> float:
        if number in sure:
            return max(score, _SURE)
        return 0.0 if candidates[number].cue in verbs else score

    return replace(
        scores,
        alone=[raised(n, s) for n, s in enumerate(scores.alone)],
        together=[raised(n, s) for n, s in enumerate(scores.together)],
    )


def _is_quoted(g: Grammar, candidate: Candidate) -> bool:
    """Whether a cue is the "saying" of `was quoted as saying`, after its quotation."""
    cue, source = candidate.cue, candidate.source
    if g.word[cue].lower() not in SAYING or g.lemma[g.head[cue]] != "as" or source.head is None:
        return False
    verb = g.head[g.head[cue]]
    passive = any(g.dep[c] == "auxpass" for c in g.children[verb])
    return passive and g.lemma[verb] in _QUOTING and candidate.content[-1][1] <= source.head

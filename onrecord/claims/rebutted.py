"""Cues by which something is denied, and the same words where nothing is.

`Denied the killing` denies; `denied him bail` and `rejected the appeal` refuse what was asked, and
`neither confirmed nor denied it` leaves it open. `Called the report a fabrication` denies, though
its verb alone does not.
"""

from __future__ import annotations

from onrecord.claims.candidate import Candidate
from onrecord.claims.features import group_of
from onrecord.claims.grammar import Grammar
from onrecord.claims.wording import NEGATIONS, words
from onrecord.model import ClaimKind

_SAID = ("clause", "quote", "inserted")
_THEM = frozenset({"him", "her", "them", "me", "us", "you"})
_REJECTING = frozenset({"reject", "dismiss"})
_ENDS = frozenset({",", "CC", "WDT", "WP"})
_EITHER = frozenset({"or", "nor"})
_NEAR = 4
"""Words after "pleaded" among which "guilty" is looked for."""


def refuses(g: Grammar, candidate: Candidate) -> bool:
    """Whether a cue of denial refuses a thing, a wish or a person: `denied them water`."""
    cue = candidate.cue
    if group_of(candidate.construction) in _SAID:
        return False
    rejecting = g.lemma[cue] in _REJECTING
    if rejecting and _is_ruling(g, candidate):
        return True
    things = [c for c in g.children[cue] if g.dep[c] in ("dobj", "nsubjpass", "dative", "oprd")]
    objects = [c for c in things if c > cue and g.dep[c] != "oprd"]
    if len(objects) > 1 or g.child(cue, "xcomp", "dative") is not None:
        return not any(g.tag[c] == "VBG" for c in g.children[cue] if g.dep[c] == "xcomp")
    named = things or [g.head_of(candidate.content[0])]
    if rejecting and any(_is_somebody(g, thing) for thing in named):
        return True
    return any(g.lemma[t] in words().refused for t in named)


def _is_ruling(g: Grammar, candidate: Candidate) -> bool:
    """`The court dismissed the claims`: it rules on them, and answers for nothing."""
    head = candidate.source.head
    if head is None:
        return False
    named = (head, *(c for c in g.children[head] if g.dep[c] == "compound"))
    return any(g.lemma[t] in words().ruling for t in named)


def _is_somebody(g: Grammar, thing: int) -> bool:
    return g.word[thing].lower() in _THEM or g.entity[thing] in ("PERSON", "NORP")


def leaves_open(g: Grammar, cue: int) -> bool:
    """`Neither confirmed nor denied`, `did not confirm or deny`: one negation for both verbs."""
    above = g.head[cue]
    if g.dep[cue] != "conj" or above == cue:
        return False
    joint = {g.word[c].lower() for c in g.children[above] if g.dep[c] in ("cc", "preconj")}
    negated = any(g.word[c].lower() in NEGATIONS for c in g.children[above] if c < above)
    withheld = g.dep[above] == "xcomp" and g.lemma[g.head[above]] in words().withholding
    return bool(joint & _EITHER) and (negated or withheld or "neither" in joint)


def calls_untrue(g: Grammar, candidate: Candidate) -> bool:
    """`Called the report a fabrication`, `described it as baseless`: the word is for the thing."""
    if g.lemma[candidate.cue] not in words().terming or candidate.quotes:
        return False
    things = (
        t
        for part in candidate.content
        for t in range(*part)
        if g.tag[t].startswith(("NN", "PRP", "DT")) and g.dep[t] in ("dobj", "nsubj", "nsubjpass")
    )
    thing = next(things, None)
    if thing is None or _is_somebody(g, thing):
        return False
    last = candidate.content[-1][1]
    end = next((t for t in range(thing + 1, last) if g.tag[t] in _ENDS), last)
    text = g.text[g.start[thing] : g.end[end - 1]]
    return words().false.search(text) is not None


def answer_to_charge(g: Grammar, candidate: Candidate) -> ClaimKind | None:
    """What somebody answers to a charge: `pleaded not guilty`, `maintained his innocence`."""
    cue = candidate.cue
    after = [word.lower() for word in g.word[cue + 1 : min(cue + _NEAR, g.sentence_of(cue)[1])]]
    if g.lemma[cue] == "plead" and "guilty" in after:
        return "denial" if "not" in after[: after.index("guilty")] else "admission"
    if group_of(candidate.construction) == "object":
        thing = g.child(candidate.cue, "dobj")
        if thing is not None and g.lemma[thing] == "innocence":
            return "denial"
    return None

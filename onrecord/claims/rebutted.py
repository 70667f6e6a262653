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
from onrecord.entities.lexicon import person_nouns
from onrecord.model import ClaimKind

_SAID = ("clause", "quote", "inserted")
_THEM = frozenset({"him", "her", "them", "me", "us", "you"})
_REJECTING = frozenset({"reject", "dismiss"})
_ENDS = frozenset({",", "CC", "WDT", "WP"})
_EITHER = frozenset({"or", "nor"})
_PLEA = 3
"""Words after "pleaded" that tell how: "not guilty"; those of a quotation have its mark first."""
_UP = 5
"""Steps up the parse from a word to what it is said of."""


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
    if rejecting:
        proposed = words().refused | words().proposed
        return any(_is_somebody(g, t) or g.lemma[t] in proposed for t in named)
    return any(g.lemma[t] in words().refused and not _is_wronged(g, t) for t in named)


def _is_wronged(g: Grammar, thing: int) -> bool:
    """`Denied ill-treatment`: a good thing that is a wrong with the words right before it."""
    behind = g.start[g.left[thing]], g.end[thing]
    wrongs = words().wrongdoing.finditer(g.text, *behind)
    return any(found.end() > g.start[thing] for found in wrongs)


def _is_ruling(g: Grammar, candidate: Candidate) -> bool:
    """`The court dismissed the claims`: it rules on them, and answers for nothing."""
    head = candidate.source.head
    if head is None:
        return False
    named = (head, *(c for c in g.children[head] if g.dep[c] == "compound"))
    return any(g.lemma[t] in words().ruling for t in named)


def _is_somebody(g: Grammar, thing: int) -> bool:
    named = g.entity[thing] in ("PERSON", "NORP") or g.lemma[thing] in person_nouns()
    return named or g.word[thing].lower() in _THEM


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
    """`Called the report a fabrication`, `described it as baseless`: the word is for the thing.

    It is not where it tells what the thing is: `called the propaganda dangerous`, `condemned an
    arrest for spreading lies`. Who calls a denial a lie denies nothing.
    """
    if g.lemma[candidate.cue] not in words().terming or candidate.quotes:
        return False
    things = (
        t
        for part in candidate.content
        for t in range(*part)
        if g.tag[t].startswith(("NN", "PRP", "DT")) and g.dep[t] in ("dobj", "nsubj", "nsubjpass")
    )
    thing = next(things, None)
    if thing is None or _is_somebody(g, thing) or g.lemma[thing] == "denial":
        return False
    last = candidate.content[-1][1]
    end = next((t for t in range(thing + 1, last) if g.tag[t] in _ENDS), last)
    behind = g.end[thing], g.end[end - 1]
    called = (g.covering(found.span())[0] for found in words().false.finditer(g.text, *behind))
    return any(_is_said_of_it(g, word, thing) for word in called)


def _is_said_of_it(g: Grammar, word: int, thing: int) -> bool:
    """Whether a word is for the thing before it: under no preposition but "as", not negated."""
    if not {g.word[t].lower() for t in range(max(thing, word - 2), word)}.isdisjoint(NEGATIONS):
        return False
    token = word
    for _ in range(_UP):
        above = g.head[token]
        if g.dep[token] in ("pobj", "pcomp") and g.lemma[above] != "as":
            return False
        if above in (token, thing):
            break
        token = above
    return True


def answer_to_charge(g: Grammar, candidate: Candidate) -> ClaimKind | None:
    """What somebody answers to a charge: `pleaded not guilty`, `maintained his innocence`."""
    cue = candidate.cue
    if g.lemma[cue] == "plead":
        words_after = g.word[cue + 1 : min(cue + 1 + _PLEA, g.sentence_of(cue)[1])]
        plea = [word.lower() for word in words_after if word.isalpha()]
        if plea[:2] == ["not", "guilty"] or plea[:1] == ["innocent"]:
            return "denial"
        return "admission" if plea[:1] == ["guilty"] else None
    thing = g.child(cue, "dobj")
    if thing is None or g.lemma[thing] != "innocence" or g.lemma[cue] not in words().professing:
        return None
    return "denial" if group_of(candidate.construction) == "object" else None

"""Whose doing a verb tells of where the parse hangs it on another word than it goes on from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import child, lemma, own_subject, own_subjects
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = frozenset({"advcl", "ccomp", "relcl", "conj"})


def nearer_clause(verb: Token) -> Token | None:
    """The verb of the clause that a list goes on with: "was 40 when rangers beat him, held him".

    A parse may hang "held" on "was". Whoever was something or was at something, looked on or
    suffered is no doer of what follows, and the clause in between has a doer of its own.
    """
    above = verb.head
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and own_subject(verb) is None:
        return _struck_by(verb)
    if verb.dep_ not in ("conj", "advcl", "dep") or own_subjects(verb):
        return None
    if not (_only_told(above) or _is_unlike(above, verb)):
        return None
    if verb.dep_ == "advcl" and (child(verb, "mark") is not None or not _is_finite(verb)):
        return None
    between = [w for w in verb.doc[above.i + 1 : verb.i] if _could_go_on(w, above, verb)]
    return between[-1] if between else None


def _struck_by(verb: Token) -> Token | None:
    """The verb that says what did the harm: "mourned after a flood that hit Pelna, killing ten"."""
    frames, between = load("act_frames"), verb.doc[verb.head.i + 1 : verb.i]
    if lemma(verb.head) in frames["wielding"]:
        return None  # "fired a shell that hit a clinic, killing ten": who fired it did
    return next((w for w in between if w.dep_ == "relcl" and lemma(w) in frames["striking"]), None)


def _only_told(verb: Token) -> bool:
    """Whether a verb tells what somebody was, saw or suffered, and nothing that they did."""
    frames = load("act_frames")
    return lemma(verb) in ("be", *frames["onlooking"], *frames["suffered"])


def _is_unlike(above: Token, verb: Token) -> bool:
    """Whether a verb behind a comma can't go on with one: "was reading when they came, beat him".

    With "and" before it, it may: "were on patrol when he threw a stone, and beat him".
    """
    going_on = above.tag_ == "VBG" and any(lemma(c) == "be" for c in above.lefts)
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    return going_on and verb.dep_ == "conj" and before is not None and before.text == ","


def _could_go_on(word: Token, above: Token, verb: Token) -> bool:
    """Whether a verb between two others has a doer of its own and the tense of the second."""
    return (
        word.pos_ == "VERB"
        and word.dep_ in _INSIDE
        and own_subject(word) is not None
        and above.is_ancestor(word)
        and _is_finite(word)
        and (word.tag_ == "VBD") == (verb.tag_ == "VBD")
        and not _only_told(word)
    )


def _is_finite(verb: Token) -> bool:
    to = any(c.tag_ == "TO" for c in verb.lefts)
    return verb.tag_ in ("VBD", "VBP", "VBZ", "VB") and not to


def participle_after(verb: Token) -> Token | None:
    """The verb whose doer a participle after a comma shares: "attacked X, beating him".

    A parse may hang the participle on the one it was done to.
    """
    whom = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or verb.i == verb.sent.start:
        return None
    first = verb
    while first.i > verb.sent.start and first.nbor(-1).dep_ in ("advmod", "neg"):
        first = first.nbor(-1)
    apart = first.i > verb.sent.start and first.nbor(-1).text == ","
    if not apart or whom.dep_ != "dobj" or child(verb, "dobj") is None:
        return None
    return whom.head


def told_of(verb: Token) -> Token | None:
    """Of whom words between them and a verb tell it: "officials it alleges targeted her"."""
    says = verb.nbor(-1) if verb.i > verb.sent.start else None
    if says is None or says.dep_ != "relcl" or own_subject(verb) is not None:
        return None
    if child(says, "nsubj") is None or child(says, "dobj") is not None:
        return None
    verbs = load("cues")["verbs"]
    said = (*verbs["speech"]["lemmas"], *verbs["accusation"]["lemmas"])
    return says.head if lemma(says) in said else None


def planned_in(verb: Token) -> Token | None:
    """The noun of a plan that an infinitive says more of: "a plot to kidnap", "their bid to"."""
    to = next((c for c in verb.lefts if c.tag_ == "TO"), None)
    if to is None or to.i == verb.sent.start:
        return None
    noun = to.nbor(-1)
    return noun if noun.pos_ == "NOUN" and lemma(noun) in load("act_frames")["plots"] else None

"""Subjects that the parser often hangs on the wrong word in such reports, set right in place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OF_A_NOUN = frozenset({"prep", "pobj", "amod", "acl", "agent"})
_PLURALS = frozenset({"NNS", "NNPS"})
_CLIMB = 5


def mend_subjects(doc: Doc) -> None:
    """Give names behind a preposition to it, and verbs the subjects that stand before them."""
    for token in doc:
        if token.dep_ in ("prep", "agent"):
            _named_behind(token)
        elif token.lower_ == "that" and token.dep_ == "det":
            _done_by_a_name(token)
        elif token.lower_ == "whose" and token.dep_ == "poss":
            _whose_own_clause(token)
        elif token.lower_ == "whom" and token.dep_ in _SUBJECTS:
            _whom_others_name(token)
        elif token.pos_ == "VERB" and token.lemma_.lower() in _telling():
            _tells_at_the_end(token)
            _tell_together(token)


def _named_behind(preposition: Token) -> None:
    """The men did it in "men loyal to Colonel Amari burned it", whatever hangs on whom."""
    doc, at = preposition.doc, preposition.i + 1
    if any(c.dep_ in ("pobj", "pcomp") for c in preposition.children) or at >= preposition.sent.end:
        return
    name = doc[at]
    while name.dep_ == "compound" and name.pos_ == "PROPN" and name.head.i > name.i:
        name = name.head
    if name.pos_ != "PROPN" or name.dep_ not in _SUBJECTS or name.head.i < name.i:
        return
    if any(t.pos_ not in ("PROPN", "DET") for t in doc[at : name.i]):
        return
    people = _noun_over(preposition)
    verb = name.head
    if people is None or people.i > preposition.i:
        return
    if people.head.i == name.i:
        people.head, people.dep_ = verb, name.dep_
    elif people.head.i != verb.i or people.dep_ not in _SUBJECTS:
        return
    name.head, name.dep_ = preposition, "pobj"


def _noun_over(preposition: Token) -> Token | None:
    """The people whom a preposition says more of: "men loyal to", "troops under the command of"."""
    above = preposition
    for _ in range(_CLIMB):
        if above.pos_ == "NOUN" and above.tag_ in _PLURALS:
            return above
        if above.dep_ not in _OF_A_NOUN:
            return None
        above = above.head
    return None


def _done_by_a_name(that: Token) -> None:
    """Before a plural "that" does not say which one: "found that X tortured prisoners"."""
    inner, verb = that.head, that.head.head
    done = next((c for c in inner.lefts if c.dep_ == "amod" and c.tag_ in ("VBN", "VBD")), None)
    if inner.tag_ not in _PLURALS or done is None or verb.pos_ != "VERB" or done.i - 1 <= that.i:
        return
    name = done.nbor(-1)
    if name.pos_ != "PROPN" or name.dep_ not in ("compound", "nmod", "poss"):
        return
    before = [c for c in inner.lefts if that.i < c.i < name.i]
    done.head, done.dep_, done.tag_, done.pos_ = verb, "ccomp", "VBD", "VERB"
    name.head, name.dep_ = done, "nsubj"
    for part in before:
        part.head = name
    that.head, that.dep_, that.pos_ = done, "mark", "SCONJ"
    inner.head, inner.dep_ = done, "dobj"


def _whose_own_clause(whose: Token) -> None:
    """X is not among them in "X, whose wife was among the dead, said so": two clauses, not one."""
    own = whose.head
    inner = own.head
    if own.dep_ not in _SUBJECTS or inner.dep_ == "relcl":
        return
    first = next((c for c in inner.lefts if c.dep_ in _SUBJECTS and c.i < whose.i), None)
    outer = _verb_after(inner)
    if first is None or outer is None:
        return
    if inner.dep_ == "ROOT":
        outer.head, outer.dep_ = outer, "ROOT"
    elif outer.head.i == inner.i:
        outer.head, outer.dep_ = inner.head, inner.dep_
    passive = any(c.dep_ == "auxpass" for c in outer.lefts)
    first.head, first.dep_ = outer, "nsubjpass" if passive else "nsubj"
    inner.head, inner.dep_ = first, "relcl"


def _whom_others_name(whom: Token) -> None:
    """Villagers say it in "X, whom villagers accuse of arson"; their verb was read as a noun."""
    people = whom.head
    if people.dep_ == "relcl" and people.tag_ in ("NN", "NNS", "NNP", "NNPS"):
        finite = (c for c in people.rights if c.tag_ in ("VBP", "VBD", "VBZ"))
        verb = next((c for c in finite if c.i == people.i + 1), None)
        named = people.head
    elif people.dep_ == "aux" and people.tag_ == "VBZ" and people.i + 1 == people.head.i:
        verb = None if people.lemma_ in ("be", "have", "do") else people.head
        named = people.head.head
    else:
        return
    if verb is None:
        return
    if people.dep_ == "aux":
        people.tag_, people.pos_ = "NNS", "NOUN"
    verb.head, verb.dep_, verb.pos_ = named, "relcl", "VERB"
    people.head, people.dep_ = verb, "nsubj"
    whom.head, whom.dep_ = verb, "dobj"


def _verb_after(inner: Token) -> Token | None:
    """The verb behind a clause that it is read together with, and that has no subject itself."""
    beside = [inner.head] if inner.dep_ in ("ccomp", "advcl") else []
    beside += [c for c in inner.rights if c.dep_ in ("conj", "dep", "parataxis", "advcl")]
    for verb in beside:
        finite = verb.tag_ in ("VBD", "VBZ", "VBP")
        if finite and verb.i > inner.i and not any(c.dep_ in _SUBJECTS for c in verb.children):
            return verb
    return None


def _tells_at_the_end(verb: Token) -> None:
    """The last tell it in "wounding six, two residents and a nurse told the agency"."""
    doc = verb.doc
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i - 1 <= verb.sent.start:
        return
    held = {c.dep_ for c in verb.lefts}
    if held & {*_SUBJECTS, "aux"} or not (verb.dep_ == "conj" or "ccomp" in held):
        return
    comma = _comma_before(verb)
    if comma is None:
        return
    last = doc[verb.i - 1]
    if last.pos_ not in ("NOUN", "PROPN"):
        return
    first = last
    while first.dep_ in ("conj", "appos") and first.head.i > comma.i:
        first = first.head
    parts = [t for t in doc[comma.i + 1 : verb.i] if t.head.i <= comma.i or t.head.i > verb.i]
    if first not in parts or len(parts) != 1 or first.pos_ not in ("NOUN", "PROPN"):
        return
    _free(first, comma)
    first.head, first.dep_ = verb, "nsubj"
    told = verb.head
    while told.dep_ == "conj" and told.head.pos_ == "VERB":
        told = told.head
    if told.dep_ == "ROOT" and told.i != verb.i:
        verb.head, verb.dep_ = verb, "ROOT"
        told.head, told.dep_ = verb, "ccomp"


def _tell_together(verb: Token) -> None:
    """All tell it in "wounding six, two residents and a nurse said", not the nurse alone."""
    doc, last = verb.doc, next((c for c in verb.lefts if c.dep_ in _SUBJECTS), None)
    start = last.left_edge.i if last is not None else 0
    if last is None or start - 2 <= verb.sent.start or doc[start - 1].lower_ != "and":
        return
    first, joint = doc[start - 2], doc[start - 1]
    counts = [c for c in first.lefts if c.dep_ == "nummod"]
    between = doc[counts[0].i : counts[-1].i] if counts else ()
    if first.pos_ != "NOUN" or not any(t.text == "," for t in between):
        return  # "six, two residents": nobody is counted twice
    told = first.head
    counts[0].head, counts[0].dep_ = told, first.dep_
    first.head, first.dep_ = verb, "nsubj"
    last.head, last.dep_ = first, "conj"
    joint.head = first


def _comma_before(verb: Token) -> Token | None:
    """The comma that those who tell stand behind: a verb lies between it and none of them."""
    for token in reversed(verb.doc[verb.sent.start : verb.i]):
        if token.pos_ in ("VERB", "AUX"):
            return None
        if token.text == ",":
            return token
    return None


def _free(first: Token, comma: Token) -> None:
    """Leave what stands before the comma in the place of whom the parse made it a part of."""
    before = [c for c in first.lefts if c.i < comma.i and c.dep_ in ("nummod", "amod", "compound")]
    if before:
        before[0].head, before[0].dep_ = first.head, first.dep_
        for other in before[1:]:
            other.head = before[0]


@cache
def _telling() -> frozenset[str]:
    return frozenset(load("mending")["telling"])

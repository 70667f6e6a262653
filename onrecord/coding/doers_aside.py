"""Who a report speaks of near an act for another reason than that they did it.

They are told of it, asked to look into it or to end it, harmed by it, or judge those who did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import SUBJECTS, child, lemma
from onrecord.coding.acts_infinitives import has_no_before
from onrecord.coding.person_words import names_people
from onrecord.coding.principal_signs import kind_of
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from onrecord.model import Act


def is_aside(token: Token, act: Act) -> bool:
    """Whether a word names who stays out of an act, is told of it, looks into it or judges it."""
    if _stayed_out(token, act):
        return True
    token = first_of_list(token)
    if _is_seen(token) or _looks_on(token) or _hears(token) or _is_counted(token):
        return True
    return _is_asked(token) or _is_told(token)


def is_of_those_harmed(token: Token, sufferers: list[Token]) -> bool:
    """Whether a word for a force names the one whose people suffered it: a soldier, the army."""
    forces = _rules().forces
    return (
        lemma(token) in forces
        and bool(sufferers)
        and all(lemma(sufferer) in forces for sufferer in sufferers)
    )


def _is_counted(token: Token) -> bool:
    """Whether a word says what some of those told of were: "of the dead, 12 were soldiers"."""
    subject = child(token.head, "nsubj") if token.dep_ == "attr" else None
    return subject is not None and subject.pos_ == "NUM"


def _hears(token: Token) -> bool:
    """Whether a court only hears a case or orders what is lawful: "the court freed him"."""
    rules = _rules()
    court = {lemma(token), *(lemma(c) for c in token.lefts if c.dep_ == "compound")} & rules.courts
    return bool(court) and token.dep_ == "nsubj" and lemma(token.head) in rules.hearing


def _looks_on(token: Token) -> bool:
    onlookers = _rules().onlookers
    if token.dep_ == "nsubj" and lemma(token.head) in onlookers:
        return True
    verbs = [token.head] if token.dep_ == "nsubj" else [c for c in token.rights if c.dep_ == "acl"]
    phrasal = {f"{lemma(v)} {c.lower_}" for v in verbs for c in v.rights if c.dep_ == "prt"}
    return bool(phrasal & onlookers)


def _stayed_out(token: Token, act: Act) -> bool:
    """Whether a word names who did not do something: "the army did not come".

    Who holds somebody is told of so too: "the police did not say why".
    """
    if has_no_before(token):
        return True  # "there were no rebels"
    if token.dep_ not in SUBJECTS or kind_of(act) in ("detention", "disappearance"):
        return False
    return any(c.dep_ == "neg" for c in token.head.children)


def _is_asked(token: Token) -> bool:
    """Whether a word names who shall do something: "demanded that the government release him"."""
    verb = token.head
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.lefts)
    bare = verb.tag_ == "VB" or (that and verb.tag_ == "VBP" and token.tag_ in ("NN", "NNP"))
    if token.dep_ not in SUBJECTS or not bare:
        return False
    helping = {c.lower_ for c in verb.lefts if c.dep_ in ("aux", "neg", "auxpass")}
    if helping & _rules().bound:
        return not helping & {"have", "not", "n't", "never"}
    asked = verb.dep_ in ("ccomp", "xcomp") and lemma(verb.head) in _rules().asking
    return asked and not helping & {"do", "does", "did"}


def shall_look(token: Token) -> bool:
    """Whether a word names who is asked or bound to look into something, and no more."""
    rules, verb = _rules(), token.head
    if _is_asked(token):
        return lemma(verb) in rules.onlookers
    if token.dep_ not in ("dobj", "nsubjpass") or lemma(verb) not in rules.asking:
        return False
    asked = [c for c in verb.rights if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"]
    return any(lemma(c) in rules.onlookers for c in asked)


def _is_seen(token: Token) -> bool:
    """Whether a word names who is seen somewhere, and no more: "soldiers were seen in the town"."""
    doing = any(c.dep_ in ("xcomp", "advcl", "ccomp", "oprd") for c in token.head.rights)
    return token.dep_ == "nsubjpass" and lemma(token.head) in _rules().seen and not doing


def first_of_list(token: Token) -> Token:
    """The word that a list hangs on: "the authorities and the army" are told together."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    return token


def _is_told(token: Token) -> bool:
    """Whether a word names who is told, asked or harmed, or only whose people are told of."""
    rules, verb = _rules(), token.head
    if token.dep_ == "nsubjpass" and lemma(verb) in rules.harmed:
        return True  # "two soldiers were wounded"
    if token.dep_ in ("dobj", "dative", "nsubjpass"):
        return lemma(verb) in rules.told
    if verb.lower_ == "of" and names_people(verb.head):  # "members of the security forces"
        return True
    return token.dep_ == "pobj" and verb.lower_ in rules.told_after.get(lemma(verb.head), ())


@dataclass(frozen=True, slots=True)
class _Rules:
    told: frozenset[str]
    told_after: Mapping[str, tuple[str, ...]]
    onlookers: frozenset[str]
    asking: frozenset[str]
    bound: frozenset[str]
    seen: frozenset[str]
    harmed: frozenset[str]
    courts: frozenset[str]
    hearing: frozenset[str]
    forces: frozenset[str]


@cache
def _rules() -> _Rules:
    data = load("act_doers")
    told_after = {verb: tuple(words) for verb, words in data["told_after"].items()}
    sets = {n: frozenset(data[n]) for n in _Rules.__slots__ if n != "told_after"}
    return _Rules(told_after=told_after, **sets)

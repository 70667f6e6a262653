"""Who is named as one of many: "ten writers are held, including X and Y"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import child, conjuncts, lemma, phrase_end
from onrecord.coding.person_words import names_people
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from onrecord.model import Span

_FAR = 14
"""Tokens between a word for people and the words that begin the list of their names."""


def list_of_names(head: Token, stands_for_people: Callable[[Token], bool]) -> int | None:
    """The number of the token at which the names of those whom a noun tells of begin, if any.

    None where another word for people stands between: "critics of the activists, including X".
    """
    doc = head.doc
    for position in range(head.i + 1, min(head.sent.end, head.i + _FAR)):
        after = _after_opening(doc[position])
        if after is not None:
            return after
        if doc[position].tag_ in ("NNS", "NNP", "NNPS") and stands_for_people(doc[position]):
            return None
    return None


def _after_opening(token: Token) -> int | None:
    """The token after "including", "such as" or "identified as" that begins with this one."""
    for words in _openings():
        stretch = token.doc[token.i : token.i + len(words)]
        if tuple(t.lower_ for t in stretch) == words:
            return token.i + len(words)
    return None


def companions(verb: Token) -> list[Token]:
    """Who suffers the same: "was arrested together with X", "alongside X"."""
    found = []
    for token in verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + _FAR)]:
        if token.pos_ in ("VERB", "AUX") or token.lower_ in ("and", "but", ";"):
            break
        together = token.lower_ == "with" and token.nbor(-1).lower_ in _beside()
        if together or token.lower_ == "alongside":
            found += [c for c in token.children if c.dep_ == "pobj"]
    return found


@cache
def _openings() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words.split()) for words in load("act_parties")["listing"])


@cache
def _beside() -> frozenset[str]:
    return frozenset(load("act_parties")["beside"])


def is_listed(first: Token, last: Token) -> bool:
    """Whether a name and those after it are a list that "and" or "including" closes."""
    return any(t.lower_ in ("and", "including", "namely") for t in first.doc[first.i : last.i])


def is_set_apart(head: Token, name: Span) -> bool:
    """Whether a comma alone stands between a plural and a name."""
    end, doc = phrase_end(head), head.doc
    if head.tag_ not in ("NNS", "NNPS") or end + 1 >= len(doc):
        return False
    return doc[end].text == "," and doc[end + 1].idx == name[0]


def is_of_another(name: Token, head: Token) -> bool:
    """Whether a name behind a phrase says who the person before it is: "the mother of two, X"."""
    other = name.head
    above = other.is_ancestor(head) and head not in conjuncts(other)
    return name.dep_ == "appos" and above and names_people(other)


def is_a_name_for(name: Token, noun: Token) -> bool:
    """Whether a name is set beside a noun to say who that is: "our son, Orin Vale"."""
    return name.dep_ == "appos" and name.head.i == noun.i and not names_people(name)


def is_left_out(part: Token) -> bool:
    """Whether a list goes on without its verb: "killed 40 people and the rebels 12"."""
    return part.dep_ == "conj" and any(c.pos_ == "NUM" and c.i == part.i + 1 for c in part.rights)


def is_the_same(part: Token, first: Token) -> bool:
    """The second word for one person: "a lawmaker and former mayor" is somebody, not two."""
    if part.i == first.i or part.tag_ != "NN" or first.tag_ != "NN":
        return False
    article, owner = child(first, "det"), child(first, "poss")
    if any(c.dep_ in ("det", "poss", "nummod") for c in part.children):
        return False
    if owner is not None:  # "his cousin and classmate" is one, "his wife and son" are two
        return lemma(part) not in load("kinship")["kin"]
    return article is not None and article.lower_ in ("a", "an", "the")

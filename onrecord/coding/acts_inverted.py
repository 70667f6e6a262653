"""Who suffered it where the sentence is turned round, or counts them among others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import child, conjuncts, lemma
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

_AMONG = frozenset({"among", "amongst"})
_SUBJECTS = ("nsubj", "nsubjpass", "attr")


def set_behind(verb: Token) -> list[Token]:
    """Whom a participle that opens its sentence is said of: "Also arrested was X", "Killed: X"."""
    if verb.tag_ != "VBN" or verb.dep_ != "ROOT" or any(c.dep_ in _SUBJECTS for c in verb.lefts):
        return []
    being = next((c for c in verb.rights if c.dep_ == "auxpass"), None)
    if being is not None:
        parts = [*being.children, *verb.rights]
        return [c for c in parts if c.dep_ in _SUBJECTS and c.i > being.i][:1]
    colon = next((c for c in verb.rights if c.text == ":"), None)
    named = (c for c in verb.rights if colon is not None and c.i > colon.i and c.pos_ == "PROPN")
    return list(named)[:1]


def counted_among(victims: list[Token]) -> list[Token]:
    """Who is one of those it was done to: "X was among those arrested", "those held were X"."""
    found: list[Token] = []
    for noun in victims:
        being = _said_to_be(noun)
        if being is None:
            continue
        others = [c for c in being.children if c.dep_ in _SUBJECTS and c not in (noun, noun.head)]
        if noun.dep_ == "nsubj":
            others = [o for o in others if o.pos_ == "PROPN" and o.i > being.i]
        found += [o for o in others if o.dep_ != "expl"]
    return found


def _said_to_be(noun: Token) -> Token | None:
    """The verb "be" that makes somebody one of a group, or a group out of names."""
    if noun.dep_ == "pobj" and noun.head.lower_ in _AMONG:
        above = noun.head.head
    elif noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
        above = noun.head.head.head if noun.head.head.dep_ == "attr" else noun
    elif noun.dep_ == "nsubj" or (noun.dep_ == "attr" and _is_one_of(noun)):
        above = noun.head
    else:
        return None
    return above if lemma(above) == "be" and above.pos_ in ("AUX", "VERB") else None


def _is_one_of(noun: Token) -> bool:
    """Whether a parse reads "one of ten people" as a number."""
    return any(t.lower_ == "one" for t in noun.lefts) or any(
        t.lower_ == "one" and t.dep_ == "quantmod" for left in noun.lefts for t in left.children
    )


def owner_before(gerund: Token) -> list[Token]:
    """Whose "killing" it is where the parse takes that for an adjective: "X's killing shocked"."""
    if gerund.tag_ != "VBG" or gerund.i == gerund.sent.start:
        return []
    before = gerund.nbor(-1)
    return (
        [before.head] if before.dep_ == "case" and before.lower_ in ("'s", "’s", "'", "’") else []
    )


def held_hostage(verb: Token) -> list[Token]:
    """Whom "take hostage" is done to: the parse may make them a part of the word "hostage"."""
    word = child(verb, "dobj", "oprd")
    if word is None or lemma(word) not in load("act_frames")["captives"] or child(word, "det"):
        return []
    whom = [c for c in word.lefts if c.dep_ in ("nsubj", "compound", "poss", "nmod")]
    return [name for c in whom[:1] for name in conjuncts(c)]

"""Whom a pronoun means that stands for somebody only described: "a girl died; he had beaten her".

Those with a name are found before acts are read (`entities.pronouns`); who is only described may
have no entry by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coding.acts_grammar import child, clause, conjuncts, lemma
from onrecord.coding.acts_roles import agents_of, subjects_of
from onrecord.coding.person_words import person_words
from onrecord.entities.lexicon import listed, sex_of_noun
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Span, Token

    from onrecord.model import Entity

_INSIDE = frozenset({"compound", "amod", "nmod", "nummod", "npadvmod"})


def led_back(pronoun: Token, known: Callable[[int], Entity | None]) -> Token | None:
    """The noun for a person that a pronoun stands for, if the words before leave only one.

    `known` gives the entity at a character. In its own sentence, else in the one before it; never
    who the verb of its own clause is said of.
    """
    facts = load("pronouns")["pronouns"].get(pronoun.lower_)
    counted = pronoun.dep_ == "pobj" and pronoun.head.lower_ in ("of", "among")
    if facts is None or facts["number"] == "body" or counted:
        return None  # "two million people, most of them Danes": who they are stands before
    own = pronoun.sent
    barred = {t.i for s in subjects_of(clause(pronoun)) for t in conjuncts(s)}
    if facts["case"] == "possessive" and pronoun.dep_ == "poss":
        barred = {pronoun.head.i}
    stretches = [own.doc[own.start : pronoun.i]]
    if own.start > 0 and facts["number"] == "one":
        before = own.doc[own.start - 1].sent
        stretches.append(own.doc[before.start : before.end])
    for stretch in stretches:
        able = [t for t in _people(stretch) if t.i not in barred and _can_be(t, facts, known)]
        if able:
            found = _only_one(able, facts, known)
            return None if found is None or _tells_of_another(found, facts) else found
    return None


def was_harmed_before(pronoun: Token, meant: Entity, known: Callable[[int], Entity | None]) -> bool:
    """Whether the one whom a pronoun is taken for just had something done to them by another.

    "A nurse was stopped by a soldier. He beat her": "he" may well be the soldier.
    """
    own = pronoun.sent
    if own.start == 0 or pronoun.dep_ != "nsubj":
        return False
    many = pronoun.lower_ == "they"
    for token in own.doc[own.start - 1].sent:
        entity = known(token.idx) if token.dep_ == "nsubjpass" else None
        if entity is not None and entity.id == meant.id:
            agents = agents_of(token.head)
            return any((a.tag_ in ("NNS", "NNPS")) == many and a.pos_ != "PRON" for a in agents)
    return False


def _people(stretch: Span) -> Iterator[Token]:
    for token in stretch:
        if token.dep_ not in _INSIDE and token.pos_ in ("NOUN", "PROPN"):
            yield token


def _tells_of_another(noun: Token, facts: dict[str, str]) -> bool:
    """Whether a noun is rather who speaks of the one meant: "a witness said she", "her mother"."""
    speaks = noun.dep_ == "nsubj" and lemma(noun.head) in listed("roles", "speech")
    if speaks and lemma(noun) not in sex_of_noun():
        return True
    owner = child(noun, "poss")
    table: dict[str, dict[str, str]] = load("pronouns")["pronouns"]
    whose = table.get(owner.lower_, {}) if owner is not None else {}
    return (speaks and owner is not None) or whose.get("sex") == facts.get("sex", "")


def _can_be(noun: Token, facts: dict[str, str], known: Callable[[int], Entity | None]) -> bool:
    """Whether a noun can be whom a pronoun of this number and sex means."""
    entity = known(noun.idx)
    many = facts["number"] == "many"
    if noun.pos_ == "PROPN" or (entity is not None and entity.type == "Person" and not many):
        named = entity is not None and entity.type == ("Group" if many else "Person")
        return named and _fits(entity.sex if entity is not None else None, facts)
    words = person_words()
    if {lemma(noun), noun.lower_}.isdisjoint(words.people) and not (
        noun.lower_.endswith(words.endings) and lemma(noun) not in words.not_people
    ):
        return False
    if (noun.tag_ == "NNS") != many:
        return False
    return _fits(sex_of_noun().get(lemma(noun)), facts)


def _fits(sex: str | None, facts: dict[str, str]) -> bool:
    return facts["number"] == "many" or sex in (None, "unknown", facts["sex"])


def _only_one(
    able: list[Token], facts: dict[str, str], known: Callable[[int], Entity | None]
) -> Token | None:
    """The one left, or the one whose own word gives the sex: "a girl", beside "a doctor"."""
    if len(_apart(able, known)) == 1:
        return able[-1]
    if facts["number"] == "many":
        return None
    sure = [t for t in able if sex_of_noun().get(lemma(t)) == facts["sex"]]
    named = any(t.pos_ == "PROPN" for t in able)
    return sure[-1] if not named and len(_apart(sure, known)) == 1 else None


def _apart(nouns: list[Token], known: Callable[[int], Entity | None]) -> set[str]:
    """How many different people nouns stand for: an entity, or a word told of again."""
    found = set()
    for noun in nouns:
        entity = known(noun.idx)
        found.add(entity.id if entity is not None else lemma(noun))
    return found

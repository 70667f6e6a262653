"""Whom a clause asks: in "demanded that the minister order an inquiry" it is its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.context import Context
from onrecord.model import Claim, Span
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token

_BARE = frozenset({"VB", "NN", "VBP"})
"""Tags of a verb in its bare form: the parser takes many for nouns ("that the minister order")."""

_NONE = frozenset({"no", "none", "nobody", "neither"})
"""What nobody is to meet with, those who do it are not asked to do."""


def asked_in_clause(
    context: Context, claim: Claim, whole: Span
) -> tuple[tuple[str, ...], int] | None:
    """The entities that a clause with "that" asks, and where what they are to do begins.

    Who is to be treated in some way, or to have something, is asked for nothing: the clause has no
    addressee then but who is to do it ("be freed by the army"). None where no such clause is read.
    """
    verb = _verb_of(context, claim, whole)
    if verb is None:
        return None
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or _states(verb, subject):
        return None
    if subject.dep_ == "nsubjpass":
        if any(c.lower_ in _NONE for c in (subject, *subject.lefts)):
            return (), whole[0]
        return tuple(_known(context, _doers(verb))), whole[0]
    if undergoes(context.parsed.text[verb.idx : whole[1]]) or verb.text.lower() == "be":
        return (), whole[0]
    named = tuple(_known(context, [subject, *subject.conjuncts]))
    last = max([subject, *subject.conjuncts], key=lambda token: token.i).right_edge
    behind = last.i + 1 if last.i < verb.i else verb.i
    return named, verb.doc[behind].idx if named else whole[0]


def undergoes(action: str) -> bool:
    """Whether who is to do this is not asked to: "face trial", "receive care"."""
    return bool(_undergone().match(action))


@cache
def _undergone() -> re.Pattern[str]:
    words = "|".join(w.replace(" ", r"\s+") for w in load("demands")["undergone"])
    return re.compile(rf"\W*(?:{words})\b", re.IGNORECASE)


def _verb_of(context: Context, claim: Claim, whole: Span) -> Token | None:
    doc = context.parsed.doc
    if doc is None or claim.cue is None:
        return None
    words, cue = (doc.char_span(*span, alignment_mode="expand") for span in (whole, claim.cue))
    if words is None or cue is None:
        return None
    if not any(token.lemma_.lower() in load("demands")["mandative"] for token in cue):
        return None
    that = next((token for token in words if token.text.isalpha()), None)
    if that is None or that.lower_ != "that" or that.dep_ != "mark" or that.head.i < that.i:
        return None
    return that.head


def _states(verb: Token, subject: Token) -> bool:
    """Whether the clause tells what is, and does not ask: its verb or helping verb has a tense."""
    if subject.dep_ == "nsubjpass":
        return not any(c.lower_ == "be" for c in verb.lefts)
    return verb.tag_ not in _BARE or any(c.dep_ == "aux" for c in verb.lefts)


def _doers(verb: Token) -> Iterator[Token]:
    for by in verb.rights:
        if by.dep_ == "agent":
            for doer in by.rights:
                yield from (doer, *doer.conjuncts)


def _known(context: Context, tokens: Iterator[Token] | list[Token]) -> Iterator[str]:
    found = (context.book.at(token.idx) for token in tokens)
    yield from dict.fromkeys(entity.id for entity in found if entity is not None)
